"""``two stages``: a first act within a period, then a second within the same period of the first.

The clock shown is that of the first stage while it is missing or late, of the second otherwise (行政处罚法第七十一条).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from plumbline.law import reckon

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown
from .clock import Clock, Stop
from .outcome import MET, NOT_APPLICABLE, UNKNOWN, Evaluated, Form, Outcome
from .stops import against, compile_stop

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class TwoStage(Form):
    clock: Clock
    start: Expression
    first: Selection
    second: Selection

    def compile(self) -> Evaluated:
        start, limit = self.start.compile(), self.clock.limit()
        first, second = [compile_stop(Stop(self.first))], [compile_stop(Stop(self.second))]
        find_first = self.first.compile()

        def evaluate(scope: Scope) -> Outcome:
            given = start(scope)
            if given.__class__ is Unknown:
                return Outcome(UNKNOWN, missing=given.paths)
            if given is None:
                return Outcome(NOT_APPLICABLE)
            stage = against(
                reckon(date.fromisoformat(given[:10]), limit, calendar=scope.calendar), first, scope, []
            )
            if stage.verdict != MET:
                return stage
            handed = find_first(scope)[0][0]
            return against(
                reckon(handed.on, limit, calendar=scope.calendar), second, scope, list(stage.events)
            )

        return evaluate

    def emit(self, program: Program) -> None:
        clock = self.clock.operands()
        program.emit_like(self.start, MOMENT)
        begin = program.op(op.BEGIN_ON, 0, *clock[:2], op.START_OF_STAGE)
        program.op(op.RECKON, *clock)
        program.search(self.first)
        program.op(op.STOP_FIRST)
        program.op(op.AGAINST)
        second = program.op(op.SECOND_STAGE)
        program.op(op.RECKON, *clock)
        program.search(self.second)
        program.op(op.STOP_FIRST)
        program.op(op.AGAINST)
        program.land(second, 1)
        program.land(begin, 1)

    def expressions(self) -> Sequence[Expression]:
        return (self.start,)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        yield from self.first.reads()
        yield from self.second.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        yield from self.first.all_activities()
        yield from self.second.all_activities()

    def phrase(self) -> str:
        limit = self.clock.phrase()
        return f"{limit}内{self.first.phrase().removeprefix('此后')}，再{limit}内{self.second.phrase().removeprefix('此后')}"
