"""Whether something earlier happened to the same party for the same violation, in this matter or in any other.

Each candidate is asked in its own matter, where ``field`` reads it, so that the condition can tell what became of it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import Event, Matter

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from .attribute import Attribute

if TYPE_CHECKING:
    from ..bulk.program import Program

#: What makes two matters the same affair; the number of a violation is the same in every agency.
SAME_AFFAIR = ("party.id", "violation.act")


@dataclass(frozen=True)
class EarlierInAnyMatter(Expression):
    """An earlier event of the subject's own activity that meets ``condition``.

    Unknown where party or violation is not stated, and where other matters are out of reach and this one does not answer.
    """

    condition: Expression

    def compile(self) -> Value:
        attributes = [Attribute(path).compile() for path in SAME_AFFAIR]
        condition = self.condition.compile()

        def value(scope: Scope) -> Any:
            wanted = [read(scope) for read in attributes]
            lacking = [each for each in wanted if each.__class__ is Unknown]
            if lacking:
                return lacking[0].joined(lacking[-1])
            unknown: Unknown | None = None
            for matter in _matters(scope, *wanted):
                there = scope.of_matter(matter)
                for candidate in matter.by_activity.get(scope.subject.activity, ()):
                    if not _earlier(candidate, scope):
                        continue
                    there.subject = candidate
                    answer = _same(attributes, wanted, there)
                    if answer is True:
                        answer = condition(there)
                    if answer is True:
                        scope.touched.append(candidate)
                        return True
                    if answer.__class__ is Unknown:
                        unknown = answer if unknown is None else unknown.joined(answer)
            if scope.affair(*wanted) is None:
                out_of_reach = Unknown("@links")
                unknown = out_of_reach if unknown is None else unknown.joined(out_of_reach)
            return False if unknown is None else unknown

        return value

    def emit(self, program: Program) -> Kind:
        # It looks into other matters: the answer is worked out beforehand and joined to the subject.
        program.op(op.JOINED, program.join(self))
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.condition,)

    def reads(self) -> Iterator[str]:
        yield from (f"case.{path}" for path in SAME_AFFAIR)
        yield from self.condition.reads()

    def phrase(self) -> str:
        return f"此前已对同一当事人的同一违法行为作出，且{self.condition.phrase()}"


def _matters(scope: Scope, party: str, act: str) -> Iterator[Matter]:
    """This matter, then the others about the same affair, as far as they are within reach."""
    yield scope.matter
    for name in scope.affair(party, act) or ():
        events = scope.others(name) if name != scope.matter.id else None
        if events:
            yield Matter.of(events, scope.as_of)


def _same(attributes: Sequence[Value], wanted: Sequence[Any], there: Scope) -> Any:
    """Whether the candidate has the subject's party and violation; unknown where one is not stated there."""
    found = [read(there) for read in attributes]
    if any(a.__class__ is not Unknown and a != b for a, b in zip(found, wanted, strict=True)):
        return False
    return next((each for each in found if each.__class__ is Unknown), True)


def _earlier(candidate: Event, scope: Scope) -> bool:
    """Whether a candidate comes before the subject: in its matter by that order, across matters by time and then by line."""
    subject = scope.subject
    if candidate.matter == subject.matter:
        return scope.matter.position(candidate) < scope.matter.position(subject)
    if candidate.on != subject.on:
        return candidate.on < subject.on
    if candidate.at is not None and subject.at is not None and candidate.at != subject.at:
        return candidate.at < subject.at
    return candidate.order < subject.order
