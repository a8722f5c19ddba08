"""``by case``: one form where a condition holds, another where it does not.

Where the condition is not known both are asked; what they agree on is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..expression import Expression
from ..scope import Scope, Unknown
from .outcome import UNKNOWN, Evaluated, Form, Outcome

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class ByCase(Form):
    condition_of_case: Expression
    then: Form
    otherwise: Form

    def compile(self) -> Evaluated:
        condition = self.condition_of_case.compile()
        then, otherwise = self.then.compile(), self.otherwise.compile()

        def evaluate(scope: Scope) -> Outcome:
            holds = condition(scope)
            if holds is True:
                return then(scope)
            if holds is False:
                return otherwise(scope)
            one, other = then(scope), otherwise(scope)
            if one.verdict == other.verdict and one.verdict != UNKNOWN:
                return other
            missing = holds.paths if holds.__class__ is Unknown else ()
            return Outcome(UNKNOWN, missing=(*missing, *one.missing, *other.missing))

        return evaluate

    def emit(self, program: Program) -> None:
        program.condition(self.condition_of_case)
        choice = program.op(op.BY_CASE)
        self.then.emit(program)
        after_then = program.op(op.JUMP)
        program.land(choice, 1)
        self.otherwise.emit(program)
        after_otherwise = program.op(op.JUMP)
        program.land(choice, 2)
        self.then.emit(program)
        program.op(op.SAVE_OUTCOME)
        program.op(op.RESET)
        self.otherwise.emit(program)
        program.op(op.MERGE_OUTCOME)
        for jump in (after_then, after_otherwise):
            program.land(jump, 1)

    def expressions(self) -> Sequence[Expression]:
        return (self.condition_of_case, *self.then.expressions(), *self.otherwise.expressions())

    def reads(self) -> Iterator[str]:
        yield from self.condition_of_case.reads()
        yield from self.then.reads()
        yield from self.otherwise.reads()

    def activities(self) -> Iterator[str]:
        yield from self.condition_of_case.activities()
        yield from self.then.activities()
        yield from self.otherwise.activities()

    def phrase(self) -> str:
        return (
            f"{self.condition_of_case.phrase()}的，{self.then.phrase()}；其他情形，{self.otherwise.phrase()}"
        )
