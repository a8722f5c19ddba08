"""What coordination puts on the work desk, in the menu, in the search box, and on the page of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.db.models import Q

from plumbline.apps.cases.contract import register_link, register_panel
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page
from plumbline.platform.search import Found, Hit, first_of, search_source
from plumbline.platform.ui.navigation import register_entry

from .models import OPEN, UNDER_WAY, Coordination, Kind, State
from .policies import COORDINATE, DECIDE, HANDLE, READING, SIGN, may_report, may_take_position
from .queries import Wanted, matching
from .web.sending import waiting_cases

MOST = 100
WHERE = "移送协作"

register_entry("移送协作", "transfers", order=28, capabilities=(HANDLE,))


@task_source("coordination")
def coordination_tasks(actor: Actor) -> Sequence[DeskTask]:
    """Each open row whose next move is the actor's, and approved transfers that have not been sent."""
    if not any(actor.can(each) for each in (HANDLE, COORDINATE, SIGN, DECIDE)):
        return []
    rows = (
        Coordination.objects.visible_to(actor)
        .filter(state__in=OPEN)
        .select_related("agency", "to", "dispute")
    )
    found = [
        _task(row, verb)
        for row in rows.defer("package", "competence")[:MOST]
        if (verb := _waits_for(actor, row))
    ]
    return [*found, *_to_send(actor)]


def _waits_for(actor: Actor, row: Coordination) -> str:
    """What the actor has to do with the row now; empty where others have to move."""
    mine, theirs = actor.can(HANDLE, row.to_id), actor.can(HANDLE, row.agency_id)
    if row.kind == Kind.DISPUTE:
        return _in_dispute(actor, row)
    if row.state == State.SENT and mine:
        return "接收或者退回" if row.kind == Kind.TRANSFER else "签收"
    if row.state == State.CONSULTING and mine:
        return "会商后接收或者退回"
    if row.state == State.WORKING and (theirs if row.kind == Kind.JOINT else mine):
        return "登记联合执法结果" if row.kind == Kind.JOINT else "办理并答复"
    if row.state == State.ANSWERED and theirs:
        return "核查反馈"
    return ""


def _in_dispute(actor: Actor, row: Coordination) -> str:
    party = any(actor.can(HANDLE, code) for code in row.parties)
    if row.state == State.NEGOTIATING and party:
        return "协商并登记"
    if row.state == State.APPLIED and actor.can(SIGN):
        return "提出协调意见"
    if row.state == State.CONFIRMING and party and may_take_position(actor, row):
        return "表明是否同意"
    if row.state == State.CONFIRMING and actor.can(SIGN) and may_report(actor, row):
        return "报请区政府决定"
    if row.state == State.REPORTED and actor.can(DECIDE):
        return "决定管辖争议"
    return ""


def _task(row: Coordination, verb: str) -> DeskTask:
    return DeskTask(
        title=f"{verb}：{row.title}",
        url=row.page,
        kind="returned" if row.state == State.ANSWERED else "step",
        number=row.number,
        who=f"{row.agency.short_name} → {row.to.short_name}",
        where=f"{row.get_kind_display()}{'（已催办）' if row.reminded_at else ''}",
        basis=row.due_source[:60],
        due_on=row.due_on,
        unit=row.due_unit,
    )


def _to_send(actor: Actor) -> Iterator[DeskTask]:
    if not actor.can(HANDLE):
        return
    for case in waiting_cases(actor).order_by("-pk")[:20]:
        yield DeskTask(
            title=f"封装材料、发出移送：{case.title}",
            url=f"/transfers/new?case={quote(case.matter_id)}",
            number=case.number,
            who=case.agency.short_name,
            where="已批准移送",
            verb="发出",
        )


@quick_links
def coordination_links(actor: Actor) -> Sequence[QuickLink]:
    if any(actor.can(each) for each in (COORDINATE, SIGN, DECIDE)):
        return [QuickLink("移送协作", "/transfers"), QuickLink("移送矩阵", "/transfers/matrix")]
    return [QuickLink("派单", "/transfers/ask/dispatch")] if actor.can(HANDLE) else []


@matter_page
def page_of_row(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("XT-"):
        return None
    row = (
        Coordination.objects.visible_to(actor)
        .filter(matter_id=matter_id)
        .only("matter_id", "title", "kind")
        .first()
    )
    return MatterPage(row.get_kind_display(), row.title, row.page) if row is not None else None


@search_source("coordination", order=45)
def find_coordinations(actor: Actor, words: str) -> Found | None:
    if not any(actor.can(each) for each in READING):
        return None
    rows = matching(actor, Wanted(q=words))
    return first_of(
        "coordination",
        "移送协作",
        rows,
        lambda row: Hit(
            title=row.title,
            url=row.page,
            note=f"{row.number or '没有文号'} · {row.agency.short_name} → {row.to.short_name}",
            state=row.get_state_display(),
        ),
        listed="/transfers/all",
        words=words,
    )


@register_link("transfer", label="发出移送")
def link_of(actor: Actor, case: Any) -> str:
    """On a case whose transfer is approved and not sent."""
    if case.stage != "transferred" or not actor.can(HANDLE, case.agency_id):
        return ""
    sent = Coordination.objects.visible_to(actor).filter(about=case.matter_id, kind=Kind.TRANSFER)
    if sent.filter(state__in=[*UNDER_WAY, State.ACCEPTED]).exists():
        return ""
    return f"/transfers/new?case={quote(case.matter_id)}"


@register_panel("coordination", label="移送协作", template="coordination/panel.html", order=36)
def panel(actor: Actor, case: Any) -> dict[str, Any]:
    """What went out of the case or led to it."""
    from .web.shared import state_tag

    rows = Coordination.objects.visible_to(actor).filter(
        Q(about=case.matter_id) | Q(result_matter=case.matter_id)
    )
    found = [(row, state_tag(row)) for row in rows.select_related("agency", "to").order_by("-pk")[:50]]
    return {"rows": found, "count": len(found), "may_send": actor.can(HANDLE, case.agency_id), "case": case}
