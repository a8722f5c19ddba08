"""How many elements a list has; a null has none."""

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
class Size(Expression):
    part: Expression

    def compile(self) -> Value:
        part = self.part.compile()

        def value(scope: Scope) -> Any:
            held = part(scope)
            return held if held.__class__ is Unknown else len(held or ())

        return value

    def emit(self, program: Program) -> Kind:
        program.emit(self.part)
        program.op(op.SIZE)
        return INT

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"{self.part.phrase()}的项数"
