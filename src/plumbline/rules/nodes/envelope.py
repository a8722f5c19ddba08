"""Envelope facts of the subject or the candidate: agency, kind, local date, instant, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope

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

        def read(scope: Scope) -> Any:
            return getattr(scope.subject if of == "subject" else scope.it, what)

        return read

    def reads(self) -> Iterator[str]:
        if self.what != "as_of":
            yield f"@{self.what}"

    def phrase(self) -> str:
        return _ZH[self.what]
