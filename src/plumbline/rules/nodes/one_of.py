"""Membership of a value in a fixed list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..words import value_zh


@dataclass(frozen=True)
class OneOf(Expression):
    part: Expression
    options: tuple[Any, ...]

    def compile(self) -> Value:
        return self.part.compile_then(frozenset(self.options).__contains__)

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"{self.part.phrase()}为{'、'.join(value_zh(each) for each in self.options)}之一"
