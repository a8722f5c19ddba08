"""Choice between two values by a condition. If the condition is unknown but both values agree, they are the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import Kind, one_kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Choose(Expression):
    condition: Expression
    then: Expression
    otherwise: Expression

    def compile(self) -> Value:
        condition, then, otherwise = self.condition.compile(), self.then.compile(), self.otherwise.compile()

        def value(scope: Scope) -> Any:
            chosen = condition(scope)
            if chosen.__class__ is not Unknown:
                return then(scope) if chosen else otherwise(scope)
            a, b = then(scope), otherwise(scope)
            if a.__class__ is not Unknown and b.__class__ is not Unknown and a == b:
                return a
            return chosen

        return value

    def emit(self, program: Program) -> Kind:
        program.condition(self.condition)
        choice = program.op(op.CHOOSE)
        kind = program.emit(self.then)
        after_then = program.op(op.JUMP)
        program.land(choice, 1)
        other = program.emit(self.otherwise)
        after_otherwise = program.op(op.JUMP)
        program.land(choice, 2)
        program.emit(self.then)
        program.emit(self.otherwise)
        program.op(op.SAME)
        for jump in (after_then, after_otherwise):
            program.land(jump, 1)
        return one_kind(kind, other)

    def children(self) -> Sequence[Expression]:
        return (self.condition, self.then, self.otherwise)

    def phrase(self) -> str:
        return f"{self.condition.phrase()}时{self.then.phrase()}，否则{self.otherwise.phrase()}"
