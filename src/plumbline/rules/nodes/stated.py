"""Whether a fact is stated at all (a null is a statement)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Unknown
from .field import Field

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Stated(Expression):
    part: Expression

    def compile(self) -> Value:
        if isinstance(self.part, Field) and "." not in self.part.path:
            path = self.part.path
            return lambda scope: path in scope.subject.data
        part = self.part.compile()
        return lambda scope: part(scope).__class__ is not Unknown

    def compile_negated(self) -> Value:
        if isinstance(self.part, Field) and "." not in self.part.path:
            path = self.part.path
            return lambda scope: path not in scope.subject.data
        return super().compile_negated()

    def emit(self, program: Program) -> Kind:
        if isinstance(self.part, Field):
            # The subject's activities may mean different things by the name; stated is stated.
            program.op(op.CONST, 0)
            for path, _ in program.paths_of(self.part.path, program.around.subject):
                program.op(op.FIELD, path)
                program.op(op.STATED)
                program.land(program.op(op.OR_STEP), 1)
            return BOOL
        program.emit(self.part)
        program.op(op.STATED)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"报送了{self.part.phrase()}"
