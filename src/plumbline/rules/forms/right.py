"""``right``: something may be done within a period, and may no longer be done afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bulk import opcodes as op
from ..expression import Expression
from ..scope import Scope
from .outcome import (
    BREACHED,
    NOT_APPLICABLE,
    Evaluated,
    Form,
    Outcome,
)
from .within import Within

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Right(Form):
    """A right that is lost after its due date: unused and lost is no breach of anybody's."""

    within: Within

    def compile(self) -> Evaluated:
        inner = self.within.compile()

        def evaluate(scope: Scope) -> Outcome:
            outcome = inner(scope)
            if outcome.verdict == BREACHED and outcome.stop is None:
                outcome.verdict = NOT_APPLICABLE
            return outcome

        return evaluate

    def emit(self, program: Program) -> None:
        self.within.emit(program)
        program.op(op.RIGHT)

    def expressions(self) -> Sequence[Expression]:
        return self.within.expressions()

    def reads(self) -> Iterator[str]:
        yield from self.within.reads()

    def activities(self) -> Iterator[str]:
        yield from self.within.activities()

    def phrase(self) -> str:
        return self.within.phrase()
