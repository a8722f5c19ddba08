"""What becomes of a list's row when an article it rests on has changed."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import ARTICLE_SETTLED, KIND
from ..models import ArticleWatch
from ..policies import BASIS, may_settle
from .steps import demand


@action("registers.settle_article", policy=may_settle, on="watch", records=(ARTICLE_SETTLED,), basis=BASIS)
def settle_article(*, actor: Actor, watch: ArticleWatch, outcome: str) -> ArticleWatch:
    """Say what a changed article means for the rows that rest on it. A later change of it asks anew."""
    current = ArticleWatch.objects.unscoped("已按岗位核对").select_for_update(of=("self",)).get(pk=watch.pk)
    if current.settled_at is not None:
        raise Refusal(f"这一处变动已由{current.settled_by}处理")
    current.outcome = demand(
        outcome, field="outcome", message="请写明核对的结论：这些行是否需要修改，已经怎样修改。", most=2000
    )
    current.settled_at, current.settled_by = clock.now(), actor.label[:120]
    current.save(update_fields=["outcome", "settled_at", "settled_by"])
    record(
        actor=actor,
        matter=f"LIST-ARTICLE-{current.pk}",
        kind=KIND,
        activity=ARTICLE_SETTLED,
        agency=current.agency_id,
        data={"register": current.register, "law": current.law, "article": current.article},
    )
    return current
