"""Whether the people in a role here are others than those in a role of other events (no judge in one's own case)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import value_zh
from .selection import Selection

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Separate(Expression):
    role: str
    other_role: str
    selection: Selection

    def compile(self) -> Value:
        role, other = self.role, self.other_role
        find = self.selection.compile()

        def value(scope: Scope) -> Any:
            here = {a.id for a in scope.subject.actors or () if a.role == role}
            if not here:
                return Unknown("@actors")
            matching, _ = find(scope)
            there = {a.id for event in matching for a in event.actors or () if a.role == other}
            if not here.isdisjoint(there):
                return False
            # Who took part is not stated everywhere: the same person may have.
            return Unknown("@actors") if any(event.actors is None for event in matching) else True

        return value

    def emit(self, program: Program) -> Kind:
        roles = [program.dictionary.number(role) for role in (self.role, self.other_role)]
        begin = program.op(op.SEPARATE_BEGIN, roles[0])
        program.search(self.selection, then=lambda: program.op(op.SEPARATE_STEP, *roles))
        program.op(op.END_SEPARATE)
        program.land(begin, 2)
        return BOOL

    def reads(self) -> Iterator[str]:
        yield "@actors"
        yield from self.selection.reads()

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()

    def phrase(self) -> str:
        return f"{value_zh(self.role)}不是本案的{value_zh(self.other_role)}"
