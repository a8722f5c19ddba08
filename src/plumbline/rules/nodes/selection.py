"""A selection of the matter's events: by activity, place in the order, join with the subject, and a condition.

It is not a value by itself: ``exists``, ``first``, ``last``, ``count`` and the requirement forms ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from plumbline.vocabulary import MISSING, Event

from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import activity_zh, field_zh
from .all_of import AllOf
from .compare import Compare
from .envelope import Envelope
from .field import Field, Item, ItField
from .literal import Literal as Fixed

Place = Literal["anywhere", "before", "after", "not_after", "same_day"]
Found = Callable[[Scope], tuple[Sequence[Event], "Unknown | None"]]
Matching = Callable[[Sequence[Event], Scope], tuple[Sequence[Event], "Unknown | None"]]
Placed = Callable[[Sequence[Event], Scope], Sequence[Event]]
NOTHING: Final[tuple[Sequence[Event], None]] = ((), None)
_ZH = {"anywhere": "", "before": "此前", "after": "此后", "not_after": "此前或同时", "same_day": "当日"}


@dataclass(frozen=True)
class Selection:
    """``same`` joins fields of candidate and subject; ``where`` is a condition on ``it``."""

    activities: tuple[str, ...]
    place: Place = "anywhere"
    same: tuple[str, ...] = ()
    where: Expression | None = None

    def compile(self) -> Found:
        """A function giving the events that match, in order, and what is unknown about events that might match too."""
        placed = _PLACED[self.place]
        where = self.where.compile() if self.where is not None else None
        matching = _matching(self.same, where)
        if len(self.activities) != 1:
            return self._of_several(placed, matching)
        (activity,) = self.activities
        join = self._join()
        if join is None:

            def find(scope: Scope) -> tuple[Sequence[Event], Unknown | None]:
                candidates: Sequence[Event] | None = scope.matter.by_activity.get(activity)
                if candidates is None:
                    return NOTHING
                if placed is not None:
                    candidates = placed(candidates, scope)
                if matching is None or not candidates:
                    return candidates, None
                return matching(candidates, scope)

            return find

        key, sought_in = (activity, join[0]), join[1].compile()
        rest = self._rest()
        matching_joined = _matching(self.same, rest.compile() if rest is not None else None)

        def find_joined(scope: Scope) -> tuple[Sequence[Event], Unknown | None]:
            candidates: Sequence[Event] | None = scope.matter.by_activity.get(activity)
            if candidates is None:
                return NOTHING
            match = matching
            sought = sought_in(scope)
            if sought.__class__ is not Unknown:
                joined = scope.matter.with_value(key, sought)
                if joined is not None:
                    candidates, match = joined, matching_joined
            if not candidates:
                return NOTHING
            if placed is not None:
                candidates = placed(candidates, scope)
            if match is None or not candidates:
                return candidates, None
            return match(candidates, scope)

        return find_joined

    def _of_several(self, placed: Placed | None, matching: Matching | None) -> Found:
        """As above, of the events of several activities, or of none."""
        activities = self.activities

        def find(scope: Scope) -> tuple[Sequence[Event], Unknown | None]:
            by_activity = scope.matter.by_activity
            held = [by_activity[name] for name in activities if name in by_activity]
            if not held:
                return NOTHING
            candidates: Sequence[Event] = held[0]
            if len(held) > 1:
                positions = scope.matter.positions
                candidates = sorted((e for events in held for e in events), key=lambda e: positions[e.id])
            if placed is not None:
                candidates = placed(candidates, scope)
            if matching is None or not candidates:
                return candidates, None
            return matching(candidates, scope)

        return find

    def _rest(self) -> Expression | None:
        """What ``where`` demands beside the join."""
        if not isinstance(self.where, AllOf) or len(self.where.parts) == 1:
            return None
        return AllOf(self.where.parts[1:]) if len(self.where.parts) > 2 else self.where.parts[1]

    def _join(self) -> tuple[str, Expression] | None:
        """A field of the candidate that ``where`` demands first to equal a value which no candidate changes."""
        first = self.where.parts[0] if isinstance(self.where, AllOf) else self.where
        if not isinstance(first, Compare) or first.how != "eq" or not isinstance(first.left, ItField):
            return None
        fixed = isinstance(first.right, (Item, Field, Fixed)) or first.right == Envelope("id")
        return (first.left.path, first.right) if fixed and "." not in first.left.path else None

    def expressions(self) -> Sequence[Expression]:
        return () if self.where is None else (self.where,)

    def reads(self) -> Iterator[str]:
        for activity in self.activities:
            yield activity
            for field in self.same:
                yield f"{activity}.{field}"
        if self.where is not None:
            for path in self.where.reads():
                head, _, rest = path.partition(".")
                if head == "it":
                    yield from (f"{activity}.{rest}" for activity in self.activities)
                else:
                    yield path

    def all_activities(self) -> Iterator[str]:
        yield from self.activities
        if self.where is not None:
            yield from self.where.activities()

    def phrase(self) -> str:
        names = "或".join(f"“{activity_zh(name)}”" for name in self.activities)
        joined = f"（同一{'、'.join(field_zh(f) for f in self.same)}）" if self.same else ""
        condition = f"且{self.where.phrase()}" if self.where is not None else ""
        return f"{_ZH[self.place]}{names}{joined}{condition}"


def _matching(same: tuple[str, ...], where: Value | None) -> Matching | None:
    """A function giving, of some candidates, those that match and what is unknown about the others; None if all match."""
    if not same and where is None:
        return None

    def matching_of(candidates: Sequence[Event], scope: Scope) -> tuple[Sequence[Event], Unknown | None]:
        subject = scope.subject
        unknown: Unknown | None = None
        matching: list[Event] = []
        outer = scope.it
        joined: bool | Unknown = True
        for candidate in candidates:
            if same:
                joined = _joined(candidate, subject, same)
                if joined is False:
                    continue
            answer = joined
            if where is not None:
                scope.it = candidate
                answer = where(scope)
                if answer is not False and joined is not True:
                    answer = joined
            if answer is True:
                matching.append(candidate)
            elif answer.__class__ is Unknown:
                unknown = answer if unknown is None else unknown.joined(answer)
        scope.it = outer
        return matching, unknown

    return matching_of


def _same_day(candidates: Sequence[Event], scope: Scope) -> Sequence[Event]:
    day = scope.subject.on
    return [e for e in candidates if e.on == day]


# Candidates stand in order: the first or the last one often answers for all.


def _after(candidates: Sequence[Event], scope: Scope) -> Sequence[Event]:
    positions = scope.matter.positions
    here = positions[scope.subject.id]
    return (
        candidates
        if positions[candidates[0].id] > here
        else [e for e in candidates if positions[e.id] > here]
    )


def _before(candidates: Sequence[Event], scope: Scope) -> Sequence[Event]:
    positions = scope.matter.positions
    here = positions[scope.subject.id]
    return (
        candidates
        if positions[candidates[-1].id] < here
        else [e for e in candidates if positions[e.id] < here]
    )


def _not_after(candidates: Sequence[Event], scope: Scope) -> Sequence[Event]:
    positions, subject = scope.matter.positions, scope.subject
    here = positions[subject.id]
    if positions[candidates[-1].id] < here:
        return candidates
    return [e for e in candidates if positions[e.id] < here or e.occurred_at == subject.occurred_at]


_PLACED: dict[Place, Placed | None] = {
    "anywhere": None,
    "before": _before,
    "after": _after,
    "not_after": _not_after,
    "same_day": _same_day,
}


def _joined(candidate: Event, subject: Event, same: tuple[str, ...]) -> bool | Unknown:
    for name in same:
        a, b = candidate.data.get(name, MISSING), subject.data.get(name, MISSING)
        if a is MISSING or b is MISSING:
            return Unknown(f"{(candidate if a is MISSING else subject).activity}.{name}")
        if a != b:
            return False
    return True
