"""Dates the forms of supervision propose."""

from __future__ import annotations

from typing import Any

from plumbline.law import statutory_calendar
from plumbline.platform import clock


def working_days_on(n: int) -> Any:
    return statutory_calendar().nth_working_after(clock.today(), n)
