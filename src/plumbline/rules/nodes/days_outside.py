"""Days from one date to another that lie in no interval between two activities (a lawsuit that runs, for example)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import Event

from ..bulk import opcodes as op
from ..bulk.kinds import INT, MOMENT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import activity_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class DaysOutside(Expression):
    """``start`` is not counted, ``end`` is; both are ISO dates. An interval takes off ``begun`` and the days up to the day
    before the next ``ended`` with the same ``key``; overlapping intervals are taken off once, an open one to the end.
    """

    start: Expression
    end: Expression
    begun: str
    ended: str
    key: str

    def compile(self) -> Value:
        start, end = self.start.compile(), self.end.compile()

        def value(scope: Scope) -> Any:
            a, b = start(scope), end(scope)
            if a.__class__ is Unknown:
                return a
            if b.__class__ is Unknown:
                return b
            if a is None or b is None:
                return None
            first, last = date.fromisoformat(a).toordinal() + 1, date.fromisoformat(b).toordinal()
            intervals = list(self._intervals(scope))
            return sum(not any(i <= day < j for i, j in intervals) for day in range(first, last + 1))

        return value

    def emit(self, program: Program) -> Kind:
        program.emit_like(self.start, MOMENT)
        program.emit_like(self.end, MOMENT)
        keys = [program.path(self.key, (name,))[0] for name in (self.begun, self.ended)]
        activities = [program.activities[name] for name in (self.begun, self.ended)]
        program.op(op.DAYS_OUTSIDE, *activities, *keys)
        return INT

    def _intervals(self, scope: Scope) -> Iterator[tuple[int, int]]:
        position = scope.matter.position
        ends: Sequence[Event] = scope.matter.by_activity.get(self.ended, ())
        for begun in scope.matter.by_activity.get(self.begun, ()):
            same = [
                e
                for e in ends
                if position(e) > position(begun) and e.data.get(self.key) == begun.data.get(self.key)
            ]
            yield begun.on.toordinal(), same[0].on.toordinal() if same else date.max.toordinal()

    def children(self) -> Sequence[Expression]:
        return (self.start, self.end)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        yield f"{self.begun}.{self.key}"
        yield f"{self.ended}.{self.key}"

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        yield from (self.begun, self.ended)

    def phrase(self) -> str:
        return (
            f"从{self.start.phrase()}到{self.end.phrase()}、"
            f"不在{activity_zh(self.begun)}至{activity_zh(self.ended)}期间的天数"
        )
