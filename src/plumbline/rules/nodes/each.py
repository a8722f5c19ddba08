"""A condition over the elements of a list: every one (``every``) or at least one (``some``). ``item`` is the element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, NOTHING, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .fallback import Fallback
from .field import ItField

if TYPE_CHECKING:
    from ..bulk.program import Program


def _column_of(elements: Expression) -> str:
    """The column of a register row that holds the list, so that what is missing inside is named in full."""
    if isinstance(elements, Fallback):
        elements = elements.part
    return f"registers.{elements.path}" if isinstance(elements, ItField) else ""


@dataclass(frozen=True)
class Each(Expression):
    how: Literal["every", "some"]
    elements: Expression
    condition: Expression

    def compile(self) -> Value:
        elements, condition = self.elements.compile(), self.condition.compile()
        decisive = self.how == "some"
        column = _column_of(self.elements)

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
                    named = (
                        Unknown(*(p.replace("item.", f"{column}.", 1) for p in result.paths))
                        if column
                        else result
                    )
                    unknown = named if unknown is None else unknown.joined(named)
            scope.item = outer
            return (not decisive) if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        held = program.emit(self.elements)
        inner = held.inner or NOTHING
        loop = program.op(op.LOOP_ITEMS)
        program.later(loop, 1, program.width(inner))
        body = program.here()
        with program.where(item=inner):
            program.condition(self.condition)
        decisive = int(self.how == "some")
        program.op(op.EACH_STEP, decisive, body)
        program.land(loop, 2)
        program.op(op.END_EACH, decisive)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.elements, self.condition)

    def phrase(self) -> str:
        how = "每一项都" if self.how == "every" else "有一项"
        return f"{self.elements.phrase()}中{how}{self.condition.phrase()}"
