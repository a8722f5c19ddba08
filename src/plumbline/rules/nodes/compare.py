"""Comparison. Dates compare as ISO text, amounts as integers. A null is equal only to null and never less or more."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .literal import Literal

_OPERATORS = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_ZH = {
    "eq": "为",
    "ne": "不是",
    "lt": "小于（早于）",
    "le": "不超过（不晚于）",
    "gt": "超过（晚于）",
    "ge": "不低于（不早于）",
}


@dataclass(frozen=True)
class Compare(Expression):
    how: str
    left: Expression
    right: Expression

    def compile(self) -> Value:
        test = _OPERATORS[self.how]
        ordering = self.how not in {"eq", "ne"}

        if isinstance(self.right, Literal) and not (ordering and self.right.value is None):
            fixed = self.right.value
            if not ordering:
                return self.left.compile_then(partial(test, fixed))
            return self.left.compile_then(lambda value: value is not None and test(value, fixed))

        left, right = self.left.compile(), self.right.compile()

        def value(scope: Scope) -> Any:
            a = left(scope)
            b = right(scope)
            if a.__class__ is Unknown:
                return a.joined(b) if b.__class__ is Unknown else a
            if b.__class__ is Unknown:
                return b
            if ordering and (a is None or b is None):
                return False
            return test(a, b)

        return value

    def children(self) -> Sequence[Expression]:
        return (self.left, self.right)

    def phrase(self) -> str:
        return f"{self.left.phrase()}{_ZH[self.how]}{self.right.phrase()}"
