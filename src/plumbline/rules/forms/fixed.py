"""``fixed``: a due date that an instrument or the calendar sets; it is not counted and never rolls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from plumbline.law import Reckoning, Unit

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT
from ..expression import Expression
from ..scope import Scope, Unknown
from .clock import (
    Clock,
    Stop,
)
from .outcome import (
    NOT_APPLICABLE,
    UNKNOWN,
    Evaluated,
    Form,
    Outcome,
)
from .stops import against, compile_stop, emit_stop, wanted_of

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Fixed(Form):
    """A due date set in an instrument or by the calendar; it never rolls."""

    due: Expression
    stops: tuple[Stop, ...]
    shown: Clock = field(default=Clock(0, "cd", False))

    def compile(self) -> Evaluated:
        due = self.due.compile()
        stops = [compile_stop(stop) for stop in self.stops]

        def evaluate(scope: Scope) -> Outcome:
            given = due(scope)
            if given.__class__ is Unknown:
                return Outcome(UNKNOWN, missing=given.paths)
            if given is None:
                return Outcome(NOT_APPLICABLE)
            day = date.fromisoformat(given[:10])
            found = Reckoning(scope.subject.on, day, day, (day - scope.subject.on).days, Unit.DAYS)
            return against(found, stops, scope, [])

        return evaluate

    def emit(self, program: Program) -> None:
        program.emit_like(self.due, MOMENT)
        due = program.op(op.FIXED_DUE)
        with program.running_clock():
            for stop in self.stops:
                emit_stop(program, stop)
        program.op(op.AGAINST)
        program.land(due, 1)

    def expressions(self) -> Sequence[Expression]:
        parts = [self.due, *(stop.on for stop in self.stops), *(stop.reaching for stop in self.stops)]
        return tuple(part for part in parts if part is not None)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        for stop in self.stops:
            yield from stop.selection.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        for stop in self.stops:
            yield from stop.selection.all_activities()

    def phrase(self) -> str:
        wanted = wanted_of(self.stops)
        return f"在{self.due.phrase()}之前应有{wanted}"
