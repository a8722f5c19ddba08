"""Comparison. Dates compare as ISO text, amounts as integers. A null is equal only to null and never less or more."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind, one_kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .literal import Literal

if TYPE_CHECKING:
    from ..bulk.program import Program

_OPERATORS = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_MIRRORED = {"eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_AMOUNT_ZH = {"eq": "为", "ne": "不是", "lt": "小于", "le": "不超过", "gt": "超过", "ge": "不低于"}
_TIME_ZH = {"eq": "为", "ne": "不是", "lt": "早于", "le": "不晚于", "gt": "晚于", "ge": "不早于"}
_TIMES = ("日", "日期", "时间", "期止", "期起", "年")
_AMOUNTS = ("数额", "合计", "罚款")
_ORDER = "：先后次序"


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

    def emit(self, program: Program) -> Kind:
        left, right, how = self.left, self.right, self.how
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, how = right, left, _MIRRORED[how]
        kind = program.emit(left)
        if isinstance(right, Literal):
            value, other = program.encoded(right.value, kind)
            program.op(op.COMPARE_CONST, op.COMPARISONS.index(how), value)
        else:
            other = program.emit(right)
            program.op(op.COMPARE, op.COMPARISONS.index(how))
        one_kind(kind, other)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.left, self.right)

    def phrase(self) -> str:
        left, right = self.left.phrase(), self.right.phrase()
        if left.endswith(_ORDER) and right.endswith(_ORDER):
            return f"{left.removesuffix(_ORDER)}{_TIME_ZH[self.how]}{right.removesuffix(_ORDER)}"
        if isinstance(self.right, Literal) and isinstance(self.right.value, int) and left.endswith(_AMOUNTS):
            right = f"{self.right.value / 100:,.0f} 元"  # kept in fen, said in yuan
        words = _TIME_ZH if left.endswith(_TIMES) or right.endswith(_TIMES) else _AMOUNT_ZH
        return f"{left}{words[self.how]}{right}"
