"""The sum of an amount over the events that match; unknown when one may or may not match, or does not state its amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .selection import Selection

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Total(Expression):
    """``amount`` is read with ``it`` set to each matching event in turn; of no event the sum is 0."""

    selection: Selection
    amount: Expression

    def compile(self) -> Value:
        find, read = self.selection.compile(), self.amount.compile()

        def value(scope: Scope) -> Any:
            matching, unknown = find(scope)
            total = 0
            outer = scope.it
            for event in matching:
                scope.it = event
                amount = read(scope)
                if amount.__class__ is Unknown:
                    unknown = amount if unknown is None else unknown.joined(amount)
                elif amount is not None:
                    total += amount
            scope.it = outer
            return total if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        def add() -> None:
            program.emit(self.amount)
            program.op(op.TOTAL_STEP)

        program.search(self.selection, then=add)
        program.op(op.END_TOTAL)
        return INT

    def reads(self) -> Iterator[str]:
        yield from self.selection.reads()
        for path in self.amount.reads():
            head, _, rest = path.partition(".")
            if head == "it":
                yield from (f"{activity}.{rest}" for activity in self.selection.activities)
            else:
                yield path

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()
        yield from self.amount.activities()

    def phrase(self) -> str:
        return f"{self.selection.phrase()}的{self.amount.phrase()}之和"
