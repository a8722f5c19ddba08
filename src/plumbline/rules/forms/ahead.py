"""``ahead``: something has to happen at least ``n`` full days before something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plumbline.law import Unit, latest_before

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown
from .clock import Clock
from .outcome import (
    BREACHED,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNKNOWN,
    Evaluated,
    Form,
    Outcome,
    later_than,
    moment_of,
)

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Ahead(Form):
    """``later`` is the ISO date (or instant) of the later thing; left out, the subject's own date.

    ``unless`` excuses what came too late; ``also`` has to hold besides.
    """

    clock: Clock
    earlier: Selection
    later: Expression | None = None
    unless: Expression | None = None
    also: Expression | None = None

    def compile(self) -> Evaluated:
        find = self.earlier.compile()
        later = self.later.compile() if self.later is not None else None
        unless = self.unless.compile() if self.unless is not None else None
        also = self.also.compile() if self.also is not None else None
        n, unit = self.clock.n, Unit(self.clock.unit)
        if unit not in {Unit.WORKING_DAYS, Unit.DAYS}:
            raise ValueError(f"{unit.zh} cannot be counted backwards")

        def evaluate(scope: Scope) -> Outcome:
            given = later(scope) if later is not None else scope.subject.occurred_at
            if given.__class__ is Unknown:
                return Outcome(UNKNOWN, missing=given.paths, limit=n, unit=unit.value)
            if given is None:  # there is nothing to be ahead of
                return Outcome(NOT_APPLICABLE, limit=n, unit=unit.value)
            day = date.fromisoformat(given[:10])
            outcome = Outcome(
                PENDING, due=latest_before(day, n, unit, scope.calendar), limit=n, unit=unit.value
            )
            matching, unknown = find(scope)
            if matching:
                earliest = matching[0]
                outcome.events.append(earliest)
                outcome.stop = moment_of(earliest)
            if outcome.due is None:
                outcome.verdict, outcome.missing = UNKNOWN, ("registers.holidays",)
            elif matching:
                outcome.verdict = BREACHED if later_than(matching[0].on, outcome.due) else MET
                if outcome.verdict == BREACHED and unknown is not None:
                    outcome.verdict, outcome.missing = UNKNOWN, unknown.paths
            elif unknown is not None:
                outcome.verdict, outcome.missing = UNKNOWN, unknown.paths
            else:
                outcome.verdict = BREACHED if later_than(scope.as_of, outcome.due) else PENDING
            if outcome.verdict == BREACHED and unless is not None:
                excuse = unless(scope)
                if excuse is True:
                    outcome.verdict = MET
                elif excuse.__class__ is Unknown:
                    outcome.verdict, outcome.missing = UNKNOWN, excuse.paths
            if also is not None and outcome.verdict != BREACHED:
                condition = also(scope)
                if condition is False:
                    # One failed condition is enough, whatever else is not known.
                    outcome.verdict, outcome.missing = BREACHED, ()
                elif condition.__class__ is Unknown and outcome.verdict == MET:
                    outcome.verdict, outcome.missing = UNKNOWN, condition.paths
            if unit is Unit.WORKING_DAYS and scope.calendar is not None and outcome.due is not None:
                outcome.provisional = scope.calendar.is_provisional(day - timedelta(days=1))
            return outcome

        return evaluate

    def emit(self, program: Program) -> None:
        if self.later is not None:
            program.emit_like(self.later, MOMENT)
        due = program.op(op.AHEAD_DUE, *self.clock.operands()[:2], int(self.later is not None))
        program.search(self.earlier)
        compared = program.op(op.AHEAD_COMPARE)
        if self.unless is not None:
            program.condition(self.unless)
            program.op(op.EXCUSED)
        program.land(compared, 1)
        if self.also is not None:
            program.condition(self.also)
            program.op(op.ALSO, 1)
        program.land(due, 4)

    def expressions(self) -> Sequence[Expression]:
        return tuple(e for e in (self.later, self.unless, self.also) if e is not None)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        yield from self.earlier.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        yield from self.earlier.all_activities()

    def phrase(self) -> str:
        besides = f"，并且{self.also.phrase()}" if self.also is not None else ""
        return f"提前{self.clock.phrase()}应有{self.earlier.phrase()}{besides}"
