"""Dates, instants and the calendar as integers (see ``opcodes``); day -1 lies outside the calendar."""

from __future__ import annotations

from . import opcodes as op
from .jit import compiled
from .opcodes import DAY_SHIFT, UNKNOWN

LAST_DAY = 3652059  # 9999-12-31
MICROSECONDS_A_DAY = 86_400_000_000
LOW = (1 << DAY_SHIFT) - 1
FOREVER = 1 << 40


@compiled
def is_instant(moment):
    return (moment & LOW) != 0


@compiled
def micro_of(moment):
    """Microseconds of an instant since day zero."""
    return (moment >> DAY_SHIFT) * MICROSECONDS_A_DAY + (((moment & LOW) - 1) >> 4)


@compiled
def instant_at(micro):
    return ((micro // MICROSECONDS_A_DAY) << DAY_SHIFT) | (1 + (micro % MICROSECONDS_A_DAY) * 16 + 1)


@compiled
def later_than(moment, due):
    """1 if the moment lies after the due moment, 0 if not, -1 where a date against an instant leaves it open."""
    if is_instant(due):
        if is_instant(moment):
            return 1 if micro_of(moment) > micro_of(due) else 0
        if (moment >> DAY_SHIFT) == (due >> DAY_SHIFT):
            return -1
    return 1 if (moment >> DAY_SHIFT) > (due >> DAY_SHIFT) else 0


@compiled
def earlier(one, other):
    if is_instant(one) and is_instant(other):
        return micro_of(one) < micro_of(other)
    return (one >> DAY_SHIFT) < (other >> DAY_SHIFT)


@compiled
def month_of(day):
    """Year × 12 + month - 1, and the day of the month, of an ordinal date."""
    days = day - 1
    n400, days = days // 146097, days % 146097
    n100 = min(days // 36524, 3)
    days -= n100 * 36524
    n4, days = days // 1461, days % 1461
    n1 = min(days // 365, 3)
    days -= n1 * 365
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    month = 0
    while True:
        length = month_length(month, leap)
        if days < length:
            return year * 12 + month, days + 1
        days -= length
        month += 1


@compiled
def month_length(month, leap):
    if month == 1:
        return 29 if leap else 28
    return 30 if month in (3, 5, 8, 10) else 31


@compiled
def add_months(day, months):
    index, of_month = month_of(day)
    index += months
    year, month = index // 12, index % 12
    if year > 9999:
        return LAST_DAY
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = year - 1
    ordinal = before * 365 + before // 4 - before // 100 + before // 400
    for each in range(month):
        ordinal += month_length(each, leap)
    return ordinal + min(of_month, month_length(month, leap))


# -- the calendar; -1 says that a day lies outside it ------------------------------------------------------------------


@compiled
def covers(p, day):
    c = p[op.P_CALENDAR]
    return p[c] == 1 and p[c + op.C_FROM] <= day <= p[c + op.C_TO]


@compiled
def working_through(p, day):
    """Working days from the first covered day through ``day``, which has to be covered."""
    c = p[op.P_CALENDAR]
    return p[c + op.C_TABLES + day - p[c + op.C_FROM]]


@compiled
def nth_working_after(p, day, n):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    index = working_through(p, day) + n - 1
    if index < 0 or index >= p[c + op.C_WORKING]:
        return -1
    return p[c + op.C_TABLES + (p[c + op.C_TO] - p[c + op.C_FROM] + 1) + index]


@compiled
def nth_working_before(p, day, n):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    before = working_through(p, day - 1) if day > p[c + op.C_FROM] else 0
    index = before - n
    if index < 0:
        return -1
    return p[c + op.C_TABLES + (p[c + op.C_TO] - p[c + op.C_FROM] + 1) + index]


@compiled
def next_working(p, day):
    if not covers(p, day):
        return -1
    c = p[op.P_CALENDAR]
    before = working_through(p, day - 1) if day > p[c + op.C_FROM] else 0
    if working_through(p, day) > before:
        return day
    return nth_working_after(p, day, 1)


@compiled
def calendar_day(year, month, day):
    """A day of a year as a moment (day 0: the month's last); unknown for a year that no calendar has."""
    if year < 1 or year > 9999:
        return UNKNOWN
    first = add_months(1, (year - 1) * 12 + month - 1)
    if day > 0:
        return (first + day - 1) << DAY_SHIFT
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (first + month_length(month - 1, leap) - 1) << DAY_SHIFT
