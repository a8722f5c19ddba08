"""A matter as of a moment: its events in order, without voided ones, indexed by activity."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final

from .event import Event

CHINA: Final = timezone(timedelta(hours=8))


class Missing:
    """A value that is not stated; never false, zero or none."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        raise TypeError("a value that is not stated is neither true nor false")


MISSING: Final = Missing()


def end_of(as_of: date | datetime) -> datetime:
    """The moment ``as_of`` stands for, in Chinese time: a date is the end of that day (23:59:59.999999).

    Local dates are read off it, so another zone's clock must not stay: 02:00 in Beijing is yesterday in Greenwich.
    """
    if isinstance(as_of, datetime):
        if as_of.tzinfo is None:
            raise ValueError(f"a moment without a zone: {as_of.isoformat()}")
        return as_of.astimezone(CHINA)
    return datetime.combine(as_of, time.max, CHINA)


class Matter:
    """The ordered events of one matter that count as of a moment."""

    __slots__ = ("_by_field", "_stated", "as_of", "by_activity", "events", "id", "kind", "positions")

    def __init__(self, *, matter_id: str, kind: str, events: tuple[Event, ...], as_of: datetime) -> None:
        self.id = matter_id
        self.kind = kind
        self.events = events
        self.as_of = as_of
        by_activity: dict[str, list[Event]] = {}
        for event in events:
            by_activity.setdefault(event.activity, []).append(event)
        self.by_activity: Mapping[str, tuple[Event, ...]] = {k: tuple(v) for k, v in by_activity.items()}
        self.positions: Mapping[str, int] = {event.id: number for number, event in enumerate(events)}
        self._stated: dict[str, tuple[list[int], list[Any]]] = {}
        self._by_field: dict[tuple[str, str], tuple[dict[Any, list[Event]], bool]] = {}

    @classmethod
    def of(cls, events: Iterable[Event], as_of: date | datetime) -> Matter:
        """The matter of ``events`` as of a moment: an event counts once it has both occurred and been recorded."""
        moment = end_of(as_of)
        everything = list(events)
        day = moment.astimezone(CHINA).date()
        counted = [
            e
            for e in everything
            if e.recorded <= moment and (e.on <= day if e.at is None else e.at <= moment)
        ]
        voided = _voided(counted)
        kept = [e for e in counted if e.id not in voided and e.activity != "event_voided"]
        first = everything[0]
        return cls(matter_id=first.matter, kind=first.kind, events=tuple(in_order(kept)), as_of=moment)

    @property
    def agency(self) -> str:
        """The body of the latest event (a matter may be transferred)."""
        return self.events[-1].agency if self.events else ""

    def position(self, event: Event) -> int:
        return self.positions[event.id]

    def with_value(self, activity_and_field: tuple[str, str], value: Any) -> Sequence[Event] | None:
        """The events of an activity, in order, whose field equals ``value``; None where an index cannot tell.

        It cannot where some event does not state the field, or where a value is a list or an object. The index is made
        on first use, so that joining many events with many others is not quadratic.
        """
        found = self._by_field.get(activity_and_field)
        if found is None:
            activity, field = activity_and_field
            found = self._by_field[activity_and_field] = _index(self.by_activity.get(activity, ()), field)
        by_value, all_comparable = found
        try:
            return by_value.get(value, ()) if all_comparable else None
        except TypeError:  # a list or an object has no place in an index
            return None

    def attribute(self, name: str, at: Event) -> Any:
        """A case attribute at an event: its own, else the latest earlier one, else the first later one, else MISSING."""
        if name in at.data:
            return at.data[name]
        found = self._stated.get(name)
        if found is None:
            places = [number for number, event in enumerate(self.events) if name in event.data]
            found = self._stated[name] = places, [self.events[number].data[name] for number in places]
        places, values = found
        if len(places) < 2:
            return values[0] if values else MISSING
        return values[max(0, bisect_right(places, self.positions[at.id]) - 1)]


def _index(events: Iterable[Event], field: str) -> tuple[dict[Any, list[Event]], bool]:
    """Events by the value of a field, and whether each of them states one that an index can hold."""
    by_value: dict[Any, list[Event]] = {}
    for event in events:
        value = event.data.get(field, MISSING)
        if value is MISSING or value.__class__ in {list, dict}:
            return by_value, False
        by_value.setdefault(value, []).append(event)
    return by_value, True


def _voided(counted: Iterable[Event]) -> set[str]:
    """The ids that are voided. A voiding that was itself voided later no longer counts, so the last one is asked first."""
    voided: set[str] = set()
    voidings = [e for e in counted if e.activity == "event_voided"]
    for voiding in sorted(voidings, key=lambda e: (e.recorded, e.order), reverse=True):
        if voiding.id not in voided:
            voided.add(voiding.data["voids"])
    return voided


def in_order(events: Iterable[Event]) -> list[Event]:
    """The contract's order: by time; two that time cannot order stand in line order.

    A bare date and an instant of the same day cannot be ordered. The events of a day are put in place one by one as they
    came in: at the end, or, for an instant, before the first later one. So an event that comes in afterwards never
    changes how the earlier ones stand to each other, and only rules that look at it need to be asked again.
    """
    ordered: list[Event] = []
    start = 0  # where the day begins
    latest: datetime | None = None  # the latest instant of the day
    for event in sorted(events, key=lambda e: (e.on, e.order)):
        if ordered and ordered[-1].on != event.on:
            start, latest = len(ordered), None
        if event.at is None:
            ordered.append(event)
        elif latest is None or event.at >= latest:
            ordered.append(event)
            latest = event.at
        else:
            place = next(n for n in range(start, len(ordered)) if (ordered[n].at or event.at) > event.at)
            ordered.insert(place, event)
    return ordered


def group_by_matter(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Events by matter, in the order given."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.matter, []).append(event)
    return groups
