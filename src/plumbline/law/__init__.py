"""The law as pure data and arithmetic: calendar, periods, terms, instruments, citations, money."""

from .calendar import Calendar, DayKind, OutsideCalendar, statutory_calendar
from .periods import Extension, Interval, Limit, Reckoning, Unit, latest_before, reckon, used
from .strips import DayStrip, day_strip

__all__ = [
    "Calendar",
    "DayKind",
    "DayStrip",
    "Extension",
    "Interval",
    "Limit",
    "OutsideCalendar",
    "Reckoning",
    "Unit",
    "day_strip",
    "latest_before",
    "reckon",
    "statutory_calendar",
    "used",
]
