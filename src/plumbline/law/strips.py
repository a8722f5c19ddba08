"""The day strip: the days of a count one by one, each with its number or the reason why it does not count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .calendar import Calendar, DayKind
from .periods import Reckoning, Unit

WEEKDAYS_ZH = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class StripDay:
    """A cell of the day strip: what the day is called, its number in the count, or why it does not count."""

    day: date
    weekday: str
    number: int | None
    note: str
    counts: bool
    is_due: bool = False
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class DayStrip:
    """The days of a count as they are shown; ``left_out`` days in the middle are not."""

    days: tuple[StripDay, ...] = field(default=())
    left_out: int = 0


STRIP_LONGEST = 21


def day_strip(reckoning: Reckoning, *, today: date, calendar: Calendar) -> DayStrip:
    """The days from the start to the later of due and today, numbered, with the reason where one does not count."""
    if isinstance(reckoning.due, datetime) or reckoning.unit is Unit.HOURS:
        return DayStrip()
    start = reckoning.start.date() if isinstance(reckoning.start, datetime) else reckoning.start
    due = reckoning.due
    last = max(due or today, min(today, (due or today) + timedelta(days=5))) + timedelta(days=1)
    cells: list[StripDay] = []
    number = 0
    for offset in range((last - start).days + 1):
        day = start + timedelta(days=offset)
        off = _why_not(day, start, reckoning, calendar)
        if not off:
            number += 1
        note = "到期" if day == due else "今天" if day == today else off
        cells.append(
            StripDay(
                day,
                WEEKDAYS_ZH[day.weekday()],
                number if not off else None,
                note,
                not off,
                day == due,
                day == today,
            )
        )
    if len(cells) <= STRIP_LONGEST:
        return DayStrip(tuple(cells))
    tail = 13
    return DayStrip((*cells[:6], *cells[-tail:]), len(cells) - 6 - tail)


def _why_not(day: date, start: date, reckoning: Reckoning, calendar: Calendar) -> str:
    """Why a day does not count; empty when it does."""
    if day == start:
        return "起点"
    for interval in reckoning.excluded:
        if interval.start <= day and (interval.end is None or day < interval.end):
            return "扣除"
    if reckoning.unit is Unit.WORKING_DAYS and calendar.covers(day):
        kind = calendar.kind(day)
        if kind in {DayKind.WEEKEND, DayKind.REST, DayKind.HOLIDAY}:
            name = calendar.name(day)
            return "休" if name == DayKind.WEEKEND.zh else name
    return ""
