"""Figures and their rows: one condition gives both, so a number and the list behind it cannot differ.

What stands now is read from the totals; what stood at an earlier moment is counted from the facts themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, F, Q, Sum

from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet

from .keeping import as_of, catch_up
from .layout import Column, Layout, layout
from .measures import Measure
from .models import AnnualReport, EnteredFigure, Fact, FactTotal

#: Matters counted while somebody waits for a page; what is left the worker counts.
WHILE_WAITING = 500
Counts = dict[str, dict[str, tuple[int, int]]]


def look_up() -> None:
    """Count what has happened since the log was last read, as far as a page may wait for it."""
    catch_up(most=WHILE_WAITING)


def facts_matching(measure: Measure, *, actor: Actor | None = None, **wanted: Any) -> ScopedQuerySet[Fact]:
    """The rows behind a figure, unordered: standing now, or as they stood at a moment (``at``).

    ``wanted``: agencies, year, from_on, to_on, at. Without an ``actor`` the caller has settled who may see.
    """
    facts = Fact.objects
    rows = facts.visible_to(actor) if actor else facts.unscoped("统计数字的明细，调用处已核对范围")
    return rows.filter(_condition(**wanted), measure__in=measure.counted)


def _condition(
    *,
    agencies: Collection[str] | None = None,
    year: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    at: datetime | None = None,
) -> Q:
    given = {"agency_id__in": agencies, "year": year, "on__gte": from_on, "on__lte": to_on}
    return _standing(at) & Q(**{name: value for name, value in given.items() if value is not None})


def _standing(at: datetime | None) -> Q:
    return Q(gone_at=None) if at is None else Q(known_at__lte=at) & (Q(gone_at=None) | Q(gone_at__gt=at))


def counts(year: int, *, agencies: Collection[str] | None = None, at: datetime | None = None) -> Counts:
    """Number and amount of every measure's facts in a year, by agency."""
    found: Counts = defaultdict(dict)
    if at is None:
        totals = FactTotal.objects.unscoped("统计合计").filter(year=year)
        if agencies is not None:
            totals = totals.filter(agency_id__in=agencies)
        told = totals.values_list("agency_id", "measure").annotate(n=Sum("number"), fen=Sum("amount_fen"))
    else:
        rows = Fact.objects.unscoped("按当时的事实重新统计").filter(_standing(at), year=year)
        if agencies is not None:
            rows = rows.filter(agency_id__in=agencies)
        told = rows.values_list("agency_id", "measure").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    for agency, measure, number, fen in told.order_by():
        found[agency][measure] = (number, fen or 0)
    return found


def value_of(measure: Measure, found: Mapping[str, tuple[int, int]]) -> int:
    """A measure's figure out of the counts of one agency: a number, or fen."""
    return sum(found.get(each, (0, 0))[1 if measure.money else 0] for each in measure.counted)


def period_counts(from_on: date, to_on: date, *, agencies: Collection[str] | None = None) -> Counts:
    """Number and amount of every measure's facts from one day to another, by agency; whole months from the totals."""
    found: Counts = defaultdict(dict)
    whole = from_on.day == 1 and (to_on + timedelta(days=1)).day == 1
    if whole:
        first, last = from_on.year * 12 + from_on.month, to_on.year * 12 + to_on.month
        rows: Any = FactTotal.objects.unscoped("统计合计").filter(
            year__gte=from_on.year, year__lte=to_on.year
        )
        rows = rows.annotate(place=F("year") * 12 + F("month")).filter(place__gte=first, place__lte=last)
        sums: dict[str, Aggregate] = {"n": Sum("number"), "fen": Sum("amount_fen")}
    else:
        rows = Fact.objects.unscoped("统计期间").filter(on__gte=from_on, on__lte=to_on, gone_at=None)
        sums = {"n": Count("pk"), "fen": Sum("amount_fen")}
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    for agency, measure, number, fen in rows.order_by().values_list("agency_id", "measure").annotate(**sums):
        found[agency][measure] = (number, fen or 0)
    return found


@dataclass(frozen=True)
class Cell:
    """One cell of a unit's line. ``counted`` None: the platform does not count it, or its source is not confirmed and it is 0."""

    column: Column
    counted: int | None
    entered: int | None = None
    entry: EnteredFigure | None = None
    partial: bool = False

    @property
    def known(self) -> int | None:
        """What checks and comparisons use: the counted figure and the entered one together, where either is there."""
        if self.counted is None and self.entered is None:
            return None
        return (self.counted or 0) + (self.entered or 0)


@dataclass(frozen=True)
class Line:
    """All cells of one unit for one year."""

    agency: str
    year: int
    cells: dict[str, Cell] = field(default_factory=dict)

    def total(self, names: Collection[str]) -> int | None:
        """The sum of some cells; None where one of them is not known."""
        values = [self.cells[name].known for name in names if name in self.cells]
        return None if any(value is None for value in values) else sum(value or 0 for value in values)


def line_of(
    report: AnnualReport, found: Mapping[str, tuple[int, int]] | None = None, *, at: datetime | None = None
) -> Line:
    """A unit's line as it stands: counted cells from facts, entered ones from the latest entries."""
    if found is None:
        found = counts(report.year, agencies=[report.agency_id], at=at).get(report.agency_id, {})
    entries = {row.cell: row for row in report.entered.all()} if report.pk else {}
    return Line(
        report.agency_id, report.year, cells_of(layout(), found, entries, complete_sources(report.sources))
    )


def complete_sources(sources: Mapping[str, Any]) -> frozenset[str]:
    """The sources whose zero is a zero: the platform's own, and those the unit has confirmed."""
    form = layout()
    return frozenset(
        key
        for key, each in form.sources.items()
        if each.get("always") or (sources.get(key) or {}).get("complete")
    )


def cells_of(
    form: Layout,
    found: Mapping[str, tuple[int, int]],
    entries: Mapping[str, EnteredFigure],
    complete: Collection[str],
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for cell, column in form.columns.items():
        entry = entries.get(cell)
        entered = entry.value if entry is not None else None
        measure = column.counted
        if measure is not None:
            value = value_of(measure, found)
            sure = column.source in complete
            cells[cell] = Cell(
                column, value if sure or value else None, entered, entry, partial=not sure and value > 0
            )
        elif column.sum:
            cells[cell] = _sum(column, cells)
        elif column.share:
            cells[cell] = Cell(column, _share(column, cells))
        else:
            cells[cell] = Cell(column, None, entered, entry)
    return cells


def _sum(column: Column, cells: Mapping[str, Cell]) -> Cell:
    """Counted cells add up to a counted sum, entered ones to an entered sum; the two are never mixed."""
    parts = [cells[name] for name in column.sum]
    counted = [part.counted for part in parts if part.counted is not None]
    entered = [part.entered for part in parts if part.entered is not None]
    return Cell(
        column,
        sum(counted) if counted else None,
        sum(entered) if entered else None,
        partial=any(part.partial or part.counted is None for part in parts) and bool(counted),
    )


def _share(column: Column, cells: Mapping[str, Cell]) -> int | None:
    """A share in thousandths; None where either figure is not known or the whole is 0."""
    part, whole = (cells[name].known for name in column.share)
    return part * 1000 // whole if part is not None and whole else None


def shown(column: Column, value: int | None) -> str:
    """A figure in words: money in 万元 with two decimals, shares in percent; what is not known is 「未报送」."""
    if value is None:
        return "未报送" if not column.share else "—"
    if column.share:
        return f"{value // 10}.{value % 10}%"
    if column.is_money:
        return wan(value)
    return f"{value:,}"


def wan(fen: int) -> str:
    """Fen as 万元 with two decimals, rounded half up: 175379 yuan is 17.54."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    hundredths = (fen + 5_000) // 10_000
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d}"


__all__ = [
    "Cell", "Counts", "Line", "as_of", "cells_of", "counts", "facts_matching", "line_of", "look_up", "period_counts",
    "shown", "value_of", "wan",
]  # fmt: skip
