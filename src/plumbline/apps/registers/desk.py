"""What waits on the desk: revisions to review, publish, or put right, and articles that have changed."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform.desk import DeskTask, QuickLink, Slip, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import find_register

from .models import ArticleWatch, Revision, State
from .policies import KEEP, REVIEW

_WAITS = {
    State.SUBMITTED: ("审核清单修订", "review", "审核"),
    State.APPROVED: ("公布清单", "publish", "公布"),
    State.RETURNED: ("修改被退回的清单", "returned", "修改"),
    State.DRAFT: ("继续起草清单修订", "other", "继续"),
}


def _title(key: str) -> str:
    found = find_register(key)
    return found.title if found else key


@task_source("registers")
def revision_tasks(actor: Actor) -> Sequence[DeskTask | Slip]:
    """For reviewers what was sent in; for those who keep lists what came back, and changed articles."""
    reviews, keeps = actor.can(REVIEW), actor.can(KEEP)
    if not (reviews or keeps) or actor.is_system:
        return []
    found: list[DeskTask | Slip] = []
    states = ([State.SUBMITTED, State.APPROVED] if reviews else []) + (
        [State.RETURNED, State.DRAFT] if keeps else []
    )
    rows = Revision.objects.visible_to(actor).filter(state__in=states).select_related("agency")
    for row in rows.order_by("submitted_at", "pk")[:60]:
        if row.state == State.DRAFT and row.drafted_by_id != actor.person_id:
            continue
        if row.state == State.RETURNED and row.agency_id != actor.agency_code:
            continue
        if row.state in {State.SUBMITTED, State.APPROVED} and actor.person_id in {
            row.drafted_by_id,
            row.submitted_by_id,
        }:
            continue
        title, kind, verb = _WAITS[State(row.state)]
        found.append(
            DeskTask(
                title=f"{title}：{_title(row.register)}",
                url=f"/registers/revisions/{row.pk}",
                kind=kind,
                who=row.agency.short_name,
                where="清单修订",
                verb=verb,
                due_on=row.effective_on if row.state in {State.SUBMITTED, State.APPROVED} else None,
                unit="cd",
            )
        )
    if keeps:
        waiting = ArticleWatch.objects.visible_to(actor).filter(settled_at=None, agency_id=actor.agency_code)
        found += [
            DeskTask(
                title=f"核对清单依据：{watch.law}{watch.article}{'已不再有效' if watch.gone else '已修改'}",
                url=f"/registers/articles/{watch.pk}",
                kind="alert",
                who=_title(watch.register),
                where="依据变动",
                verb="核对",
                basis=f"{watch.law}{watch.article}",
            )
            for watch in waiting.order_by("noticed_at")[:40]
        ]
    return found


@quick_links
def links(actor: Actor) -> Sequence[QuickLink]:
    if actor.can(KEEP) or actor.can(REVIEW):
        return [QuickLink("清单与名录", "/registers")]
    return []
