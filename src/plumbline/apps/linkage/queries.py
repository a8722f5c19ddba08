"""Rows for the lists, their export and the figures: a figure and its list are always the same query."""

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

from .models import GONE, Linkage, Outcome, Route, Stage
from .policies import liaises_for

PAGE = 30
DUE = {"overdue": "已超期", "3d": "三个工作日内", "7d": "七日内", "30d": "三十日内"}
STATES = [("open", "未办结"), *Stage.choices]
#: What happened in the life of a matter, each a figure of the ledger.
MARKS = {
    "late": "有步骤逾期",
    "refused": "公安机关不予立案",
    "reconsidered": "提请复议",
    "supervised": "建议立案监督",
}
#: Who began it: what came in from the other end, and what went out to it.
FROM_ORGAN = (Route.REVERSE, Route.SUGGESTION, Route.OPINION, Route.JUDICIAL, Route.ADVICE)
BOXES = {"received": "收到", "sent": "发出"}


@dataclass(frozen=True)
class LinkageFilter(AddressFilter):
    """The filter of the list, as the address bar holds it."""

    q: str = ""
    route: str = ""
    state: str = ""
    agency: str = ""
    organ: str = ""
    due: str = ""
    outcome: str = ""
    mark: str = ""
    year: str = ""
    box: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {
            "route": set(Route.values),
            "state": {value for value, _ in STATES},
            "due": set(DUE),
            "outcome": set(Outcome.values),
            "mark": set(MARKS),
            "box": set(BOXES),
        }

    @property
    def words(self) -> str:
        """The filter in Chinese, for the heading and the export's first sheet."""
        named = {a.code: a.short_name for a in Agency.objects.filter(pk__in=[self.agency, self.organ])}
        parts = [
            BOXES.get(self.box, ""),
            f"含“{self.q}”" if self.q else "",
            Route(self.route).label if self.route else "",
            dict(STATES).get(self.state, ""),
            named.get(self.agency, ""),
            named.get(self.organ, ""),
            DUE.get(self.due, ""),
            str(Outcome(self.outcome).label) if self.outcome else "",
            MARKS.get(self.mark, ""),
            f"{self.year} 年" if self.year else "",
        ]
        return "、".join(part for part in parts if part) or "全部"


def linkages_matching(actor: Actor, wanted: LinkageFilter) -> ScopedQuerySet[Linkage]:
    """The visible matters that a filter names, unordered; voided ones only when asked for."""
    rows = Linkage.objects.visible_to(actor).select_related("agency", "organ", "case")
    if wanted.state == "open":
        rows = rows.exclude(stage__in=GONE)
    elif wanted.state:
        rows = rows.filter(stage=wanted.state)
    else:
        rows = rows.exclude(stage=Stage.VOID)
    for name, value in (
        ("route", wanted.route),
        ("agency_id", wanted.agency),
        ("organ_id", wanted.organ),
        ("outcome", wanted.outcome),
    ):
        if value:
            rows = rows.filter(**{name: value})
    if wanted.year:
        rows = rows.filter(opened_on__year=int(wanted.year))
    if wanted.due:
        rows = rows.filter(**due_range(wanted.due, clock.today()))
    if wanted.mark == "late":
        rows = rows.exclude(late_rules=[])
    elif wanted.mark:
        rows = rows.filter(**{wanted.mark: True})
    if wanted.box:
        began_there = Q(route__in=FROM_ORGAN)
        ours = bool(liaises_for(actor)) == (wanted.box == "sent")
        rows = rows.filter(began_there if ours else ~began_there)
    for word in wanted.q.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(case__number__icontains=word)
        )
    return rows
