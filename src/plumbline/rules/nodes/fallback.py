"""A value that the contract itself puts in the place of one not stated (and nothing else may)."""

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
class Fallback(Expression):
    part: Expression
    otherwise: Expression

    def compile(self) -> Value:
        part, otherwise = self.part.compile(), self.otherwise.compile()

        def value(scope: Scope) -> Any:
            result = part(scope)
            return otherwise(scope) if result.__class__ is Unknown else result

        return value

    def emit(self, program: Program) -> Kind:
        kind = program.emit(self.part)
        known = program.op(op.JUMP_IF_KNOWN)
        other = program.emit_like(self.otherwise, kind)
        program.land(known, 1)
        return one_kind(kind, other)

    def children(self) -> Sequence[Expression]:
        return (self.part, self.otherwise)

    def phrase(self) -> str:
        return self.part.phrase()
