"""What reconsideration and litigation give to the work desk, the menu and the search box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.apps.cases.contract import holds, shown_name
from plumbline.packs.reconsideration.procedures import HEARING_OFFICE
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import Found, Hit, first_of, search_source
from plumbline.platform.ui.navigation import register_entry

from .models import Challenge
from .policies import READING
from .queries import GONE, ChallengeFilter, challenges_matching

MOST = 300

register_entry(
    "复议诉讼",
    "challenges",
    order=35,
    capabilities=READING,
    counter=lambda actor: Challenge.objects.visible_to(actor).exclude(stage__in=GONE).count(),
)


@task_source("challenges")
def challenge_tasks(actor: Actor) -> Sequence[DeskTask]:
    """The duties of this actor's posts: the officer's in own cases, the head's appearance, the office's."""
    if not any(actor.can(each) for each in ("cases.handle", "cases.approve", HEARING_OFFICE)):
        return []
    rows = Challenge.objects.visible_to(actor).exclude(stage__in=GONE).exclude(duties=[])
    rows = rows.select_related("agency", "case__party").prefetch_related("case__officers")
    rows = rows.defer("claims", "case__summary", "case__searched", "case__bigrams")
    return [
        _task(row, duty)
        for row in rows.order_by("due_on", "pk")[:MOST]
        for duty in row.duties
        if _mine(actor, row, duty["capability"])
    ]


def _mine(actor: Actor, row: Challenge, capability: str) -> bool:
    if capability == HEARING_OFFICE:
        return row.heard_by_id is not None and actor.can(HEARING_OFFICE, row.agency_id)
    if not holds(actor, capability, row.case):
        return False
    if capability != "cases.handle":
        return True
    # As in casework: the officers of the case first; whoever handles cases where it has none.
    numbers = {officer.number for officer in row.case.officers.all() if officer.to_on is None}
    return not numbers or actor.number in numbers


def _task(row: Challenge, duty: dict[str, Any]) -> DeskTask:
    return DeskTask(
        title=f"{row.get_route_display()}：{duty['title']}",
        url=duty["url"],
        kind="step",
        number=row.number or row.case.number,
        who=f"{shown_name(row.case)} · {row.case.title}",
        where=duty["where"],
        verb=duty["verb"],
        basis=duty["basis"],
        due_on=date.fromisoformat(duty["due_on"]) if duty["due_on"] else None,
        unit=duty["unit"],
    )


@quick_links
def office_links(actor: Actor) -> Sequence[QuickLink]:
    if actor.can(HEARING_OFFICE):
        return [
            QuickLink("登记复议申请", "/challenges/new"),
            QuickLink("复议诉讼统计", "/challenges/figures"),
        ]
    return []


@search_source("challenges", order=30)
def find_challenges(actor: Actor, words: str) -> Found | None:
    """Visible matters that hold all the words, the latest first."""
    if not any(actor.can(each) for each in READING):
        return None
    rows = challenges_matching(actor, ChallengeFilter(q=words))
    return first_of(
        "challenges",
        "复议诉讼",
        rows.order_by("-opened_on", "-pk"),
        lambda row: Hit(
            title=f"{row.get_route_display()} {row.number}".strip(),
            url=f"/challenges/{row.matter_id}",
            note=f"{row.case.title} · {shown_name(row.case)} · {row.agency.short_name}",
            state=row.get_stage_display(),
        ),
        listed="/challenges",
        words=words,
    )
