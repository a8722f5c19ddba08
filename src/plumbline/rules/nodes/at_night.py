"""Whether the subject happened at night, by the hours that the register ``settings`` gives to the word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program

#: What the contract puts in the place of hours not stated.
NIGHT = {"night_from": "22:00", "night_to": "06:00"}


@dataclass(frozen=True)
class AtNight(Expression):
    """From ``night_from`` on and before ``night_to``, local time; a bare date leaves the hour unknown."""

    def compile(self) -> Value:
        def value(scope: Scope) -> Any:
            at = scope.subject.at
            if at is None:
                return Unknown("@occurred_at")
            hours = []
            for name, usual in NIGHT.items():
                try:
                    stated = time.fromisoformat(scope.registers.settings.get(name, usual))
                    hours.append(stated.replace(tzinfo=None))
                except ValueError:
                    return Unknown(f"registers.settings.{name}")
            begins, ends = hours
            now = at.time()
            return begins <= now < ends if begins <= ends else now >= begins or now < ends

        return value

    def emit(self, program: Program) -> Kind:
        hours = []
        for name, usual in NIGHT.items():
            try:
                given = time.fromisoformat(program.registers.settings.get(name, usual))
            except ValueError:
                program.op(op.CONST, op.UNKNOWN)
                return BOOL
            seconds = (given.hour * 60 + given.minute) * 60 + given.second
            hours.append(seconds * 1_000_000 + given.microsecond)
        program.op(op.AT_NIGHT, *hours)
        return BOOL

    def reads(self) -> Iterator[str]:
        yield "@occurred_at"
        yield from (f"registers.settings.{name}" for name in NIGHT)

    def phrase(self) -> str:
        return "发生在夜间"
