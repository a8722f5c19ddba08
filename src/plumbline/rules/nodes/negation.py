"""Negation. What is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope, Unknown


@dataclass(frozen=True)
class Negation(Expression):
    part: Expression

    def compile(self) -> Value:
        part = self.part.compile()

        def value(scope: Scope) -> Any:
            result = part(scope)
            return result if result.__class__ is Unknown else not result

        return value

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"没有：{self.part.phrase()}"
