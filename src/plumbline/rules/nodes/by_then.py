"""Whether, by the time of the candidate of a selection, some other event has happened (the candidate itself included)."""

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
class ByThen(Expression):
    """For a duty of several parts in any order: it is done with the event by which each part has happened."""

    selection: Selection

    def compile(self) -> Value:
        find = self.selection.compile()

        def value(scope: Scope) -> Any:
            matching, unknown = find(scope)
            position = scope.matter.position
            if matching and position(matching[0]) <= position(scope.it):
                scope.touched.append(matching[0])
                return True
            return False if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        program.search(self.selection)
        program.op(op.END_BY_THEN)
        return BOOL

    def reads(self) -> Iterator[str]:
        yield from self.selection.reads()

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()

    def phrase(self) -> str:
        return f"至此已有{self.selection.phrase()}"
