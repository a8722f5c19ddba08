"""Planned visits as tasks on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor

from .queries import planned_for


@task_source("inspections")
def inspection_tasks(actor: Actor) -> Sequence[DeskTask]:
    """The officer's planned visits of this week; the planned day is the agency's own, not a limit of the law."""
    if not actor.can("cases.handle"):
        return []
    return [
        DeskTask(
            title=f"{each.planned_on:%m-%d} {each.item.name}",
            url=f"/inspections/{each.matter_id}",
            kind="other",
            who=each.target.name,
            where="现场检查",
            verb="查看",
        )
        for each in planned_for(actor, clock.today() + timedelta(days=7))
    ]


@quick_links
def inspection_links(actor: Actor) -> Sequence[QuickLink]:
    return [QuickLink("现场应用（手机）", "/field/")] if actor.can("cases.handle") else []
