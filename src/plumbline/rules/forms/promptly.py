"""``promptly`` (及时, no number): met when done, pending while open, breached when the matter is closed without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown
from .outcome import BREACHED, MET, PENDING, UNKNOWN, Evaluated, Form, Outcome, moment_of

if TYPE_CHECKING:
    from ..bulk.program import Program

CLOSING = ("case_closed", "matter_closed")


@dataclass(frozen=True)
class Promptly(Form):
    """``fails`` breaches at once; ``closing`` are the events after which it is too late."""

    stop: Selection
    fails: Expression | None = None
    closing: tuple[str, ...] = CLOSING

    def compile(self) -> Evaluated:
        find = self.stop.compile()
        fails = self.fails.compile() if self.fails is not None else None

        def evaluate(scope: Scope) -> Outcome:
            outcome = Outcome(PENDING)
            failed = fails(scope) if fails is not None else False
            if failed is True:
                outcome.verdict = BREACHED
                return outcome
            matching, unknown = find(scope)
            position = scope.matter.position
            closed = [
                e
                for name in self.closing
                for e in scope.matter.by_activity.get(name, ())
                if position(e) > position(scope.subject)
            ]
            closed.sort(key=position)
            if matching and (not closed or position(matching[0]) < position(closed[0])):
                outcome.verdict, outcome.stop = MET, moment_of(matching[0])
                outcome.events.append(matching[0])
            elif unknown is not None:
                outcome.verdict, outcome.missing = UNKNOWN, unknown.paths
            elif closed:
                outcome.verdict = BREACHED
                outcome.events.append(closed[0])
            if failed.__class__ is Unknown and outcome.verdict == MET:
                # Done, and perhaps done in the way that fails.
                outcome.verdict, outcome.missing = UNKNOWN, failed.paths
            return outcome

        return evaluate

    def emit(self, program: Program) -> None:
        fails = None
        if self.fails is not None:
            program.condition(self.fails)
            fails = program.op(op.PROMPT_FAILS)
        program.search(self.stop)
        closing = [program.activities[name] for name in self.closing if name in program.activities]
        program.op(op.PROMPT, program.constants(closing), len(closing))
        if fails is not None:
            program.land(fails, 1)

    def expressions(self) -> Sequence[Expression]:
        return () if self.fails is None else (self.fails,)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        yield from self.stop.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        yield from self.stop.all_activities()
        yield from self.closing

    def phrase(self) -> str:
        return f"应及时{self.stop.phrase().removeprefix('此后')}"
