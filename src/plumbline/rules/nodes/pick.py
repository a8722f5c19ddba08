"""A value at the first or last event that matches; ``otherwise`` where none does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..bulk import opcodes as op
from ..bulk.kinds import Kind, one_kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .selection import Selection

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Pick(Expression):
    """``value`` is read with ``it`` set to the event picked."""

    which: Literal["first", "last"]
    selection: Selection
    value: Expression
    otherwise: Expression

    def compile(self) -> Value:
        find, read, otherwise = self.selection.compile(), self.value.compile(), self.otherwise.compile()
        index = 0 if self.which == "first" else -1

        def value(scope: Scope) -> Any:
            matching, unknown = find(scope)
            if unknown is not None:
                # An event that may match could be the one to pick.
                return unknown
            if not matching:
                return otherwise(scope)
            picked = matching[index]
            scope.touched.append(picked)
            outer, scope.it = scope.it, picked
            result = read(scope)
            scope.it = outer
            return result.joined(Unknown()) if result.__class__ is Unknown else result

        return value

    def emit(self, program: Program) -> Kind:
        program.search(self.selection)
        pick = program.op(op.END_PICK, int(self.which == "last"))
        with program.candidates(self.selection.activities):
            kind = program.emit(self.value)
        program.op(op.END_PICKED)
        picked = program.op(op.JUMP)
        program.land(pick, 3)
        other = program.emit_like(self.otherwise, kind)
        program.land(pick, 2)
        program.land(picked, 1)
        return one_kind(kind, other)

    def children(self) -> Sequence[Expression]:
        return (self.otherwise,)

    def reads(self) -> Iterator[str]:
        yield from self.selection.reads()
        for path in self.value.reads():
            head, _, rest = path.partition(".")
            if head == "it":
                yield from (f"{activity}.{rest}" for activity in self.selection.activities)
            else:
                yield path
        yield from self.otherwise.reads()

    def activities(self) -> Iterator[str]:
        yield from self.selection.all_activities()
        yield from self.value.activities()
        yield from self.otherwise.activities()

    def phrase(self) -> str:
        which = "首次" if self.which == "first" else "最近一次"
        return f"{which}{self.selection.phrase()}：{self.value.phrase()}"
