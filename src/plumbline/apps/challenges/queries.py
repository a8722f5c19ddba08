"""Rows for the list, its export and the figures: a figure and its list are always the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from plumbline.apps.cases.contract import due_range
from plumbline.platform import clock
from plumbline.platform.filters import AddressFilter
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet

from .models import Challenge, Outcome, Route, Stage

PAGE = 30
DUE = {"overdue": "已超期", "3d": "三个工作日内", "7d": "七日内", "30d": "三十日内"}
GONE = (Stage.CLOSED, Stage.VOID)
STATES = [("open", "未办结"), *Stage.choices]
#: Results that find against the decision, by whoever found it.
AGAINST = (Outcome.CHANGED, Outcome.REVOKED, Outcome.UNLAWFUL, Outcome.INVALID)
RESULTS = [("against", "被纠正（变更、撤销、确认违法或者无效）"), *Outcome.choices]
HEADS = {"yes": "负责人参加", "no": "负责人没有参加"}


@dataclass(frozen=True)
class ChallengeFilter(AddressFilter):
    """The filter of the list, as the address bar holds it."""

    q: str = ""
    route: str = ""
    state: str = ""
    agency: str = ""
    due: str = ""
    outcome: str = ""
    year: str = ""
    head: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {
            "route": set(Route.values),
            "state": {value for value, _ in STATES},
            "due": set(DUE),
            "outcome": {value for value, _ in RESULTS},
            "head": set(HEADS),
        }

    @property
    def words(self) -> str:
        """The filter in Chinese, for the heading and the export's first sheet."""
        agency = Agency.objects.filter(pk=self.agency).first() if self.agency else None
        parts = [
            f"含“{self.q}”" if self.q else "",
            Route(self.route).label if self.route else "",
            dict(STATES).get(self.state, ""),
            agency.short_name if agency else "",
            DUE.get(self.due, ""),
            dict(RESULTS).get(self.outcome, "") if self.outcome else "",
            f"{self.year} 年收到" if self.year else "",
            HEADS.get(self.head, ""),
        ]
        return "、".join(part for part in parts if part) or "全部"


def challenges_matching(actor: Actor, wanted: ChallengeFilter) -> ScopedQuerySet[Challenge]:
    """The visible matters that a filter names, unordered; voided ones only when asked for."""
    rows = Challenge.objects.visible_to(actor).select_related("agency", "case__party")
    if wanted.state == "open":
        rows = rows.exclude(stage__in=GONE)
    elif wanted.state:
        rows = rows.filter(stage=wanted.state)
    else:
        rows = rows.exclude(stage=Stage.VOID)
    if wanted.outcome == "against":
        rows = rows.filter(outcome__in=AGAINST)
    elif wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.route:
        rows = rows.filter(route=wanted.route)
    if wanted.agency:
        rows = rows.filter(agency_id=wanted.agency)
    if wanted.year:
        rows = rows.filter(opened_on__year=int(wanted.year))
    if wanted.head:
        rows = rows.filter(head_appeared=wanted.head == "yes")
    if wanted.due:
        rows = rows.filter(**due_range(wanted.due, clock.today()))
    for word in wanted.q.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(organ__icontains=word)
            | Q(applicant__icontains=word)
            | Q(case__title__icontains=word)
            | Q(case__number__icontains=word)
        )
    return rows
