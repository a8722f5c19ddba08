"""Long lists in parts: after a cursor instead of a page number, so that row 100,000 costs what row 1 costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from plumbline.platform.filters import id_in

#: Up to here rows are counted; beyond it a list says how many it has at least.
COUNTED = 1000

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Part(Generic[M]):
    """Some rows, and the cursor of the next ones; empty where these are the last."""

    rows: list[M]
    next_key: str


def how_many(rows: QuerySet[M]) -> str:
    """How many rows there are, in words: ``372`` or ``1000+``."""
    number = rows.order_by()[: COUNTED + 1].count()
    return up_to(number)


def up_to(number: int) -> str:
    """A number that was counted up to one above ``COUNTED``."""
    return f"{COUNTED}+" if number > COUNTED else str(number)


def newest_first(rows: QuerySet[M], on: str, *, after: str, size: int) -> Part[M]:
    """``size`` rows by the day or instant ``on``, the latest first, after a cursor ``<day or instant>_<id>``."""
    return _part(rows, on, after=after, size=size, way="lt")


def oldest_first(rows: QuerySet[M], on: str, *, after: str, size: int) -> Part[M]:
    """``size`` rows by the day or instant ``on``, the earliest first, after a cursor ``<day or instant>_<id>``."""
    return _part(rows, on, after=after, size=size, way="gt")


def cursor(text: str) -> tuple[date, int] | None:
    """The day or instant and the id that a cursor names; None for anything else that stands in an address."""
    moment, _, pk = text.rpartition("_")
    if not (at := id_in(pk)):
        return None
    try:
        found = (date if len(moment) == 10 else datetime).fromisoformat(moment)
    except ValueError:
        return None
    # At the ends of the calendar another time zone has no such day.
    return (found, at) if MINYEAR < found.year < MAXYEAR else None


def _part(rows: QuerySet[M], on: str, *, after: str, size: int, way: str) -> Part[M]:
    if (at := cursor(after)) is not None:
        # The first condition says no more than the second; it is the one that an index can begin at.
        rows = rows.filter(**{f"{on}__{way}e": at[0]})
        rows = rows.filter(Q(**{f"{on}__{way}": at[0]}) | Q(**{on: at[0], f"pk__{way}": at[1]}))
    sign = "-" if way == "lt" else ""
    found = list(rows.order_by(f"{sign}{on}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    last: date | None = getattr(found[-1], on) if more else None
    return Part(found, f"{last.isoformat()}_{found[-1].pk}" if last is not None else "")


def by_id(rows: QuerySet[M], *, after: str, size: int, newest: bool = False) -> Part[M]:
    """``size`` rows in the order in which they were made, or the newest first, after a cursor that is an id."""
    if (at := id_in(after)) != 0:
        rows = rows.filter(pk__lt=at) if newest else rows.filter(pk__gt=at)
    found = list(rows.order_by("-pk" if newest else "pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Part(found, str(found[-1].pk) if more else "")
