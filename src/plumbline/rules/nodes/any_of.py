"""Disjunction. One condition known to hold is enough, whatever is missing in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .negation import Negation

if TYPE_CHECKING:
    from ..bulk.program import Program


def _either(one: Value, other: Value) -> Value:
    """Of two parts, the usual number, without a loop."""

    def value(scope: Scope) -> Any:
        first = one(scope)
        if first is True:
            return True
        second = other(scope)
        if second is True:
            return True
        if first.__class__ is Unknown:
            return first.joined(second) if second.__class__ is Unknown else first
        return second if second.__class__ is Unknown else False

    return value


@dataclass(frozen=True)
class AnyOf(Expression):
    parts: tuple[Expression, ...]

    def compile(self) -> Value:
        parts = tuple(part.compile() for part in self.parts)
        if len(parts) == 2:
            return _either(*parts)

        def value(scope: Scope) -> Any:
            unknown: Unknown | None = None
            for part in parts:
                result = part(scope)
                if result is True:
                    return True
                if result.__class__ is Unknown:
                    unknown = result if unknown is None else unknown.joined(result)
            return False if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.CONST, 0)
        steps = []
        for part in self.parts:
            program.condition(part)
            steps.append(program.op(op.OR_STEP))
        for step in steps:
            program.land(step, 1)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return self.parts

    def phrase(self) -> str:
        """「没有甲，或者乙」 is said as officials say it: 甲的，应当乙."""
        when = [part.part.phrase() for part in self.parts if isinstance(part, Negation)]
        then = [part.phrase() for part in self.parts if not isinstance(part, Negation)]
        if when and then:
            return f"{'，并且'.join(when)}的，应当{'，或者'.join(then)}"
        return "，或者".join(part.phrase() for part in self.parts)
