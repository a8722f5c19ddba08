"""What a list holds: any of some values, all of them, or nothing else than them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import value_zh

_ZH = {"any": "含有", "all": "载有全部：", "only": "只有"}


@dataclass(frozen=True)
class Holds(Expression):
    part: Expression
    values: tuple[Any, ...]
    how: Literal["any", "all", "only"]

    def compile(self) -> Value:
        part, wanted, how = self.part.compile(), frozenset(self.values), self.how

        def value(scope: Scope) -> Any:
            result = part(scope)
            if result.__class__ is Unknown:
                return result
            present = frozenset(result or ())
            if how == "any":
                return not wanted.isdisjoint(present)
            return wanted <= present if how == "all" else present <= wanted

        return value

    def children(self) -> Sequence[Expression]:
        return (self.part,)

    def phrase(self) -> str:
        return f"{self.part.phrase()}{_ZH[self.how]}{'、'.join(value_zh(each) for each in self.values)}"
