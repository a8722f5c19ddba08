"""Whether a fact is stated at all (a null is a statement)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..expression import Expression, Value
from ..scope import Unknown
from .field import Field


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

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"报送了{self.part.phrase()}"
