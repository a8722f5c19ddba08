"""A column of a register row; unknown when the register or the entry is not stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import field_zh, path_zh
from .row_exists import compile_rows


@dataclass(frozen=True)
class RowValue(Expression):
    """``column`` of the row whose ``key`` is ``value`` (the latest one where several match)."""

    register: str
    key: str
    value: Expression
    column: str
    where: Expression | None = None
    dated: bool = False

    def compile(self) -> Value:
        find = compile_rows(self)
        column, path = self.column, f"registers.{self.register}.{self.column}"

        def value(scope: Scope) -> Any:
            rows, unknown, _ = find(scope)
            if not rows:
                return Unknown(path) if unknown is None else unknown
            row = rows[-1]
            return row[column] if column in row else Unknown(path)

        return value

    def children(self) -> Sequence[Expression]:
        return (self.value,)

    def reads(self) -> Iterator[str]:
        yield f"registers.{self.register}.{self.column}"
        yield from self.value.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        if self.where is not None:
            yield from self.where.activities()

    def phrase(self) -> str:
        return f"{path_zh('registers.' + self.register)}中的{field_zh(self.column)}"
