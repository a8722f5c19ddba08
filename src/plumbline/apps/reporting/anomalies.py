"""Months that stand out among the same unit's own earlier months. A hint to look, never a finding.

The rule, told in full wherever it is used: the median of the earlier months, the median of their distances from it (MAD),
and how many robust standard deviations (1.4826 times the MAD) the month lies off. Where more than half of the earlier
months are equal the MAD is nought; the mean distance stands in for it then (1.2533 times), and where all are equal any
distance that is not small counts. Boris Iglewicz and David Hoaglin, How to Detect and Handle Outliers, 1993.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

MAD_TO_SIGMA, MEAN_TO_SIGMA = 1.4826, 1.2533


@dataclass(frozen=True)
class Rule:
    """``months`` earlier months at most and ``least_months`` at least; ``times`` robust deviations; ``at_least`` in the measure's unit."""

    months: int
    least_months: int
    times: int
    at_least: int


@dataclass(frozen=True)
class Anomaly:
    """A month that stands out: what it is, what was usual, and out of how many months that is known."""

    month: str
    value: int
    usual: float
    spread: float
    times: float | None
    n: int

    @property
    def is_high(self) -> bool:
        return self.value > self.usual


def judged(month: str, value: int, earlier: Sequence[int], rule: Rule, *, scale: int = 1) -> Anomaly | None:
    """The month against its earlier ones, the latest of them last; None where it does not stand out or too few are known.

    ``scale``: how many of the counted unit make one of the unit the rule's ``at_least`` is told in (fen to 万元).
    """
    known = list(earlier[-rule.months :])
    if len(known) < rule.least_months:
        return None
    usual = median(known)
    distances = [abs(each - usual) for each in known]
    spread = median(distances) * MAD_TO_SIGMA or fmean(distances) * MEAN_TO_SIGMA
    away = abs(value - usual)
    if away < rule.at_least * scale or away <= rule.times * spread:
        return None
    return Anomaly(month, value, usual, spread, away / spread if spread else None, len(known))


def anomalies(
    series: Mapping[str, int], months: Sequence[str], *, rule: Rule, scale: int = 1
) -> list[Anomaly]:
    """Which of some months stand out in a series by month (``2026-03``); a month without a row after the first is nought."""
    if not series:
        return []
    first = min(series)
    found = []
    for month in months:
        if month <= first:
            continue
        earlier = [series.get(each, 0) for each in months_between(first, month)]
        told = judged(month, series.get(month, 0), earlier, rule, scale=scale)
        if told is not None:
            found.append(told)
    return found


def months_between(first: str, end: str) -> list[str]:
    """The months from ``first`` on and before ``end``."""
    year, month = int(first[:4]), int(first[5:])
    found = []
    while (name := f"{year}-{month:02d}") < end:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def whole_months(from_on: date, to_on: date, *, today: date) -> list[str]:
    """The months that lie in a period as a whole and are over."""
    last = min(to_on, today - timedelta(days=1))
    first = from_on if from_on.day == 1 else (from_on.replace(day=28) + timedelta(days=4)).replace(day=1)
    after = last + timedelta(days=1)
    return months_between(f"{first:%Y-%m}", f"{after:%Y-%m}")
