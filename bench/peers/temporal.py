"""The temporal profile: for each pair of activities the usual distance, and which pairs of events lie outside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .brute_force import MET, SILENT, VIOLATED, Case, Verdicts

_DAY = 86_400


@dataclass(frozen=True)
class Interval:
    """Days from an ``a`` to a later ``b`` that the profile allows, both ends allowed."""

    a: str
    b: str
    least: int
    most: int


def intervals(profile: list[list[Any]], zeta: float) -> tuple[Interval, ...]:
    """The pairs of a profile with mean and deviation in seconds; days are whole, and so are the bounds."""

    def of(a: str, b: str, mean: float, deviation: float) -> Interval:
        low, high = mean - zeta * deviation, mean + zeta * deviation
        least, most = math.ceil(low / _DAY), math.floor(high / _DAY)
        # A division may round over a bound that a whole day meets exactly.
        least += int(least * _DAY < low) - int((least - 1) * _DAY >= low)
        most += int((most + 1) * _DAY <= high) - int(most * _DAY > high)
        return Interval(a, b, least, most)

    return tuple(of(*each) for each in profile)


def checked(wanted: tuple[Interval, ...], log: list[tuple[str, Case]]) -> Verdicts:
    """By loops: for each pair a verdict on each later event, violated where some earlier one lies outside."""
    found = np.full((len(wanted), sum(len(case) for _, case in log)), SILENT, dtype=np.int8)
    ending: dict[str, list[tuple[int, Interval]]] = {}
    for number, each in enumerate(wanted):
        ending.setdefault(each.b, []).append((number, each))
    begin = 0
    for _, case in log:
        for place, row in enumerate(case):
            for number, each in ending.get(row.act, ()):
                outside = any(
                    other.act == each.a and not each.least <= row.day - other.day <= each.most
                    for other in case[:place]
                )
                found[number, begin + place] = VIOLATED if outside else MET
        begin += len(case)
    return found
