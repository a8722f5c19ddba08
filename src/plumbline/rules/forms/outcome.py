"""What a requirement form answers for one subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from plumbline.law import Reckoning
from plumbline.vocabulary import Event

from ..expression import Expression
from ..scope import Scope

if TYPE_CHECKING:
    from ..bulk.program import Program

MET = "met"
BREACHED = "breached"
PENDING = "pending"
UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
ERROR = "error"

Moment = date | datetime


@dataclass(slots=True)
class Outcome:
    """A verdict with its clock and the facts behind it.

    ``stop`` is when what was required happened. ``provisional`` says that ``due`` rests on a year not announced, where no
    ``reckoning`` says so.
    """

    verdict: str
    due: Moment | None = None
    used: int | None = None
    limit: int | None = None
    unit: str | None = None
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    events: list[Event] = field(default_factory=list)
    reckoning: Reckoning | None = None
    stop: Moment | None = None
    provisional: bool = False

    @property
    def due_is_provisional(self) -> bool:
        """Whether the due date may still move with the holiday notice of its year."""
        by_count = self.reckoning is not None and self.reckoning.provisional
        return self.due is not None and (self.provisional or by_count)


Evaluated = Callable[[Scope], Outcome]


class Form:
    """A requirement form. Like an expression it is frozen data; ``compile`` gives the function that answers."""

    def compile(self) -> Evaluated:
        raise NotImplementedError

    def emit(self, program: Program) -> None:
        """Write the form's instructions for the array kernel; the outcome stands in its registers at the end."""
        raise NotImplementedError

    def expressions(self) -> Sequence[Expression]:
        return ()

    def reads(self) -> Iterator[str]:
        for expression in self.expressions():
            yield from expression.reads()

    def activities(self) -> Iterator[str]:
        for expression in self.expressions():
            yield from expression.activities()

    def phrase(self) -> str:
        raise NotImplementedError


def later_than(moment: Moment, due: Moment) -> bool | None:
    """Whether a moment lies after a due moment; None when a bare date against an instant leaves it open.

    A due date expires at the end of its day, a due instant at that instant.
    """
    if isinstance(due, datetime):
        if isinstance(moment, datetime):
            return moment > due
        return None if moment == due.date() else moment > due.date()
    return (moment.date() if isinstance(moment, datetime) else moment) > due


def moment_of(event: Event) -> Moment:
    return event.at or event.on
