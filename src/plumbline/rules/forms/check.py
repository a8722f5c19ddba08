"""``check``: a condition on the facts. True is met, false is breached, anything else unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..expression import Expression
from ..scope import Scope, Unknown
from .outcome import BREACHED, MET, UNKNOWN, Evaluated, Form, Outcome


@dataclass(frozen=True)
class Check(Form):
    condition: Expression

    def compile(self) -> Evaluated:
        condition = self.condition.compile()

        def evaluate(scope: Scope) -> Outcome:
            answer = condition(scope)
            if answer.__class__ is Unknown:
                return Outcome(UNKNOWN, missing=answer.paths)
            return Outcome(MET if answer else BREACHED)

        return evaluate

    def expressions(self) -> Sequence[Expression]:
        return (self.condition,)

    def phrase(self) -> str:
        return self.condition.phrase()
