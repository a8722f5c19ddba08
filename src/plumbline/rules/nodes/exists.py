"""Whether some event matches. A certain match answers; otherwise a possible one leaves it unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope
from .selection import Selection

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Exists(Expression):
    selection: Selection

    def compile(self) -> Value:
        find = self.selection.compile()

        def value(scope: Scope) -> Any:
            matching, unknown = find(scope)
            if matching:
                scope.touched.append(matching[-1])
                return True
            return False if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        if self.selection.where is None:
            program.op(op.EXISTS_PLAIN, program.selection(self.selection))
            return BOOL
        program.search(self.selection, one_is_enough=True)
        program.op(op.END_EXISTS)
        return BOOL

    def reads(self) -> Iterator[str]:
        yield from self.selection.reads()

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()

    def phrase(self) -> str:
        return f"有{self.selection.phrase()}"
