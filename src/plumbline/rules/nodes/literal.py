"""A fixed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk.kinds import Kind
from ..expression import Expression, Value
from ..words import value_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Literal(Expression):
    value: Any

    def compile(self) -> Value:
        value = self.value
        return lambda scope: value

    def emit(self, program: Program) -> Kind:
        return program.literal(self.value)

    def phrase(self) -> str:
        return value_zh(self.value)
