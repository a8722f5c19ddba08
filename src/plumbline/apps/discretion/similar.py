"""Past decisions of the same item and kind of party: how the amounts lie, as a plot with its table. Two queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plumbline.apps.cases import contract as cases
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import PastDecision
from .reckoning import yuan

YEARS = 3
MOST = 2000
FEWEST = 3
LISTED = 40
COLUMNS = 60
TALLEST = 7


@dataclass(frozen=True)
class Alike:
    """A past decision in the table; ``url`` is empty where the reader may not open its case."""

    agency: str
    decided_on: Any
    step: str
    leniency: str
    fine: int
    url: str


@dataclass(frozen=True)
class Dot:
    x: str
    y: int


@dataclass(frozen=True)
class Similar:
    """The distribution of ``n`` amounts in fen, and where one's own stands. Empty below three decisions."""

    n: int
    step: str
    total: int
    low: int = 0
    quarter: int = 0
    median: int = 0
    three_quarters: int = 0
    high: int = 0
    own: int | None = None
    own_place: str = ""
    rows: Sequence[Alike] = ()
    dots: Sequence[Dot] = ()
    top: int = 1
    years: int = YEARS

    @property
    def enough(self) -> bool:
        return self.n >= FEWEST

    def at(self, fen: int) -> str:
        """Where an amount stands across the plot, in percent with one decimal."""
        tenths = 20 + fen * 960 // self.top
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def x_low(self) -> str:
        return self.at(self.low)

    @property
    def x_quarter(self) -> str:
        return self.at(self.quarter)

    @property
    def x_median(self) -> str:
        return self.at(self.median)

    @property
    def x_three_quarters(self) -> str:
        return self.at(self.three_quarters)

    @property
    def x_high(self) -> str:
        return self.at(self.high)

    @property
    def x_own(self) -> str:
        return self.at(min(self.own or 0, self.top))

    @property
    def box_width(self) -> str:
        tenths = (self.three_quarters - self.quarter) * 960 // self.top
        return f"{max(tenths, 4) // 10}.{max(tenths, 4) % 10}%"

    @property
    def sentence(self) -> str:
        """All that the plot shows, in words."""
        said = (
            f"{self.n} 件，最低 {yuan(self.low)} 元，四分之一在 {yuan(self.quarter)} 元以下，"
            f"中位数 {yuan(self.median)} 元，四分之三在 {yuan(self.three_quarters)} 元以下，最高 {yuan(self.high)} 元"
        )
        return f"{said}；本案 {yuan(self.own)} 元，{self.own_place}" if self.own is not None else said


def quartiles(amounts: Sequence[int]) -> tuple[int, int, int]:
    """Lower quartile, median, upper quartile of sorted amounts, in whole fen (linear between neighbours, rounded down)."""

    def at(quarters: int) -> int:
        place, part = divmod((len(amounts) - 1) * quarters, 4)
        if part == 0:
            return amounts[place]
        return amounts[place] + (amounts[place + 1] - amounts[place]) * part // 4

    return at(1), at(2), at(3)


def similar_to(
    actor: Actor, *, item: str, party_kind: str, step: str = "", own: int | None = None, but: str = ""
) -> Similar:
    """Decisions of the district on the item; of the same step where one is given and it has enough of them."""
    since = clock.today() - timedelta(days=366 * YEARS)
    rows = list(
        PastDecision.objects.filter(item=item, party_kind=party_kind, decided_on__gte=since)
        .exclude(matter_id=but)
        .select_related("agency")
        .order_by("-decided_on", "-pk")[:MOST]
    )
    same = [row for row in rows if row.step == step] if step else rows
    if len(same) < FEWEST:
        return Similar(n=len(same), step=step, total=len(rows), own=own)
    listed = same[:LISTED]
    matters = [row.matter_id for row in listed]
    may_open = set(cases.case_rows(actor).filter(matter_id__in=matters).values_list("matter_id", flat=True))
    amounts = sorted(row.fine for row in same)
    quarter, median, three_quarters = quartiles(amounts)
    top = max(amounts[-1], own or 0, 1)
    return Similar(
        n=len(same),
        step=step,
        total=len(rows),
        low=amounts[0],
        quarter=quarter,
        median=median,
        three_quarters=three_quarters,
        high=amounts[-1],
        own=own,
        own_place=_place(amounts, own) if own is not None else "",
        rows=[
            Alike(
                row.agency.short_name,
                row.decided_on,
                row.step,
                row.leniency,
                row.fine,
                f"/cases/{row.matter_id}" if row.matter_id in may_open else "",
            )
            for row in listed
        ],
        dots=_dots(amounts, top),
        top=top,
    )


def _place(amounts: Sequence[int], own: int) -> str:
    less = sum(each < own for each in amounts)
    more = sum(each > own for each in amounts)
    return f"高于其中 {less} 件，低于其中 {more} 件"


def _dots(amounts: Sequence[int], top: int) -> list[Dot]:
    """Dots stacked in columns, so that equal amounts stand on each other; beyond the top of a column they coincide."""
    stacked: Counter[int] = Counter()
    found = []
    for amount in amounts:
        column = amount * COLUMNS // top
        height = min(stacked[column], TALLEST)
        stacked[column] += 1
        tenths = 20 + column * 960 // COLUMNS
        found.append(Dot(f"{tenths // 10}.{tenths % 10}%", 58 - 7 * height))
    return list(dict.fromkeys(found))
