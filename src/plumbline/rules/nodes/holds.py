"""What a list holds: any of some values, all of them, or nothing else than them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .literal import Literal as Fixed

if TYPE_CHECKING:
    from ..bulk.program import Program

_ZH = {"any": "含有", "all": "载有全部：", "only": "只有"}


@dataclass(frozen=True)
class Holds(Expression):
    """``wanted`` is a list, or a single value."""

    part: Expression
    wanted: Expression
    how: Literal["any", "all", "only"]

    def compile(self) -> Value:
        part, wanted, how = self.part.compile(), self.wanted.compile(), self.how

        def value(scope: Scope) -> Any:
            held = part(scope)
            if held.__class__ is Unknown:
                return held
            sought = wanted(scope)
            if sought.__class__ is Unknown:
                return sought
            present = frozenset(held or ())
            needed = frozenset((sought,) if isinstance(sought, str) else sought or ())
            if how == "any":
                return not needed.isdisjoint(present)
            return needed <= present if how == "all" else present <= needed

        return value

    def emit(self, program: Program) -> Kind:
        held = program.emit(self.part)
        inner = held.inner
        if isinstance(self.wanted, Fixed):
            single = isinstance(self.wanted.value, str)
            program.literal(self.wanted.value, inner if single else held)
        else:
            single = program.emit(self.wanted).what != "list"
        program.op(op.HOLDS, op.HOLDING.index(self.how), int(single))
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.part, self.wanted)

    def phrase(self) -> str:
        return f"{self.part.phrase()}{_ZH[self.how]}{self.wanted.phrase()}"
