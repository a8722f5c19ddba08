"""A column of a register row; unknown when the register or the entry is not stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import field_zh, path_zh
from .row_exists import compile_rows, emit_key, loop_over_rows

if TYPE_CHECKING:
    from ..bulk.program import Program


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
        return self._by_key() if self.where is None and not self.dated else self._by_condition()

    def _by_condition(self) -> Value:
        find = compile_rows(self)
        column, not_stated = self.column, Unknown(f"registers.{self.register}.{self.column}")

        def value(scope: Scope) -> Any:
            rows, unknown, _ = find(scope)
            if not rows:
                return not_stated if unknown is None else unknown
            row = rows[-1]
            return row.get(column, not_stated)

        return value

    def _by_key(self) -> Value:
        """As above without condition and date."""
        name, key, column, wanted = self.register, self.key, self.column, self.value.compile()
        no_register, not_stated = Unknown(f"registers.{name}"), Unknown(f"registers.{name}.{column}")

        def value(scope: Scope) -> Any:
            registers = scope.registers
            if name not in registers.document:
                return no_register
            sought = wanted(scope)
            if sought.__class__ is Unknown:
                return sought
            rows = registers.where(name, key, sought)
            return rows[-1].get(column, not_stated) if rows else not_stated

        return value

    def emit(self, program: Program) -> Kind:
        slot, kind = program.row_slot(self.register, self.column)
        if self.where is None and not self.dated:
            program.op(op.ROW_BY_KEY, emit_key(program, self), slot)
            return kind
        loop_over_rows(program, self)
        program.op(op.END_ROW_VALUE, slot)
        return kind

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
