"""Membership of a value in a fixed list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import value_zh


@dataclass(frozen=True)
class OneOf(Expression):
    part: Expression
    options: tuple[Any, ...]

    def compile(self) -> Value:
        part, options = self.part.compile(), frozenset(self.options)

        def value(scope: Scope) -> Any:
            result = part(scope)
            return result if result.__class__ is Unknown else result in options

        return value

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"{self.part.phrase()}为{'、'.join(value_zh(each) for each in self.options)}之一"
