"""How many events match; unknown when some may or may not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope
from .selection import Selection

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Count(Expression):
    selection: Selection

    def compile(self) -> Value:
        find = self.selection.compile()

        def value(scope: Scope) -> Any:
            matching, unknown = find(scope)
            return len(matching) if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        program.search(self.selection)
        program.op(op.END_COUNT)
        return INT

    def reads(self) -> Iterator[str]:
        yield from self.selection.reads()

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()

    def phrase(self) -> str:
        return f"{self.selection.phrase()}的次数"
