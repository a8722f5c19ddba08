"""``wait``: something is forbidden until a period has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from plumbline.law import Reckoning, reckon, used
from plumbline.vocabulary import Event

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown
from .clock import Clock
from .outcome import (
    BREACHED,
    MET,
    PENDING,
    UNKNOWN,
    Evaluated,
    Form,
    Moment,
    Outcome,
    later_than,
    moment_of,
)

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Wait(Form):
    """``forbidden`` before the end of the period, ``unless`` a condition holds (``it`` is the forbidden event).

    ``start`` gives another first day than the subject's (then None means that there was nothing to wait from:
    breached). Where ``forbidden`` is None the subject itself is the act that had to wait. ``last_day_free`` lets the act come
    on the last day itself (service by announcement takes effect on it).
    """

    clock: Clock
    forbidden: Selection | None
    unless: Expression | None = None
    start: Expression | None = None
    act_on: Expression | None = None
    also: Expression | None = None
    last_day_free: bool = False

    def compile(self) -> Evaluated:
        find = self.forbidden.compile() if self.forbidden is not None else None
        unless = self.unless.compile() if self.unless is not None else None
        start = self.start.compile() if self.start is not None else None
        act_on = self.act_on.compile() if self.act_on is not None else None
        also = self.also.compile() if self.also is not None else None
        limit, last_day_free = self.clock.limit(), self.last_day_free

        def evaluate(scope: Scope) -> Outcome:
            begin: Moment = moment_of(scope.subject)
            if start is not None:
                given = start(scope)
                if given.__class__ is Unknown:
                    return Outcome(UNKNOWN, missing=given.paths, limit=limit.n, unit=limit.unit.value)
                if given is None:
                    return Outcome(BREACHED, limit=limit.n, unit=limit.unit.value)
                begin = date.fromisoformat(given[:10])
            found = reckon(begin, limit, calendar=scope.calendar)
            outcome = Outcome(
                PENDING,
                due=found.due,
                limit=found.limit,
                unit=found.unit.value,
                flags=found.flags,
                reckoning=found,
            )
            act: Moment | None
            if find is None:
                act = moment_of(scope.subject)
            else:
                matching, unknown = find(scope)
                if unknown is not None and not (matching and _too_early(matching[0], found)):
                    # What may be the forbidden act may have come too early.
                    outcome.verdict, outcome.missing = UNKNOWN, unknown.paths
                    return outcome
                act = None
                if matching:
                    forbidden = matching[0]
                    outcome.events.append(forbidden)
                    act = moment_of(forbidden)
                    scope.it = forbidden
                    if act_on is not None and isinstance(given_on := act_on(scope), str):
                        act = date.fromisoformat(given_on[:10])
            outcome.stop = act
            outcome.used = used(found, act if act is not None else scope.as_of, scope.calendar)
            _compare(outcome, found, act, scope)
            if last_day_free and outcome.verdict == BREACHED and act is not None and _on(act) == found.due:
                outcome.verdict = MET
            if outcome.verdict == BREACHED and act is not None and unless is not None:
                excuse = unless(scope)
                if excuse is True:
                    outcome.verdict = MET
                elif excuse.__class__ is Unknown:
                    outcome.verdict, outcome.missing = UNKNOWN, excuse.paths
            scope.it = None
            if also is not None and outcome.verdict in {MET, PENDING}:
                condition = also(scope)
                if condition is False:
                    outcome.verdict = BREACHED
                elif condition.__class__ is Unknown and outcome.verdict == MET:
                    outcome.verdict, outcome.missing = UNKNOWN, condition.paths
            return outcome

        return evaluate

    def emit(self, program: Program) -> None:
        clock = self.clock.operands()
        begin = act = None
        if self.start is not None:
            program.emit_like(self.start, MOMENT)
            begin = program.op(op.BEGIN_ON, 0, *clock[:2], op.START_OF_WAIT)
        program.op(op.RECKON, *clock)
        if self.forbidden is None:
            program.op(op.WAIT_ACT, 1)
            around = program.where()
        else:
            program.search(self.forbidden)
            act = program.op(op.WAIT_ACT)
            around = program.candidates(self.forbidden.activities)
        with around:
            if self.act_on is not None and act is not None:
                program.emit_like(self.act_on, MOMENT)
                program.op(op.WAIT_ACT_ON)
            if act is not None:
                program.land(act, 3)
            compared = program.op(op.WAIT_COMPARE, int(self.last_day_free))
            if self.unless is not None:
                program.condition(self.unless)
                program.op(op.EXCUSED)
            program.land(compared, 2)
        if self.also is not None:
            program.condition(self.also)
            program.op(op.ALSO)
        if act is not None:
            program.land(act, 2)
        if begin is not None:
            program.land(begin, 1)

    def expressions(self) -> Sequence[Expression]:
        return tuple(e for e in (self.unless, self.start, self.act_on, self.also) if e is not None)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        if self.forbidden is not None:
            yield from self.forbidden.reads()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        if self.forbidden is not None:
            yield from self.forbidden.all_activities()

    def phrase(self) -> str:
        what = self.forbidden.phrase().removeprefix("此后") if self.forbidden is not None else "该行为"
        return f"{self.clock.phrase()}届满前不得{what}"


def _on(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _too_early(event: Event, found: Reckoning) -> bool:
    """Whether an act came before the earliest end of the wait: then what else may have come does not matter."""
    earliest = found.due or found.earliest_due
    return earliest is not None and later_than(moment_of(event), earliest) is False


def _compare(outcome: Outcome, found: Reckoning, act: Moment | None, scope: Scope) -> None:
    if found.latest_due is not None and later_than(act or scope.as_of, found.latest_due) is True:
        outcome.verdict = MET  # the wait runs from some hour of a day, and is over whichever it was
    elif found.due is None:
        # Only an act that comes before every possible end of the wait can be judged.
        early = found.earliest_due is not None and later_than(act or scope.as_of, found.earliest_due) is False
        outcome.verdict = (BREACHED if act is not None else PENDING) if early else UNKNOWN
        needed = "registers.holidays" if found.latest_due is None else "@occurred_at"
        outcome.missing = () if early else (needed,)
    elif act is not None:
        after = later_than(act, found.due)
        outcome.verdict = UNKNOWN if after is None else MET if after else BREACHED
        outcome.missing = ("@occurred_at",) if after is None else ()
    else:
        outcome.verdict = MET if later_than(scope.as_of, found.due) else PENDING
