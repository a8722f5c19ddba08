"""Membership of a value in a fixed list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..words import value_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class OneOf(Expression):
    part: Expression
    options: tuple[Any, ...]

    def compile(self) -> Value:
        return self.part.compile_then(frozenset(self.options).__contains__)

    def emit(self, program: Program) -> Kind:
        kind = program.emit(self.part)
        options = [program.encoded(each, kind)[0] for each in self.options]
        program.op(op.ONE_OF, program.constants(options), len(options))
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"{self.part.phrase()}为{'、'.join(value_zh(each) for each in self.options)}之一"
