"""What the day of the subject is: working day, weekend, holiday, day off or working weekend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.law.calendar import OutsideCalendar

from ..bulk import opcodes as op
from ..bulk.kinds import CODE, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class KindOfDay(Expression):
    """One of the calendar's kinds (``holiday`` is a 节日 of 全国年节及纪念日放假办法, ``rest`` another day off)."""

    def compile(self) -> Value:
        not_stated = Unknown("registers.holidays")

        def value(scope: Scope) -> Any:
            if scope.calendar is None:
                return not_stated
            try:
                return scope.calendar.kind(scope.subject.on).value
            except OutsideCalendar:
                return not_stated

        return value

    def emit(self, program: Program) -> Kind:
        program.asks_for_day_kinds = True
        program.op(op.KIND_OF_DAY)
        return CODE

    def reads(self) -> Iterator[str]:
        yield "registers.holidays"

    def phrase(self) -> str:
        return "当日"
