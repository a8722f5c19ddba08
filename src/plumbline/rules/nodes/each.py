"""A condition over the elements of a list: every one (``every``) or at least one (``some``). ``item`` is the element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..expression import Expression, Value
from ..scope import Scope, Unknown


@dataclass(frozen=True)
class Each(Expression):
    how: Literal["every", "some"]
    elements: Expression
    condition: Expression

    def compile(self) -> Value:
        elements, condition = self.elements.compile(), self.condition.compile()
        decisive = self.how == "some"

        def value(scope: Scope) -> Any:
            found = elements(scope)
            if found.__class__ is Unknown:
                return found
            unknown: Unknown | None = None
            outer = scope.item
            for element in found or ():
                scope.item = element
                result = condition(scope)
                if result is decisive:
                    scope.item = outer
                    return decisive
                if result.__class__ is Unknown:
                    unknown = result if unknown is None else unknown.joined(result)
            scope.item = outer
            return (not decisive) if unknown is None else unknown

        return value

    def children(self) -> Sequence[Expression]:
        return (self.elements, self.condition)

    def phrase(self) -> str:
        how = "每一项都" if self.how == "every" else "有一项"
        return f"{self.elements.phrase()}中{how}{self.condition.phrase()}"
