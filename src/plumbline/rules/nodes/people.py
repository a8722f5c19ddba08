"""How many different people took part in a role, of those who meet a condition on ``it`` (``it.id`` is the number).

Unknown when the event names nobody in that role: who was there is then not stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import Event

from ..bulk import opcodes as op
from ..bulk.kinds import INT, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import value_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class People(Expression):
    role: str
    where: Expression | None = None
    of: str = "subject"

    def compile(self) -> Value:
        role, of = self.role, self.of
        where = self.where.compile() if self.where is not None else None

        def value(scope: Scope) -> Any:
            event: Event = scope.subject if of == "subject" else scope.it
            numbers = {a.id: a for a in event.actors or () if a.role == role}
            if not numbers:
                return Unknown("@actors")
            if where is None:
                return len(numbers)
            sure, unknown = 0, None
            outer = scope.it
            for actor in numbers.values():
                scope.it = actor
                answer = where(scope)
                if answer is True:
                    sure += 1
                elif answer.__class__ is Unknown:
                    unknown = answer if unknown is None else unknown.joined(answer)
            scope.it = outer
            return sure if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        role, of_it = program.dictionary.number(self.role), int(self.of == "it")
        if self.where is None:
            program.op(op.COUNT_PEOPLE, role, of_it)
            return INT
        loop = program.op(op.LOOP_ACTORS, role, of_it)
        body = program.here()
        with program.where(it="actor"):
            program.condition(self.where)
        match = program.op(op.MATCH)
        program.land(match, 1)
        program.op(op.NEXT, body)
        program.land(loop, 3)
        program.op(op.END_PEOPLE)
        return INT

    def reads(self) -> Iterator[str]:
        yield "@actors"
        if self.where is not None:
            yield from (path for path in self.where.reads() if not path.startswith("it."))

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        if self.where is not None:
            yield from self.where.activities()

    def phrase(self) -> str:
        condition = "（证件当日有效）" if self.where is not None else ""
        return f"{value_zh(self.role)}{condition}人数"
