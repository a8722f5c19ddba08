"""The sums of ratings as they are shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .adding_up import AT_LEAST
from .models import RatingSum
from .questions import RATED, RATING


@dataclass(frozen=True)
class Rated:
    """An agency in a quarter: how many rated, and for each question how often each answer was given."""

    agency: str
    period: str
    total: int
    lines: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def rated() -> list[Rated]:
    """Every sum of at least five, by agency's name within the quarter, the latest first; nothing is ranked."""
    found: dict[tuple[str, str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for row in RatingSum.objects.select_related("agency").order_by("-period", "agency__level", "agency_id"):
        found[row.period, row.agency_id, row.agency.short_name][row.question, row.answer] = row.count
    shown = []
    for (period, _, name), counts in found.items():
        first = RATING[0][0]
        total = sum(n for (question, _), n in counts.items() if question == first)
        if total >= AT_LEAST:
            lines = tuple(
                (label, tuple((word, counts.get((key, value), 0)) for value, word in RATED))
                for key, label in RATING
            )
            shown.append(Rated(name, f"{period[:4]} 年第 {period[5]} 季度", total, lines))
    return shown
