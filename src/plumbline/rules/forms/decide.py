"""``decide``: ordered cases, each a verdict and its condition; the first that holds answers.

A case whose condition is unknown leaves both ways open; if every way leads to the same verdict, that is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..expression import Expression
from ..scope import Scope, Unknown
from .outcome import BREACHED, MET, NOT_APPLICABLE, PENDING, UNKNOWN, Evaluated, Form, Outcome

if TYPE_CHECKING:
    from ..bulk.program import Program

#: What a decision without cases says: one branch of ``by case`` may be settled with its condition.
_ALWAYS_ZH = {MET: "即为符合", BREACHED: "即为违反", PENDING: "等待后续", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True)
class Decide(Form):
    cases: tuple[tuple[str, Expression], ...]
    otherwise: str

    def compile(self) -> Evaluated:
        cases = tuple((verdict, condition.compile()) for verdict, condition in self.cases)
        otherwise = self.otherwise

        def evaluate(scope: Scope) -> Outcome:
            possible: set[str] = set()
            unknown = Unknown()
            for verdict, condition in cases:
                answer = condition(scope)
                if answer is True:
                    possible.add(verdict)
                    break
                if answer.__class__ is Unknown:
                    possible.add(verdict)
                    unknown = unknown.joined(answer)
            else:
                possible.add(otherwise)
            if len(possible) == 1:
                return Outcome(possible.pop())
            return Outcome(UNKNOWN, missing=unknown.paths)

        return evaluate

    def emit(self, program: Program) -> None:
        program.op(op.DECIDE_BEGIN)
        cases = []
        for verdict, condition in self.cases:
            program.condition(condition)
            cases.append(program.op(op.DECIDE_CASE, op.VERDICTS.index(verdict)))
        program.op(op.DECIDE_END, op.VERDICTS.index(self.otherwise))
        for case in cases:
            program.land(case, 2)
        program.op(op.DECIDE_END, -1)

    def expressions(self) -> Sequence[Expression]:
        return tuple(condition for _, condition in self.cases)

    def phrase(self) -> str:
        return "；".join(condition.phrase() for _, condition in self.cases) or _ALWAYS_ZH[self.otherwise]
