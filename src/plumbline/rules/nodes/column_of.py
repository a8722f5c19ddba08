"""A column of a row (or of the element of one of its lists) that another node found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import NOTHING, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import field_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class ColumnOf(Expression):
    row: Expression
    column: str
    path: str

    def compile(self) -> Value:
        row, column, path = self.row.compile(), self.column, self.path

        def value(scope: Scope) -> Any:
            found = row(scope)
            if found.__class__ is Unknown:
                return found
            return Unknown(path) if found is None or column not in found else found[column]

        return value

    def emit(self, program: Program) -> Kind:
        row = program.emit(self.row)
        slot, kind = (
            program.row_slot(row.name, self.column)
            if row.what == "row"
            else program.element_slot(row, self.column)
        )
        program.op(op.COLUMN_OF, slot)
        return kind

    def children(self) -> Sequence[Expression]:
        return (self.row,)

    def phrase(self) -> str:
        return f"{self.row.phrase()}的{field_zh(self.column)}"


@dataclass(frozen=True)
class ElementWhere(Expression):
    """The element of a list whose ``key`` equals a value; unknown when there is none."""

    elements: Expression
    key: str
    value: Expression
    path: str

    def compile(self) -> Value:
        elements, wanted, key, path = self.elements.compile(), self.value.compile(), self.key, self.path

        def value(scope: Scope) -> Any:
            held = elements(scope)
            if held.__class__ is Unknown:
                return held
            sought = wanted(scope)
            if sought.__class__ is Unknown:
                return sought
            return next((e for e in held or () if e.get(key) == sought), None) or Unknown(path)

        return value

    def emit(self, program: Program) -> Kind:
        held = program.emit(self.elements)
        inner = held.inner or NOTHING
        slot, kind = program.element_slot(inner, self.key)
        program.emit_like(self.value, kind)
        program.later(program.op(op.ELEMENT_WHERE, 0, slot), 1, program.width(inner))
        return inner

    def children(self) -> Sequence[Expression]:
        return (self.elements, self.value)

    def phrase(self) -> str:
        return f"{self.elements.phrase()}中的{self.value.phrase()}"
