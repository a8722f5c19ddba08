"""The lower or upper bound of the fine that the governing version allows for the party, in fen.

A bound given as a rate is taken of the fine base: the maximum rounded down, the minimum up, so that neither is passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from plumbline.vocabulary import MISSING

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .required_version import range_for

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class RangeBound(Expression):
    version: Expression
    bound: Literal["min", "max"]
    base: Expression

    def compile(self) -> Value:
        version, base, bound = self.version.compile(), self.base.compile(), self.bound
        absent = Unknown("registers.power_items.ranges")

        def value(scope: Scope) -> Any:
            row = version(scope)
            if row.__class__ is Unknown:
                return row
            party = scope.matter.attribute("party", scope.subject)
            if party is MISSING:
                return Unknown("case.party.kind")
            allowed = range_for(row, party["kind"]) if row is not None else None
            if allowed is None:
                return absent
            if bound in allowed:
                return allowed[bound]
            rate = allowed.get(f"{bound}_rate")
            if rate is None:
                return 0 if bound == "min" else absent
            amount = base(scope)
            if amount.__class__ is Unknown:
                return amount
            return amount * rate // 10_000 if bound == "max" else -(-amount * rate // 10_000)

        return value

    def emit(self, program: Program) -> Kind:
        program.emit(self.version)
        program.emit(self.base)
        program.op(op.RANGE_BOUND, program.power_items(), int(self.bound == "max"))
        return INT

    def children(self) -> Sequence[Expression]:
        return (self.version, self.base)

    def reads(self) -> Iterator[str]:
        yield "case.party"
        yield "registers.power_items.ranges"
        yield from super().reads()

    def phrase(self) -> str:
        return "法定罚款下限" if self.bound == "min" else "法定罚款上限"
