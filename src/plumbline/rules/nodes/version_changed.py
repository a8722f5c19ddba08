"""Whether the text of the item changed between the act and the decision (行政处罚法第三十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import MISSING, in_force

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .field import walk

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class VersionChanged(Expression):
    def compile(self) -> Value:
        def value(scope: Scope) -> Any:
            if not scope.registers.stated("power_items"):
                return Unknown("registers.power_items")
            item = scope.matter.attribute("item", scope.subject)
            if item is MISSING:
                return Unknown("case.item")
            rows = scope.registers.where("power_items", "item", item)
            if all(in_force(row, scope.subject.on) for row in rows):
                # What is in force that day and has no other version cannot have changed.
                return False
            violation = scope.matter.attribute("violation", scope.subject)
            ended = MISSING if violation is MISSING else walk(violation, ("ended_on",))
            if ended is MISSING:
                return Unknown("case.violation.ended_on")
            if ended is None:
                return False
            then = date.fromisoformat(ended)
            old = next((row for row in rows if in_force(row, then)), None)
            new = next((row for row in rows if in_force(row, scope.subject.on)), None)
            return old is not None and old is not new

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.VERSION_CHANGED, program.power_items())
        return BOOL

    def reads(self) -> Iterator[str]:
        yield from ("case.item", "case.violation")
        yield from (f"registers.power_items.{column}" for column in ("valid_from", "valid_to"))

    def phrase(self) -> str:
        return "行为发生后规定有变化"
