"""A selection of the matter's events: by activity, place in the order, join with the subject, and a condition.

It is not a value by itself: ``exists``, ``first``, ``last``, ``count`` and the requirement forms ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from plumbline.vocabulary import MISSING, Event

from ..expression import Expression
from ..scope import Scope, Unknown
from ..words import activity_zh, field_zh
from .all_of import AllOf
from .compare import Compare
from .envelope import Envelope
from .field import Field, Item, ItField
from .literal import Literal as Fixed

Place = Literal["anywhere", "before", "after", "not_after", "same_day"]
Found = Callable[[Scope], tuple[list[Event], "Unknown | None"]]
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
        activities, place, same = self.activities, self.place, self.same
        where = self.where.compile() if self.where is not None else None
        join = self._join()
        join_field, join_value = (join[0], join[1].compile()) if join else ("", None)

        def find(scope: Scope) -> tuple[list[Event], Unknown | None]:
            matter, subject = scope.matter, scope.subject
            by_activity = matter.by_activity
            candidates: Sequence[Event]
            if len(activities) == 1:
                candidates = by_activity.get(activities[0], ())
                if join_value is not None and len(candidates) > 1:
                    sought = join_value(scope)
                    if sought.__class__ is not Unknown:
                        candidates = matter.perhaps_with(activities[0], join_field, sought)
            else:
                candidates = [e for name in activities for e in by_activity.get(name, ())]
                if len(candidates) > 1:
                    candidates.sort(key=matter.position)
            if not candidates:
                return [], None
            if place != "anywhere":
                candidates = _placed(candidates, place, scope)
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
                    unknown = answer if unknown is None else unknown.joined(answer)  # type: ignore[union-attr, arg-type]
            scope.it = outer
            return matching, unknown

        return find

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


def _placed(candidates: Sequence[Event], place: Place, scope: Scope) -> Sequence[Event]:
    subject, position = scope.subject, scope.matter.position
    if place == "same_day":
        return [e for e in candidates if e.on == subject.on]
    if not candidates:
        return candidates
    here = position(subject)
    if place == "after":
        # Candidates stand in order: the first one often answers for all.
        return candidates if position(candidates[0]) > here else [e for e in candidates if position(e) > here]
    if position(candidates[-1]) < here:
        return candidates
    if place == "before":
        return [e for e in candidates if position(e) < here]
    return [e for e in candidates if position(e) < here or e.occurred_at == subject.occurred_at]


def _joined(candidate: Event, subject: Event, same: tuple[str, ...]) -> bool | Unknown:
    for name in same:
        a, b = candidate.data.get(name, MISSING), subject.data.get(name, MISSING)
        if a is MISSING or b is MISSING:
            return Unknown(f"{(candidate if a is MISSING else subject).activity}.{name}")
        if a != b:
            return False
    return True
