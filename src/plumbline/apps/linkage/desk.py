"""What the linkage gives to the work desk, the menu and the search box, at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.packs.transfer.procedures import ENTRIES
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import Found, Hit, first_of, search_source
from plumbline.platform.ui.navigation import register_entry

from .figures import open_count
from .models import Inquiry, InquiryState, Linkage, Stage
from .policies import (
    ENTRIES_OF_MENU,
    LIAISON,
    READING,
    liaises_for,
    may_begin,
    may_decide_inquiry,
    may_sign,
    stands_at,
)
from .queries import LinkageFilter, linkages_matching

MOST = 300

register_entry("行刑衔接", "linkage", order=36, capabilities=ENTRIES_OF_MENU, counter=open_count)
register_entry("收到", "linkage-received", order=21, capabilities=(LIAISON,))
register_entry("发出", "linkage-sent", order=22, capabilities=(LIAISON,))
register_entry("衔接台账", "linkage-ledger", order=23, capabilities=(LIAISON,))
register_entry("查询申请", "linkage-inquiries", order=24, capabilities=(LIAISON,))


@task_source("linkage")
def linkage_tasks(actor: Actor) -> Sequence[DeskTask]:
    """The duties of this actor's side in each matter, and the requests to look at cases that wait for a decision."""
    rows = Linkage.objects.visible_to(actor).exclude(stage=Stage.VOID).exclude(duties=[])
    rows = rows.select_related("agency", "organ", "case__party").prefetch_related("case__officers")
    found = [
        _task(row, duty)
        for row in rows.order_by("due_on", "pk")[:MOST]
        for duty in row.duties
        if _mine(actor, row, duty["side"])
    ]
    return [*found, *_inquiries(actor)]


def _mine(actor: Actor, row: Linkage, side: str) -> bool:
    if actor.is_system:
        return False
    if side == "sign":
        return not liaises_for(actor) and bool(may_sign(actor, row))
    return stands_at(actor, row, side)


def _task(row: Linkage, duty: dict[str, Any]) -> DeskTask:
    return DeskTask(
        title=f"{row.get_route_display()}：{duty['title']}",
        url=duty["url"],
        kind="approve" if duty["verb"] == "决定" else "step",
        number=row.number_said,
        who=f"{row.agency.short_name} · {row.title}",
        where=duty["where"],
        verb=duty["verb"],
        basis=duty["basis"],
        due_on=date.fromisoformat(duty["due_on"]) if duty["due_on"] else None,
        unit=duty["unit"],
    )


def _inquiries(actor: Actor) -> list[DeskTask]:
    if liaises_for(actor) or actor.is_system:
        return []
    rows = (
        Inquiry.objects.visible_to(actor).filter(state=InquiryState.ASKED).select_related("organ", "agency")
    )
    return [
        DeskTask(
            title=f"决定查询申请：{row.organ.short_name}",
            url=row.page,
            kind="approve",
            number=row.wanted,
            who=row.reason[:60],
            where="查询申请",
            verb="决定",
            basis="行政执法机关移送涉嫌犯罪案件的规定第十四条",
            due_on=None,
        )
        for row in rows.order_by("pk")[:MOST]
        if may_decide_inquiry(actor, row)
    ]


@quick_links
def liaison_links(actor: Actor) -> Sequence[QuickLink]:
    if liaises_for(actor):
        asking = QuickLink("申请查询案件", "/linkage/inquiries/new")
        if any(may_begin(actor, each) for each in ENTRIES):
            return [QuickLink("发出文书", "/linkage/new"), asking]
        return [asking]
    if any(actor.can(each) for each in ("supervision.supervise", "supervision.sign")):
        return [QuickLink("衔接统计", "/linkage/figures")]
    return []


@search_source("linkage", order=31)
def find_linkages(actor: Actor, words: str) -> Found | None:
    """Visible matters that hold all the words, the latest first."""
    if not any(actor.can(each) for each in (*READING, LIAISON)):
        return None
    rows = linkages_matching(actor, LinkageFilter(q=words))
    return first_of(
        "linkage",
        "行刑衔接",
        rows.order_by("-opened_on", "-pk"),
        lambda row: Hit(
            title=f"{row.get_route_display()} {row.number}".strip(),
            url=row.page,
            note=f"{row.title} · {row.agency.short_name} · {row.organ.short_name}",
            state=row.get_stage_display(),
        ),
        listed="/linkage",
        words=words,
    )
