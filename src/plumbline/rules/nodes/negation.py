"""Negation. What is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Negation(Expression):
    part: Expression

    def compile(self) -> Value:
        return self.part.compile_negated()

    def emit(self, program: Program) -> Kind:
        program.condition(self.part)
        program.op(op.NOT)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"不属于“{self.part.phrase()}”"
