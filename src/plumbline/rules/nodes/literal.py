"""A fixed value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..words import value_zh


@dataclass(frozen=True)
class Literal(Expression):
    value: Any

    def compile(self) -> Value:
        value = self.value
        return lambda scope: value

    def phrase(self) -> str:
        return value_zh(self.value)
