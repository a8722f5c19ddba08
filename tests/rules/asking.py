"""One node of the rule language asked on a small history of a few events."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.law import Calendar, DayKind
from plumbline.rules.expression import Expression
from plumbline.rules.scope import Scope, Unknown
from plumbline.vocabulary import Event, Matter, Registers, end_of

CALENDAR = Calendar(
    covers_from=date(2026, 3, 1), covers_to=date(2026, 3, 31), exceptions={date(2026, 3, 4): DayKind.HOLIDAY}
)
AS_OF = date(2026, 3, 31)


def event(number: str, activity: str, on: str, /, **data: Any) -> Event:
    envelope = {k: data.pop(k) for k in ("actors", "links", "matter", "kind") if k in data}
    document = {
        "id": number,
        "matter": "M-1",
        "kind": "penalty",
        "activity": activity,
        "occurred_at": on,
        "recorded_at": "2026-03-31T10:00:00+08:00",
        "agency": "A-1",
        "data": data,
        **envelope,
    }
    return Event.from_json(document, int(number[1:]))


def at(
    events: list[Event], subject: str = "e1", *, registers: dict[str, Any] | None = None, **more: Any
) -> Scope:
    complete = more.pop("complete", frozenset())
    scope = Scope(
        matter=Matter.of(events, AS_OF),
        registers=Registers(registers or {}, frozenset(complete)),
        calendar=more.pop("calendar", CALENDAR),
        as_of=end_of(AS_OF),
        **more,
    )
    scope.subject = next(e for e in events if e.id == subject)
    return scope


def told(node: Expression, scope: Scope) -> Any:
    """The answer; what is unknown as the set of its paths."""
    answer = node.compile()(scope)
    return set(answer.paths) if isinstance(answer, Unknown) else answer


def gone(*paths: str) -> set[str]:
    return set(paths)
