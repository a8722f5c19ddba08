"""A condition whose failure shows only that a fact was not stated: true stays true, false becomes unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import NOTHING, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .literal import Literal

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class OrUnknown(Expression):
    part: Expression
    path: str

    def compile(self) -> Value:
        part, path = self.part.compile(), self.path

        def value(scope: Scope) -> Any:
            answer = part(scope)
            return Unknown(path) if answer is False else answer

        return value

    def emit(self, program: Program) -> Kind:
        if self.part == Literal(False):
            program.op(op.CONST, op.UNKNOWN)
            return NOTHING
        kind = program.emit(self.part)
        program.op(op.OR_UNKNOWN)
        return kind

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return self.part.phrase()
