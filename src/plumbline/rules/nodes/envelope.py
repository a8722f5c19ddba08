"""Envelope facts of the subject or the candidate: agency, kind, local date, instant, links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import CODE, MOMENT, Kind
from ..expression import Expression, Value

if TYPE_CHECKING:
    from ..bulk.program import Program

_ZH = {
    "agency": "机关",
    "kind": "事项类别",
    "on": "日期",
    "at": "时刻",
    "as_of": "截至日",
    "id": "事件号",
    "activity": "活动",
}


@dataclass(frozen=True)
class Envelope(Expression):
    """``what`` is agency, kind, activity, id, on (local date as ISO text) or as_of (likewise); ``of`` is subject or it."""

    what: str
    of: str = "subject"

    def compile(self) -> Value:
        what, of = self.what, self.of
        if what == "as_of":
            return lambda scope: scope.today.isoformat()
        if what == "on":
            if of == "subject":
                return lambda scope: scope.subject.occurred_at[:10]
            return lambda scope: scope.it.occurred_at[:10]

        return attrgetter(f"{of}.{what}")

    def compile_then(self, test: Callable[[Any], Any]) -> Value:
        if self.what in {"as_of", "on"} or self.of != "subject":
            return super().compile_then(test)
        fact = attrgetter(self.what)
        return lambda scope: test(fact(scope.subject))

    def emit(self, program: Program) -> Kind:
        of_it = int(self.of == "it")
        if self.what == "as_of":
            program.op(op.AS_OF)
            return MOMENT
        if self.what == "on":
            program.op(op.DAY, of_it)
            return MOMENT
        if self.what == "kind":
            program.op(op.MATTER_KIND)
        elif self.what == "activity":
            program.op(op.ACTIVITY, of_it)
        else:
            program.needs_ids |= self.what == "id"
            program.op(op.ENVELOPE, {"agency": op.E_AGENCY, "id": op.E_ID}[self.what], of_it)
        return CODE

    def reads(self) -> Iterator[str]:
        if self.what != "as_of":
            yield f"@{self.what}"

    def phrase(self) -> str:
        return "本事件" if self.what == "id" and self.of == "subject" else _ZH[self.what]
