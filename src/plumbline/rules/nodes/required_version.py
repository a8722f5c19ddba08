"""The version of the enforcement item that governs the penalty: old law, unless the new one is lighter (从旧兼从轻).

行政处罚法第三十七条. The row in force on the day of the act is compared with the one in force on the day of the decision;
the new row governs when its maximum for the party is lower, or equal with a lower minimum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import MISSING, in_force

from ..bulk import opcodes as op
from ..bulk.kinds import Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .field import walk

if TYPE_CHECKING:
    from ..bulk.program import Program

ENDED = ("ended_on",)


def range_for(row: Any, party_kind: str) -> Any:
    """The range for a kind of party: its own (natural_person, else organization), else the one for any; else None."""
    own = "natural_person" if party_kind == "natural_person" else "organization"
    ranges = row.get("ranges") or ()
    for wanted in (own, "any"):
        for found in ranges:
            if found["party"] == wanted:
                return found
    return None


@dataclass(frozen=True)
class RequiredVersion(Expression):
    """The governing row; None when the item is in no row on the day of the decision (no longer unlawful)."""

    def compile(self) -> Value:
        def value(scope: Scope) -> Any:
            registers, subject = scope.registers, scope.subject
            if not registers.stated("power_items"):
                return Unknown("registers.power_items")
            item = scope.matter.attribute("item", subject)
            if item is MISSING:
                return Unknown("case.item")
            rows = registers.where("power_items", "item", item)
            new = next((row for row in rows if in_force(row, subject.on)), None)
            if new is None:
                return None
            if len(rows) == 1:
                return new
            violation = scope.matter.attribute("violation", subject)
            ended = MISSING if violation is MISSING else walk(violation, ENDED)
            if ended is None:
                return new  # the act still continues: the new text governs it
            if ended is MISSING:
                return Unknown("case.violation.ended_on")
            old = next((row for row in rows if in_force(row, date.fromisoformat(ended))), None)
            if old is None or old is new:
                return new
            party = scope.matter.attribute("party", subject)
            if party is MISSING:
                return Unknown("case.party.kind")
            return _lighter(old, new, party["kind"])

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.REQUIRED_VERSION, program.power_items())
        return Kind("row", name="power_items")

    def reads(self) -> Iterator[str]:
        yield from ("case.item", "case.violation", "case.party")
        yield from (
            f"registers.power_items.{column}" for column in ("item", "valid_from", "valid_to", "ranges")
        )

    def phrase(self) -> str:
        return "应适用的事项版本"


def _lighter(old: Any, new: Any, party_kind: str) -> Any:
    before, after = range_for(old, party_kind), range_for(new, party_kind)
    if before is None or after is None or "max" not in before or "max" not in after:
        return Unknown("registers.power_items.ranges")
    if after["max"] < before["max"]:
        return new
    equal = after["max"] == before["max"] and after.get("min", 0) < before.get("min", 0)
    return new if equal else old


def governing(old: Any, new: Any, party_kind: str) -> Any:
    """The row that governs of two versions, for pages; None where the ranges do not tell which one is lighter."""
    found = _lighter(old, new, party_kind)
    return None if found.__class__ is Unknown else found
