"""Whether something begun and not ended is open in a linked matter on the subject's day (a running lawsuit).

Unknown when no such link is stated, or when the linked matter is not within reach of this evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import activity_zh, value_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class OpenInLinked(Expression):
    """``begun`` without a later ``ended`` of the same ``key``, in a matter linked by ``rel``."""

    rel: str
    begun: str
    ended: str
    key: str

    def compile(self) -> Value:
        def value(scope: Scope) -> Any:
            links = scope.subject.links
            wanted = [link.matter for link in links or () if link.rel == self.rel]
            if not wanted:
                return Unknown("@links")
            day = scope.subject.on
            for matter_id in wanted:
                events = scope.others(matter_id)
                if (
                    not events
                ):  # not within reach, or nothing of it was ever sent: what runs there is not known
                    return Unknown("@links")
                running: dict[Any, int] = {}
                for event in events:
                    if event.on <= day and event.activity in {self.begun, self.ended}:
                        step = 1 if event.activity == self.begun else -1
                        route = event.data.get(self.key)
                        running[route] = max(0, running.get(route, 0) + step)
                if any(running.values()):
                    return True
            return False

        return value

    def emit(self, program: Program) -> Kind:
        # It looks into another matter: the answer is worked out beforehand and joined to the subject.
        program.op(op.JOINED, program.join(self))
        return BOOL

    def reads(self) -> Iterator[str]:
        yield "@links"
        yield f"{self.begun}.{self.key}"
        yield f"{self.ended}.{self.key}"

    def phrase(self) -> str:
        return f"{value_zh(self.rel)}的事项中有尚未终结的{activity_zh(self.begun)}"
