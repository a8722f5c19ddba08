"""A matter as of a moment: its events in order, without voided ones, indexed by activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cmp_to_key
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
    """The moment ``as_of`` stands for: a date is the end of that day (23:59:59.999999)."""
    if isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of, time.max, CHINA)


class Matter:
    """The ordered events of one matter that count as of a moment."""

    __slots__ = ("_attributes", "_by_field", "_positions", "as_of", "by_activity", "events", "id", "kind")

    def __init__(self, *, matter_id: str, kind: str, events: tuple[Event, ...], as_of: datetime) -> None:
        self.id = matter_id
        self.kind = kind
        self.events = events
        self.as_of = as_of
        by_activity: dict[str, list[Event]] = {}
        for event in events:
            by_activity.setdefault(event.activity, []).append(event)
        self.by_activity: Mapping[str, tuple[Event, ...]] = {k: tuple(v) for k, v in by_activity.items()}
        self._positions = {event.id: number for number, event in enumerate(events)}
        self._attributes: dict[tuple[str, str], Any] = {}
        self._by_field: dict[tuple[str, str], tuple[dict[Any, list[Event]], bool]] = {}

    @classmethod
    def of(cls, events: Iterable[Event], as_of: date | datetime) -> Matter:
        """The matter of ``events`` as of a moment: an event counts once it has both occurred and been recorded."""
        moment = end_of(as_of)
        everything = list(events)
        counted = [e for e in everything if e.recorded <= moment and _occurred_by(e, moment)]
        voided = {e.data["voids"] for e in counted if e.activity == "event_voided"}
        kept = [e for e in counted if e.id not in voided and e.activity != "event_voided"]
        first = everything[0]
        return cls(matter_id=first.matter, kind=first.kind, events=tuple(in_order(kept)), as_of=moment)

    @property
    def agency(self) -> str:
        """The body of the latest event (a matter may be transferred)."""
        return self.events[-1].agency if self.events else ""

    def position(self, event: Event) -> int:
        return self._positions[event.id]

    def perhaps_with(self, activity: str, field: str, value: Any) -> Sequence[Event]:
        """The events of an activity, in order, whose ``field`` may equal ``value``: it does, or it is not stated.

        An index made on first use, so that joining many events with many others is not quadratic.
        """
        found = self._by_field.get((activity, field))
        if found is None:
            found = self._by_field[activity, field] = _index(self.by_activity.get(activity, ()), field)
        by_value, all_comparable = found
        try:
            return by_value.get(value, ()) if all_comparable else self.by_activity.get(activity, ())
        except TypeError:  # a list or an object has no place in an index
            return self.by_activity.get(activity, ())

    def attribute(self, name: str, at: Event) -> Any:
        """A case attribute at an event: its own, else the latest earlier one, else the first later one, else MISSING."""
        found = self._attributes.get((name, at.id))
        if found is None:
            found = self._attributes[name, at.id] = self._attribute(name, at)
        return found

    def _attribute(self, name: str, at: Event) -> Any:
        if name in at.data:
            return at.data[name]
        position = self._positions[at.id]
        for event in reversed(self.events[:position]):
            if name in event.data:
                return event.data[name]
        for event in self.events[position + 1 :]:
            if name in event.data:
                return event.data[name]
        return MISSING


def _index(events: Iterable[Event], field: str) -> tuple[dict[Any, list[Event]], bool]:
    """Events by the value of a field, and whether each of them states one that an index can hold."""
    by_value: dict[Any, list[Event]] = {}
    for event in events:
        value = event.data.get(field, MISSING)
        if value is MISSING or value.__class__ in {list, dict}:
            return by_value, False
        by_value.setdefault(value, []).append(event)
    return by_value, True


def _occurred_by(event: Event, moment: datetime) -> bool:
    return event.at <= moment if event.at is not None else event.on <= moment.astimezone(CHINA).date()


def in_order(events: Iterable[Event]) -> list[Event]:
    """The contract's order: by time; two that time cannot order stand in line order.

    A bare date and an instant of the same day cannot be ordered. Within each day the instants are put in order among
    themselves and every bare date keeps its place by line, which makes the order total.
    """
    ordered = sorted(events, key=lambda e: (e.on, e.order))
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end].on == ordered[start].on:
            end += 1
        day = ordered[start:end]
        instants = sorted((e for e in day if e.at is not None), key=_by_instant)
        if instants:
            timed = iter(instants)
            ordered[start:end] = [e if e.at is None else next(timed) for e in day]
        start = end
    return ordered


def _compare(left: Event, right: Event) -> int:
    a, b = left.at, right.at
    if a is None or b is None or a == b:
        return left.order - right.order
    return -1 if a < b else 1


_by_instant = cmp_to_key(_compare)


def group_by_matter(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Events by matter, in the order given."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.matter, []).append(event)
    return groups
