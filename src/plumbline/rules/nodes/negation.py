"""Negation. What is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..expression import Expression, Value


@dataclass(frozen=True)
class Negation(Expression):
    part: Expression

    def compile(self) -> Value:
        return self.part.compile_negated()

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"不属于“{self.part.phrase()}”"
