"""What the platform itself has on record of a task's result: counted from the rows of the app that keeps them, as of a day.

A task names pages where the platform delivers it (``TaskTerm.links``). An app that keeps such a page may register a tally for
it; then the task shows the count beside what its units report, and a unit that reports done without a row of its own is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from plumbline.platform.identity.actor import Actor

from .models import Programme, TaskTerm
from .policies import reach_of


@dataclass(frozen=True)
class TallyRow:
    """One row behind a figure: what it is called, since when, and its page (empty where the reader has none)."""

    title: str
    on: date | None
    url: str = ""


@dataclass(frozen=True)
class Tally:
    """``page`` is the name of the page that a task links to; ``says`` is what is counted, in words, with its day.

    ``rows`` gives the rows of a day as far as the actor may see them; ``agency`` is their column with the unit. ``each``: every
    unit of the task is expected to have rows of its own.
    """

    page: str
    label: str
    unit: str
    says: str
    rows: Callable[[Actor, date], QuerySet[Any]]
    show: Callable[[Any], TallyRow]
    agency: str = "agency_id"
    each: bool = True


_TALLIES: dict[str, Tally] = {}


def register_tally(tally: Tally) -> None:
    """Make known what the platform counts on a page; once a page."""
    if _TALLIES.setdefault(tally.page, tally) is not tally:
        raise ValueError(f"two tallies for {tally.page}")


def tally_for(term: TaskTerm, page: str) -> Tally | None:
    """The tally of a page that the task itself names."""
    return _TALLIES.get(page) if any(page == name for name, _ in term.links) else None


@dataclass(frozen=True)
class Tallied:
    """A tally on a day. The organ that leads a programme answers for the whole district, every other unit for its own rows."""

    tally: Tally
    by_unit: Mapping[str, int]
    organ: str

    @property
    def total(self) -> int:
        return sum(self.by_unit.values())

    def of(self, code: str) -> int:
        return self.total if code == self.organ else self.by_unit.get(code, 0)

    def lacks(self, code: str) -> bool:
        """Whether the platform has nothing on record of a unit that should have something."""
        return (self.tally.each or code == self.organ) and self.of(code) == 0


def tallied(programme: Programme, term: TaskTerm, actor: Actor, day: date) -> list[Tallied]:
    """Every tally of a task on a day as far as the actor reads units' parts, a query each."""
    found = []
    for page, _ in term.links:
        tally = _TALLIES.get(page)
        if tally is not None:
            rows = rows_within(tally, actor, day).order_by().values_list(tally.agency)
            counts = {code: number for code, number in rows.annotate(n=Count("pk")) if code}
            found.append(Tallied(tally, counts, programme.agency_id))
    return found


def rows_within(tally: Tally, actor: Actor, day: date) -> QuerySet[Any]:
    """The rows of a day, of the units whose part in a programme the actor may read."""
    reach = reach_of(actor)
    rows = tally.rows(actor, day)
    return rows if reach is None else rows.filter(**{f"{tally.agency}__in": sorted(reach)})


def missing_in_words(tallies: Sequence[Tallied], code: str, day: date) -> str:
    """What a unit that reports done has not on record here; empty where nothing is missing."""
    lacking = "、".join(each.tally.label for each in tallies if each.lacks(code))
    return f"平台截至 {day} 没有记录到：{lacking}" if lacking else ""
