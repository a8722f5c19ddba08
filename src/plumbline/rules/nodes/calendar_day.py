"""A day of the calendar in a year that a fact names, as ISO text: the day by which a yearly report is due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program

LAST = 0
_YEAR_ZH = {0: "当年", 1: "次年"}


@dataclass(frozen=True)
class CalendarDay(Expression):
    """``month`` and ``day`` of the year that lies ``later`` years after ``year``; ``LAST`` is the last day of the month.

    A year that no calendar has is taken for one that is not stated.
    """

    year: Expression
    later: int
    month: int
    day: int

    def compile(self) -> Value:
        year, later, month, day = self.year.compile(), self.later, self.month, self.day
        no_such_year = Unknown(*self.year.reads())

        def value(scope: Scope) -> Any:
            given = year(scope)
            if given is None or given.__class__ is Unknown:
                return given
            wanted = given + later
            if not MINYEAR <= wanted <= MAXYEAR:
                return _under_its_activity(no_such_year, scope)
            return f"{wanted:04}-{month:02}-{day or monthrange(wanted, month)[1]:02}"

        return value

    def emit(self, program: Program) -> Kind:
        program.emit(self.year)
        program.op(op.CALENDAR_DAY, self.later, self.month, self.day)
        return MOMENT

    def children(self) -> Sequence[Expression]:
        return (self.year,)

    def phrase(self) -> str:
        which = _YEAR_ZH.get(self.later, f"之后第{self.later}年")
        day = f"{self.day}日" if self.day != LAST else "最后一日"
        return f"{self.year.phrase()}的{which}{self.month}月{day}"


def _under_its_activity(unknown: Unknown, scope: Scope) -> Unknown:
    """Field paths of the subject under the name of its activity, as ``missing`` gives them."""
    return Unknown(*(path.replace("subject.", f"{scope.subject.activity}.", 1) for path in unknown.paths))
