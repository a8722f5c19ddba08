"""The working-day calendar: statutory holidays and 调休 by year, with O(1) working-day arithmetic.

Days are Monday to Friday unless a yearly notice makes one a holiday, a rest day or a working weekend day. A year that
has not been announced is *provisional*: its fixed statutory holidays are known, its adjustments are not, and every
date that rests on it says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from plumbline.lawbook import data_file


class DayKind(StrEnum):
    """What a day is: the contract's three kinds of exception, and the two of the ordinary week."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    REST = "rest"
    WORK = "work"

    @property
    def zh(self) -> str:
        return {
            "workday": "工作日",
            "weekend": "周末",
            "holiday": "法定节日",
            "rest": "调休放假",
            "work": "调休上班",
        }[self]


# A sender's own field (x_…): no verdict depends on it, the explanation says that a date is provisional.
PROVISIONAL_FIELD = "x_provisional_from"


class OutsideCalendar(LookupError):
    """A day was needed that the calendar does not cover."""


class Calendar:
    """Days from ``covers_from`` to ``covers_to``; those from ``provisional_from`` on are not announced yet."""

    def __init__(
        self,
        *,
        covers_from: date,
        covers_to: date,
        exceptions: Mapping[date, DayKind],
        provisional_from: date | None = None,
        names: Mapping[date, str] | None = None,
    ) -> None:
        self.covers_from = covers_from
        self.covers_to = covers_to
        self.provisional_from = provisional_from
        self._exceptions = dict(exceptions)
        self._names = dict(names or {})
        self._start = covers_from.toordinal()
        working: list[int] = []
        through: list[int] = []
        for ordinal in range(self._start, covers_to.toordinal() + 1):
            if self._works(date.fromordinal(ordinal)):
                working.append(ordinal)
            through.append(len(working))
        self._working = working
        self._through = through

    def _works(self, day: date) -> bool:
        kind = self._exceptions.get(day)
        return kind is DayKind.WORK if kind is not None else day.weekday() < 5

    def covers(self, day: date) -> bool:
        return self.covers_from <= day <= self.covers_to

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies in a year whose holidays have not been announced."""
        return self.provisional_from is not None and day >= self.provisional_from

    def provisional(self, year: int) -> bool:
        return self.is_provisional(date(year, 1, 1))

    def kind(self, day: date) -> DayKind:
        self._demand(day)
        ordinary = DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND
        return self._exceptions.get(day, ordinary)

    def name(self, day: date) -> str:
        """The holiday's name where one is known, else the kind of day."""
        return self._names.get(day) or self.kind(day).zh

    def is_working(self, day: date) -> bool:
        self._demand(day)
        return self._works(day)

    def next_working(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        self._demand(day)
        return day if self._works(day) else self.nth_working_after(day, 1)

    def working_through(self, day: date) -> int:
        """The number of working days from ``covers_from`` through ``day``: the working-day ordinal."""
        self._demand(day)
        return self._through[day.toordinal() - self._start]

    def nth_working_after(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (the day itself not counted)."""
        index = self.working_through(day) + n - 1
        if not 0 <= index < len(self._working):
            raise OutsideCalendar(
                f"the {n}th working day after {day} lies outside {self.covers_from}..{self.covers_to}"
            )
        return date.fromordinal(self._working[index])

    def nth_working_before(self, day: date, n: int) -> date:
        """The n-th working day before ``day`` (the day itself not counted)."""
        self._demand(day)
        index = bisect_right(self._working, day.toordinal() - 1) - n
        if index < 0:
            raise OutsideCalendar(
                f"the {n}th working day before {day} lies outside {self.covers_from}..{self.covers_to}"
            )
        return date.fromordinal(self._working[index])

    def working_between(self, after: date, through: date) -> int:
        """Working days after ``after`` and up to and including ``through``; negative when ``through`` is earlier."""
        return self.working_through(through) - self.working_through(after)

    def tables(self) -> tuple[list[int], list[int]]:
        """Working days through each covered day, and the ordinals of the working days: for counting over columns."""
        return self._through, self._working

    def exceptions(self, year: int) -> list[tuple[date, DayKind]]:
        """The days of a year that differ from the ordinary week, in order."""
        return sorted((day, kind) for day, kind in self._exceptions.items() if day.year == year)

    def as_register(self) -> dict[str, Any]:
        """The contract's ``holidays`` register; what is not announced yet is marked in a field of our own."""
        days = [
            {"date": day.isoformat(), "kind": kind.value}
            for day, kind in sorted(self._exceptions.items())
            if self.covers(day)
        ]
        document: dict[str, Any] = {
            "covers_from": self.covers_from.isoformat(),
            "covers_to": self.covers_to.isoformat(),
            "days": days,
        }
        if self.provisional_from is not None:
            document[PROVISIONAL_FIELD] = self.provisional_from.isoformat()
        return document

    @classmethod
    def from_registers(cls, holidays: Mapping[str, Any] | None) -> Calendar | None:
        """The calendar a sender states in its registers; None when it states none."""
        if holidays is None:
            return None
        provisional_from = holidays.get(PROVISIONAL_FIELD)
        return cls(
            provisional_from=date.fromisoformat(provisional_from) if provisional_from else None,
            covers_from=date.fromisoformat(holidays["covers_from"]),
            covers_to=date.fromisoformat(holidays["covers_to"]),
            exceptions={date.fromisoformat(row["date"]): DayKind(row["kind"]) for row in holidays["days"]},
        )

    def _demand(self, day: date) -> None:
        if not self.covers(day):
            raise OutsideCalendar(f"{day} lies outside {self.covers_from}..{self.covers_to}")


PROVISIONAL_YEARS = 3
_FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}


@cache
def statutory_calendar() -> Calendar:
    """2004 to the last announced year from the maintained table, our dated corrections, then provisional years."""
    from chinese_calendar.constants import holidays, in_lieu_days, workdays

    first, last = min(holidays).year, max(holidays).year
    exceptions: dict[date, DayKind] = {}
    names: dict[date, str] = {}
    for day, label in holidays.items():
        festival = day not in in_lieu_days and not _weekend_beside(day, label)
        exceptions[day] = DayKind.HOLIDAY if festival else DayKind.REST
        names[day] = _holiday_zh(label)
    for day in workdays:
        exceptions[day] = DayKind.WORK
    announced: set[int] = set()
    for entry in _overrides():
        day = entry["date"]
        exceptions[day] = DayKind(entry["kind"])
        names[day] = entry.get("name", "")
        if entry.get("announces_year"):
            announced.add(day.year)
    while last + 1 in announced:  # a year announced beyond a gap does not announce the gap
        last += 1
    for year in range(last + 1, last + 1 + PROVISIONAL_YEARS):
        for (month, number), name in _FIXED_HOLIDAYS.items():
            exceptions.setdefault(date(year, month, number), DayKind.HOLIDAY)
            names.setdefault(date(year, month, number), name)
    ordinary = {
        day: kind
        for day, kind in exceptions.items()
        # A weekend day that is off anyway is no exception, unless it is a holiday by name.
        if not (kind is DayKind.REST and day.weekday() >= 5)
    }
    return Calendar(
        covers_from=date(first, 1, 1),
        covers_to=date(last + PROVISIONAL_YEARS, 12, 31),
        exceptions=ordinary,
        provisional_from=date(last + 1, 1, 1),
        names=names,
    )


def _weekend_beside(day: date, label: str) -> bool:
    """Whether a day is a weekend that a notice counts into a holiday's days off, and no 节日 of its own.

    Told for the festivals of a fixed date and for 清明 (全国年节及纪念日放假办法); a festival of the moon may itself fall
    on a weekend, so those stay as the table has them.
    """
    if day.weekday() < 5:
        return False
    match label:
        case "New Year's Day":
            return (day.month, day.day) != (1, 1)
        case "Labour Day":
            last = 3 if day.year < 2008 else 1 if day.year < 2025 else 2
            return not (day.month == 5 and day.day <= last)
        case "National Day":
            return not (day.month == 10 and day.day <= 3)
        case "Tomb-sweeping Day":
            return day != _clear_and_bright(day.year)
    return False


def _clear_and_bright(year: int) -> date:
    """The day of 清明, a solar term in the first days of April."""
    from chinese_calendar import get_solar_terms

    terms: list[tuple[date, str]] = get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    return next(day for day, name in terms if name == "清明")


def _overrides() -> Iterable[Mapping[str, Any]]:
    """Our own dated corrections: each with the notice it rests on and the day it was entered."""
    return yaml.safe_load(data_file("calendar_overrides.yaml").read_bytes())["days"] or []


_HOLIDAY_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "Mid-autumn Festival": "中秋",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利日",
}


def _holiday_zh(label: str) -> str:
    return _HOLIDAY_ZH.get(label, "放假")


def days_from(first: date, count: int) -> list[date]:
    """``count`` consecutive days beginning with ``first``."""
    return [first + timedelta(days=number) for number in range(count)]
