"""Days from one local date to another, and a date some period after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plumbline.law import Limit, Unit, reckon
from plumbline.law.periods import add_months

from ..bulk import opcodes as op
from ..bulk.kinds import INT, MOMENT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class DaysBetween(Expression):
    """Calendar days from ``start`` to ``end`` (the first not counted); both are ISO dates."""

    start: Expression
    end: Expression

    def compile(self) -> Value:
        start, end = self.start.compile(), self.end.compile()

        def value(scope: Scope) -> Any:
            a, b = start(scope), end(scope)
            if a.__class__ is Unknown:
                return a
            if b.__class__ is Unknown:
                return b
            if a is None or b is None:
                return None
            return (date.fromisoformat(b[:10]) - date.fromisoformat(a[:10])).days

        return value

    def emit(self, program: Program) -> Kind:
        program.emit_like(self.start, MOMENT)
        program.emit_like(self.end, MOMENT)
        program.op(op.DAYS_BETWEEN)
        return INT

    def children(self) -> Sequence[Expression]:
        return (self.start, self.end)

    def phrase(self) -> str:
        return f"从{self.start.phrase()}到{self.end.phrase()}的天数"


@dataclass(frozen=True)
class DateAfter(Expression):
    """The last day of ``n`` of ``unit`` after ``start``, as ISO text; null when ``start`` is null."""

    start: Expression
    n: int
    unit: str
    roll: bool = False

    def compile(self) -> Value:
        start = self.start.compile()
        limit = Limit(self.n, Unit(self.unit), self.roll)
        if limit.unit in {Unit.MONTHS, Unit.YEARS} and not limit.roll:
            return self._same_day_of_a_month(start)

        def value(scope: Scope) -> Any:
            a = start(scope)
            if a is None or a.__class__ is Unknown:
                return a
            due = reckon(date.fromisoformat(a[:10]), limit, calendar=scope.calendar).due
            return Unknown("registers.holidays") if due is None else due.isoformat()

        return value

    def _same_day_of_a_month(self, start: Value) -> Value:
        """As above where neither a calendar nor a count of days is needed."""
        months = self.n * (12 if self.unit == Unit.YEARS else 1)

        def value(scope: Scope) -> Any:
            a = start(scope)
            if a is None or a.__class__ is Unknown:
                return a
            return add_months(date.fromisoformat(a[:10]), months).isoformat()

        return value

    def emit(self, program: Program) -> Kind:
        program.emit_like(self.start, MOMENT)
        program.op(op.DATE_AFTER, self.n, op.UNITS.index(self.unit), int(self.roll))
        return MOMENT

    def children(self) -> Sequence[Expression]:
        return (self.start,)

    def phrase(self) -> str:
        return f"{self.start.phrase()}之后{self.n}{Unit(self.unit).zh}"
