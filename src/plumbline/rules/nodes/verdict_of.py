"""The verdict of another requirement on the same subject, for duties that begin when a period has run out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import CODE, Kind, NotInColumns
from ..expression import Expression, Value
from ..forms.outcome import UNKNOWN, Form
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class VerdictOf(Expression):
    """met, breached, pending or not_applicable; unknown where the requirement says so."""

    form: Form

    def compile(self) -> Value:
        evaluated = self.form.compile()

        def value(scope: Scope) -> Any:
            outer = scope.it
            outcome = evaluated(scope)
            scope.it = outer
            scope.touched += outcome.events
            return Unknown(*outcome.missing) if outcome.verdict == UNKNOWN else outcome.verdict

        return value

    def emit(self, program: Program) -> Kind:
        if program.clock_runs:
            raise NotInColumns("a verdict within a count")
        program.op(op.ENTER_FORM)
        self.form.emit(program)
        program.op(op.LEAVE_FORM)
        return CODE

    def children(self) -> Sequence[Expression]:
        return self.form.expressions()

    def reads(self) -> Iterator[str]:
        yield from self.form.reads()

    def activities(self) -> Iterator[str]:
        yield from self.form.activities()

    def phrase(self) -> str:
        return f"“{self.form.phrase()}”的结论"
