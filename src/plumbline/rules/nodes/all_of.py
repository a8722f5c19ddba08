"""Conjunction. One condition known to fail is enough, whatever is missing in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


def _both(one: Value, other: Value) -> Value:
    """Of two parts, the usual number, without a loop."""

    def value(scope: Scope) -> Any:
        first = one(scope)
        if first is False:
            return False
        second = other(scope)
        if second is False:
            return False
        if first.__class__ is Unknown:
            return first.joined(second) if second.__class__ is Unknown else first
        return second if second.__class__ is Unknown else True

    return value


@dataclass(frozen=True)
class AllOf(Expression):
    parts: tuple[Expression, ...]

    def compile(self) -> Value:
        parts = tuple(part.compile() for part in self.parts)
        if len(parts) == 2:
            return _both(*parts)

        def value(scope: Scope) -> Any:
            unknown: Unknown | None = None
            for part in parts:
                result = part(scope)
                if result is False:
                    return False
                if result.__class__ is Unknown:
                    unknown = result if unknown is None else unknown.joined(result)
            return True if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.CONST, 1)
        steps = []
        for part in self.parts:
            program.condition(part)
            steps.append(program.op(op.AND_STEP))
        for step in steps:
            program.land(step, 1)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return self.parts

    def phrase(self) -> str:
        return "，并且".join(part.phrase() for part in self.parts)
