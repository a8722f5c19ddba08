"""我的本月: figures for oneself alone, beside the unit's median. No ranking, no list of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from plumbline.apps.cases.contract import OfficerMonth, officer_month
from plumbline.platform.identity.actor import Actor


@dataclass(frozen=True)
class MyMonth:
    """Closed, average days, in time out of all due this month; shares in percent, None where nothing fell due."""

    closed: int
    days: int | None
    in_time: int
    due: int
    share: int | None
    unit_share: int | None


def has_month(actor: Actor) -> bool:
    """Whether somebody handles cases, and so has a month to look at."""
    return actor.can("cases.handle") and not actor.is_system


def my_month(actor: Actor, today: date) -> MyMonth | None:
    """The actor's month, or None for somebody who handles no cases."""
    if not has_month(actor):
        return None
    first = today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    months: dict[str, OfficerMonth] = officer_month(actor.agency_code, first, last)
    mine = months.get(actor.number, OfficerMonth(0, None, 0, 0))
    shares = [m.in_time * 100 / m.due for m in months.values() if m.due]
    return MyMonth(
        closed=mine.closed,
        days=mine.days,
        in_time=mine.in_time,
        due=mine.due,
        share=round(mine.in_time * 100 / mine.due) if mine.due else None,
        unit_share=round(median(shares)) if shares else None,
    )
