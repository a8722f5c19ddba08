"""Opinions that wait for an actor's post, and empty posts for who has to fill them: on the work desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.platform.desk import DeskTask, desk_section, task_source
from plumbline.platform.identity.actor import Actor

from .approval_policies import posts_of
from .attached import label_of
from .models import Opinion
from .parties import shown_name
from .vacancies import ADMINISTERS, vacancies_for, what_is_empty

MOST = 100
UNREAD = ("request__data", "request__case__summary", "request__case__searched", "request__case__bigrams")


@task_source("opinions")
def opinion_tasks(actor: Actor) -> Sequence[DeskTask]:
    """Opinions that a post of this actor was asked for."""
    posts = posts_of(actor)
    if not posts:
        return []
    rows = Opinion.objects.visible_to(actor).filter(post__in=posts, answered_at=None, dropped_at=None)
    rows = rows.filter(request__state="submitted").exclude(request__written_by_id=actor.person_id)
    return [
        DeskTask(
            title=f"签署意见：{label_of(row.request)}",
            url=f"/cases/{row.request.case.matter_id}/requests/{row.request_id}",
            kind="approve",
            number=row.request.case.number or "未编号",
            who=f"{shown_name(row.request.case)} · {row.request.case.title}",
            where="会签" if row.demanded else "加签",
            verb="签署",
            basis=f"{row.asked_label} {row.asked_at:%m-%d} 征求",
        )
        for row in rows.select_related("request__case__party").defer(*UNREAD).order_by("pk")[:MOST]
    ]


@desk_section("vacancies", label="岗位空缺", template="cases/desk_vacancies.html", order=5)
def empty_posts(actor: Actor) -> dict[str, Any] | None:
    """Posts nobody holds today although work waits for them; gone as soon as somebody does."""
    if actor.administrator != "security" and not actor.can(ADMINISTERS):
        return None
    rows = list(vacancies_for(actor)[:20])
    if not rows:
        return None
    return {
        "rows": [{"row": row, "what": what_is_empty(row)} for row in rows],
        "url": "/rights/posts?vacant=1" if actor.administrator == "security" else "",
    }
