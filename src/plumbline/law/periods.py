"""Counting periods, as the contract's ``counting`` section states once for every rule.

The start day does not count. ``wd`` counts working days, ``cd`` every day, ``m`` and ``y`` go to the corresponding
date (or the last day of the month), ``h`` runs from the instant. Excluded time is a union of intervals ``[start, end)``.
A last day that is not a working day moves to the next one, where the rule lets it (行政处罚法第八十五条, 民法典第二百零三条).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from plumbline.vocabulary import CHINA

from .calendar import Calendar, OutsideCalendar

ROLLED_FORWARD = "rolled_forward"
EXTENSION_IGNORED = "extension_ignored"
SUSPENSION_IGNORED = "suspension_ignored"


_ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    WORKING_DAYS = "wd"
    DAYS = "cd"
    HOURS = "h"
    MONTHS = "m"
    YEARS = "y"

    @property
    def zh(self) -> str:
        return {"wd": "个工作日", "cd": "日", "h": "小时", "m": "个月", "y": "年"}[self]


@dataclass(frozen=True, slots=True)
class Limit:
    """``n`` of ``unit``; ``roll`` moves a last day that is not a working day forward."""

    n: int
    unit: Unit
    roll: bool = True


@dataclass(frozen=True, slots=True)
class Interval:
    """Excluded time: the first day does not count, the last day counts again. Open while ``end`` is None."""

    start: date
    end: date | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A grant of ``n`` more of the same unit, approved on a day by somebody entitled to it."""

    approved_on: date
    n: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The outcome of a count.

    ``due`` is None when the clock stands still or a needed day is outside the calendar; ``earliest_due`` is then the
    earliest it can be, whatever those days are, and ``latest_due`` the latest where that can be said (hours from a bare
    date). ``limit`` includes valid extensions. ``excluded`` are the intervals taken off, united. ``provisional`` says
    that a counted day lies in a year not announced.
    """

    start: date | datetime
    due: date | datetime | None
    earliest_due: date | datetime | None
    limit: int
    unit: Unit
    flags: tuple[str, ...] = ()
    stands_still: bool = False
    outside_calendar: bool = False
    excluded: tuple[Interval, ...] = ()
    provisional: bool = False
    latest_due: datetime | None = None

    def set_to(self, due: date) -> Reckoning:
        """The same period with a due date set by an instrument or by another text: it is certain and never rolls."""
        return replace(
            self,
            due=due,
            earliest_due=due,
            flags=(),
            stands_still=False,
            outside_calendar=False,
            provisional=False,
        )


def add_months(day: date, months: int) -> date:
    """The corresponding date ``months`` later, or the last day of that month when there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reckon(
    start: date | datetime,
    limit: Limit,
    *,
    calendar: Calendar | None,
    excluded: Sequence[Interval] = (),
    extensions: Sequence[Extension] = (),
) -> Reckoning:
    """The last moment in time of a period that begins at ``start``.

    ``extensions`` are those by the role entitled, in order and within the cap; here each must still have been approved
    on or before the due date then in force. An interval begun after the due date then in force is left out too. Both
    leave a flag. ``calendar`` None means that no calendar is stated.
    """
    if limit.unit is Unit.HOURS:
        return _hours(start, limit)
    first = start.date() if isinstance(start, datetime) else start
    if not excluded and not extensions:
        return _result(start, _due(first, limit.n, limit, (), calendar), limit.n, limit, (), ())
    total, flags = limit.n, []
    taken: list[Interval] = []
    # What ended before the first counted day takes nothing off.
    counted = [i for i in excluded if i.end is None or i.end > first + _ONE_DAY]
    steps: list[tuple[date, int, Interval | Extension]] = [(i.start, 0, i) for i in counted]
    steps += [(e.approved_on, 1, e) for e in extensions]
    for day, _, step in sorted(steps, key=lambda each: each[:2]):
        due = _due(first, total, limit, _united(taken), calendar)
        in_time = due.stands_still or day <= (due.due or due.earliest or day)
        if isinstance(step, Interval):
            if in_time:
                taken.append(step)
            else:
                flags.append(SUSPENSION_IGNORED)
        elif in_time:
            total += step.n
        else:
            flags.append(EXTENSION_IGNORED)
    united = _united(taken)
    return _result(
        start, _due(first, total, limit, united, calendar), total, limit, united, tuple(dict.fromkeys(flags))
    )


@dataclass(frozen=True, slots=True)
class _Due:
    due: date | None
    earliest: date | None
    rolled: bool = False
    stands_still: bool = False
    provisional: bool = False


def _result(
    start: date | datetime,
    found: _Due,
    total: int,
    limit: Limit,
    taken: tuple[Interval, ...],
    flags: tuple[str, ...],
) -> Reckoning:
    return Reckoning(
        start=start,
        due=found.due,
        earliest_due=found.earliest,
        limit=total,
        unit=limit.unit,
        flags=(*flags, ROLLED_FORWARD) if found.rolled else flags,
        stands_still=found.stands_still,
        outside_calendar=found.due is None and not found.stands_still,
        excluded=taken,
        provisional=found.provisional,
    )


def _due(start: date, n: int, limit: Limit, taken: tuple[Interval, ...], calendar: Calendar | None) -> _Due:
    """The last day of ``n`` units after ``start`` without the days of ``taken`` (united, in order)."""
    if limit.unit is Unit.WORKING_DAYS:
        try:
            if calendar is None:
                raise OutsideCalendar("no calendar is stated")
            return _working_due(start, n, taken, calendar)
        except OutsideCalendar:
            # Whatever the unknown days are, the clock ends no earlier than if every one of them were a working day.
            last = _every_day(start, _plus(start, n), taken)
            return _Due(None, None, stands_still=True) if last is None else _Due(None, last)
    months = n if limit.unit is Unit.MONTHS else 12 * n
    last = _every_day(start, _plus(start, n) if limit.unit is Unit.DAYS else add_months(start, months), taken)
    if last is None:
        return _Due(None, None, stands_still=True)
    if not limit.roll:
        return _Due(last, last)
    if calendar is None or not calendar.covers(last):
        return _Due(None, last)
    try:
        rolled = calendar.next_working(last)
    except OutsideCalendar:
        return _Due(None, last)
    return _Due(rolled, rolled, rolled=rolled != last, provisional=calendar.is_provisional(rolled))


def _plus(start: date, days: int) -> date:
    """``days`` later, or the last day there is: a period beyond it never ends."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max


def _every_day(start: date, last: date, taken: tuple[Interval, ...]) -> date | None:
    """``last`` moved on by the days taken off, every day counting; None when the clock stands still."""
    for interval in taken:
        if interval.start > last:
            break
        if interval.end is None:
            return None
        last = _plus(last, max(0, (interval.end - max(interval.start, start + _ONE_DAY)).days))
    return last


def _working_due(start: date, n: int, taken: tuple[Interval, ...], calendar: Calendar) -> _Due:
    last = calendar.nth_working_after(start, n)
    off = 0
    for interval in taken:
        if interval.start > last:
            break
        if interval.end is None:
            return _Due(None, None, stands_still=True)
        begin = max(interval.start - _ONE_DAY, start)
        off += max(0, calendar.working_between(begin, interval.end - _ONE_DAY))
        last = calendar.nth_working_after(start, n + off)
    return _Due(last, last, provisional=calendar.is_provisional(last))


def _hours(start: date | datetime, limit: Limit) -> Reckoning:
    """Hours run from the instant. From a bare date the period ends somewhere in a day-long window."""
    span = timedelta(hours=limit.n)
    if isinstance(start, datetime):
        return Reckoning(start, start + span, start + span, limit.n, limit.unit)
    earliest = datetime.combine(start, datetime.min.time(), CHINA) + span
    return Reckoning(
        start,
        None,
        earliest,
        limit.n,
        limit.unit,
        latest_due=earliest + _ONE_DAY - timedelta(microseconds=1),
    )


def _united(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """The union of intervals, in order: no day is ever taken off twice. An open one swallows what follows."""
    united: list[Interval] = []
    for interval in sorted(intervals, key=lambda i: i.start):
        if interval.end is not None and interval.end <= interval.start:
            continue
        before = united[-1] if united else None
        if before is None or (before.end is not None and before.end < interval.start):
            united.append(interval)
        elif before.end is not None and (interval.end is None or interval.end > before.end):
            name = "、".join(dict.fromkeys(filter(None, (before.name, interval.name))))
            united[-1] = Interval(before.start, interval.end, name)
    return tuple(united)


def used(reckoning: Reckoning, until: date | datetime, calendar: Calendar | None) -> int | None:
    """Units used from the start through ``until``, excluded days taken off; None when they cannot be counted."""
    start, unit = reckoning.start, reckoning.unit
    if unit is Unit.HOURS:
        if isinstance(start, datetime) and isinstance(until, datetime):
            return max(0, int((until - start).total_seconds() // 3600))
        return None
    first = start.date() if isinstance(start, datetime) else start
    last = until.date() if isinstance(until, datetime) else until
    if last <= first:
        return 0
    if unit in {Unit.MONTHS, Unit.YEARS}:
        months = (last.year - first.year) * 12 + last.month - first.month
        if add_months(first, months) > last:
            months -= 1
        return months if unit is Unit.MONTHS else months // 12
    try:
        if unit is Unit.WORKING_DAYS:
            if calendar is None:
                return None
            count = calendar.working_between(first, last)
        else:
            count = (last - first).days
        for interval in reckoning.excluded:
            begin = max(interval.start, first + _ONE_DAY)
            end = min(interval.end or last + _ONE_DAY, last + _ONE_DAY)
            if end > begin:
                day_before = begin - _ONE_DAY
                if unit is Unit.WORKING_DAYS and calendar is not None:
                    count -= calendar.working_between(day_before, end - _ONE_DAY)
                else:
                    count -= (end - begin).days
    except OutsideCalendar:
        return None
    return count


def latest_before(later: date, n: int, unit: Unit, calendar: Calendar | None) -> date | None:
    """The last day that leaves ``n`` full days between itself and ``later``; None outside the calendar.

    Only days can be counted backwards: no text has a waiting time of months or hours before an act.
    """
    if unit is Unit.DAYS:
        return later - timedelta(days=n + 1)
    if unit is not Unit.WORKING_DAYS:
        raise ValueError(f"{unit.zh} cannot be counted backwards")
    try:
        return None if calendar is None else calendar.nth_working_before(later, n) - _ONE_DAY
    except OutsideCalendar:
        return None
