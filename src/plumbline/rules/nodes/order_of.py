"""The place of an event in the matter's order, for asking which of two came first on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope

if TYPE_CHECKING:
    from ..bulk.program import Program

#: Later than every event there can be; what ``first`` answers where nothing happened.
NEVER = 1 << 30


@dataclass(frozen=True)
class OrderOf(Expression):
    """The number of the candidate among the matter's events, in the contract's order."""

    def compile(self) -> Value:
        def value(scope: Scope) -> Any:
            return scope.matter.position(scope.it)

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.ORDER)
        return INT

    def phrase(self) -> str:
        return "先后次序"
