"""``check``: a condition on the facts. True is met, false is breached, anything else unknown.

Some checks compare a fact with a date that is counted (the limitation of 行政处罚法第三十六条); ``due`` shows that date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..expression import Expression
from ..scope import Scope, Unknown
from .outcome import BREACHED, MET, UNKNOWN, Evaluated, Form, Outcome

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Check(Form):
    condition: Expression
    due: Expression | None = None

    def compile(self) -> Evaluated:
        condition = self.condition.compile()
        due = self.due.compile() if self.due is not None else None

        def evaluate(scope: Scope) -> Outcome:
            answer = condition(scope)
            if answer.__class__ is Unknown:
                outcome = Outcome(UNKNOWN, missing=answer.paths)
            else:
                outcome = Outcome(MET if answer else BREACHED)
            if due is not None and isinstance(last_day := due(scope), str):
                outcome.due = date.fromisoformat(last_day)
            return outcome

        return evaluate

    def emit(self, program: Program) -> None:
        program.condition(self.condition)
        program.op(op.CHECKED)
        if self.due is not None:
            program.emit(self.due)
            program.op(op.CHECK_DUE)

    def expressions(self) -> Sequence[Expression]:
        return (self.condition,) if self.due is None else (self.condition, self.due)

    def phrase(self) -> str:
        return self.condition.phrase()
