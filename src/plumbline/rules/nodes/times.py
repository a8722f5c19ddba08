"""Integer arithmetic: a product. With a null it is null: what does not exist has no multiple."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Times(Expression):
    left: Expression
    right: Expression

    def compile(self) -> Value:
        left, right = self.left.compile(), self.right.compile()

        def value(scope: Scope) -> Any:
            a, b = left(scope), right(scope)
            if a.__class__ is Unknown:
                return a.joined(b) if b.__class__ is Unknown else a
            if b.__class__ is Unknown:
                return b
            return None if a is None or b is None else a * b

        return value

    def emit(self, program: Program) -> Kind:
        program.emit(self.left)
        program.emit(self.right)
        program.op(op.TIMES)
        return INT

    def children(self) -> Sequence[Expression]:
        return (self.left, self.right)

    def phrase(self) -> str:
        return f"{self.left.phrase()}乘以{self.right.phrase()}"
