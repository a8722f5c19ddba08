"""Figures by agency: how many matters, what they came to, whether heads came. Each figure is the query of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from plumbline.apps.cases.contract import due_range
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import Outcome
from .queries import AGAINST, GONE, ChallengeFilter, challenges_matching

WITHDRAWN = (Outcome.WITHDRAWN,)


@dataclass(frozen=True)
class Cell:
    value: int
    url: str


@dataclass(frozen=True)
class Line:
    """An agency's line, or the sum. ``share`` is of the matters decided on their merits, in percent."""

    label: str
    received: Cell
    running: Cell
    overdue: Cell
    upheld: Cell
    against: Cell
    withdrawn: Cell
    heads: Cell
    absent: Cell

    @property
    def share(self) -> str:
        decided = self.upheld.value + self.against.value
        return f"{self.against.value * 100 / decided:.1f}%" if decided else "—"

    @property
    def attendance(self) -> str:
        held = self.heads.value + self.absent.value
        return f"{self.heads.value * 100 / held:.1f}%" if held else "—"


#: Figure, the filter that names its rows.
_FILTERS: dict[str, dict[str, str]] = {
    "received": {},
    "running": {"state": "open"},
    "overdue": {"due": "overdue"},
    "upheld": {"outcome": Outcome.UPHELD.value},
    "against": {"outcome": "against"},
    "withdrawn": {"outcome": Outcome.WITHDRAWN.value},
    "heads": {"head": "yes"},
    "absent": {"head": "no"},
}


def lines(actor: Actor, wanted: ChallengeFilter) -> tuple[list[Line], Line]:
    """One line an agency, by name, and their sum."""
    rows = challenges_matching(actor, wanted)
    overdue = due_range("overdue", clock.today())
    counts = {
        "received": Count("pk"),
        "running": Count("pk", filter=~Q(stage__in=GONE)),
        "overdue": Count("pk", filter=Q(**overdue)),
        "upheld": Count("pk", filter=Q(outcome=Outcome.UPHELD)),
        "against": Count("pk", filter=Q(outcome__in=AGAINST)),
        "withdrawn": Count("pk", filter=Q(outcome__in=WITHDRAWN)),
        "heads": Count("pk", filter=Q(head_appeared=True)),
        "absent": Count("pk", filter=Q(head_appeared=False)),
    }
    found: list[Any] = list(
        rows.order_by("agency__short_name").values("agency_id", "agency__short_name").annotate(**counts)
    )
    by_agency = [
        _line(each["agency__short_name"], each, {**wanted.given, "agency": each["agency_id"]})
        for each in found
    ]
    total = {name: sum(each[name] for each in found) for name in counts}
    return by_agency, _line("合计", total, wanted.given)


def _line(label: str, counted: dict[str, int], given: dict[str, str]) -> Line:
    cells = {
        name: Cell(counted[name], f"/challenges?{urlencode({**given, **filters})}")
        for name, filters in _FILTERS.items()
    }
    return Line(label, **cells)


def years(actor: Actor) -> list[str]:
    """The years in which matters came in, the latest first."""
    found = challenges_matching(actor, ChallengeFilter()).dates("opened_on", "year", order="DESC")
    return [str(each.year) for each in found]
