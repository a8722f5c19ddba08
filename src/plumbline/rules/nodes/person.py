"""The number of the person who took part in a role; unknown when nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..bulk import opcodes as op
from ..bulk.kinds import CODE, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import value_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Person(Expression):
    role: str

    def compile(self) -> Value:
        role = self.role

        def value(scope: Scope) -> Any:
            for actor in scope.subject.actors or ():
                if actor.role == role:
                    return actor.id
            return Unknown("@actors")

        return value

    def emit(self, program: Program) -> Kind:
        program.op(op.PERSON, program.dictionary.number(self.role))
        return CODE

    def reads(self) -> Iterator[str]:
        yield "@actors"

    def phrase(self) -> str:
        return value_zh(self.role)
