"""Guiding cases on the desk, in the menu and at the head of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import register_link
from plumbline.apps.publicity.contract import published
from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.navigation import register_entry

from .models import GuidingCase, State
from .policies import PROPOSING, REVIEWING, may_draft

MOST = 50


def waiting_for_reviewer(actor: Actor) -> Any:
    """What 区司法局 has to read, publish, or look at again because its source is not public any more."""
    rows = GuidingCase.objects.visible_to(actor).select_related("agency", "source")
    gone = Q(state=State.PUBLISHED, source__isnull=False) & ~Q(source__state="published")
    return rows.filter(Q(state__in=[State.SUBMITTED, State.PASSED]) | gone).order_by("submitted_at")


def returned_to(actor: Actor) -> Any:
    """Drafts that came back, of the agencies one writes for."""
    rows = GuidingCase.objects.visible_to(actor).select_related("agency", "source")
    rows = rows.filter(state=State.DRAFT).exclude(review_note="")
    reach = actor.reach(*PROPOSING)
    mine = rows if reach is None else rows.filter(Q(agency_id__in=reach) | Q(agency_id=actor.agency_code))
    return mine.order_by("submitted_at")


def _counted(actor: Actor) -> int:
    rows = waiting_for_reviewer(actor) if actor.can(REVIEWING) else returned_to(actor)
    return int(rows.count())


register_entry("指导案例", "guidance", order=55, capabilities=(*PROPOSING, REVIEWING), counter=_counted)

ASKED = {State.SUBMITTED: ("审核指导案例", "审核"), State.PASSED: ("发布指导案例", "发布")}


@task_source("guidance")
def guidance_tasks(actor: Actor) -> Sequence[DeskTask]:
    """One query for whoever writes, reads or does both."""
    reviewing = actor.can(REVIEWING)
    rows = waiting_for_reviewer(actor) if reviewing else returned_to(actor)
    if reviewing and any(map(actor.can, PROPOSING)):
        rows = rows | returned_to(actor)
    found = []
    for case in rows[:MOST] if reviewing or any(map(actor.can, PROPOSING)) else ():
        if case.state == State.DRAFT:
            found.append(_task(case, "修改退回的指导案例", "修改", "returned"))
        elif case.state == State.PUBLISHED or case.written_by_id != actor.person_id:
            title, verb = ASKED.get(State(case.state), ("复核指导案例：来源决定已不再公示", "复核"))
            found.append(_task(case, title, verb, "review"))
    return found


def _task(case: GuidingCase, title: str, verb: str, kind: str) -> DeskTask:
    return DeskTask(
        title=title, url=f"/guidance/{case.pk}", kind=kind, number=case.name, who=case.title,
        where=case.agency.short_name, verb=verb,
    )  # fmt: skip


@register_link("guidance", label="推荐为指导案例")
def propose_link(actor: Actor, case: Any) -> str:
    """Only for a case whose decision the public can read already."""
    if not may_draft(actor, case.agency_id):
        return ""
    row = published().filter(matter_id=case.matter_id, act="penalty").first()
    return f"/guidance/new?source={row.public_id}" if row else ""
