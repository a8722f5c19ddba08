"""Yearly reports: the day a report is due, its parts, and events for the examples of their rules.

A report is done when each of its parts is: published, and sent to everybody who has to have it, in any order.
"""

from typing import Any

from plumbline.rules.examples import step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Fixed,
    Stop,
    agency,
    all_of,
    by_then,
    calendar_day,
    event,
    field,
    it,
    row_value,
)
from plumbline.rules.nodes.selection import Selection

AGENCY_KIND = row_value("agencies", "code", agency(), "kind")
PUBLISHED = event("annual_report_published")


def submitted_to(recipient: str) -> Selection:
    """The report sent to one of those who have to have it."""
    return event("annual_report_submitted", where=it("to").holds(recipient))


def due_in_the_next_year(month: int, day: int, *parts: Selection) -> Fixed:
    """Every part on or before a day of the year after the one reported on."""
    return Fixed(calendar_day(field("year"), month, day, later=1), (Stop(_completing(parts)),))


def _completing(parts: tuple[Selection, ...]) -> Selection:
    """The event with which the last part is there."""
    if len(parts) == 1:
        return parts[0]
    activities = tuple(dict.fromkeys(name for part in parts for name in part.activities))
    done: Expression = all_of(*(by_then(part) for part in parts))
    return event(*activities, where=done)


# -- events for examples -----------------------------------------------------------------------------------------------


def opened(report: str, year: int = 2025) -> dict[str, Any]:
    """The duty to report on a year, opened on the first day of the next."""
    return step("report_duty_opened", "2026-01-01", kind="annual_report", report=report, year=year)


def published(on: str) -> dict[str, Any]:
    return step("annual_report_published", on, kind="annual_report")


def submitted(on: str, *to: str) -> dict[str, Any]:
    return step("annual_report_submitted", on, kind="annual_report", to=list(to))


def registered(kind: str) -> dict[str, Any]:
    """A register in which the reporting agency is of a kind."""
    return {"agencies": [{"code": "A-1", "kind": kind, "level": "district"}]}
