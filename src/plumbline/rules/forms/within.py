"""``within``: something has to happen on or before a due date that is counted, fixed, or a right's last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from plumbline.law import reckon
from plumbline.law.periods import EXTENSION_IGNORED, SUSPENSION_IGNORED
from plumbline.vocabulary import Event

from ..bulk import opcodes as op
from ..bulk.kinds import MOMENT
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown
from .clock import (
    Clock,
    Excluding,
    Exclusion,
    Extending,
    ExtensionStep,
    Replacement,
    Stop,
)
from .clock_columns import emit_exclusions, emit_extensions, emit_suspensions_left
from .outcome import (
    BREACHED,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNKNOWN,
    Evaluated,
    Form,
    Moment,
    Outcome,
    later_than,
    moment_of,
)
from .stops import against, compile_stop, emit_stop, read_by, wanted_of

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Within(Form):
    """``start`` is an expression giving an ISO date; left out, the subject's own time.

    ``ended_by`` are events that end the duty itself when they come on or before the due date (a decision revoked).
    """

    clock: Clock
    stops: tuple[Stop, ...]
    start: Expression | None = None
    excludes: tuple[Exclusion, ...] = ()
    extensions: tuple[ExtensionStep, ...] = ()
    extended_by: str = "extension_approved"
    extension_clock: str = ""
    extension_same: tuple[str, ...] = ()
    replaced_by: tuple[Replacement, ...] = ()
    unless_same_day: Expression | None = None
    also: Expression | None = None
    ended_by: Selection | None = None

    def compile(self) -> Evaluated:
        stops = [compile_stop(stop) for stop in self.stops]
        start = self.start.compile() if self.start is not None else None
        limit = self.clock.limit()
        excluding = Excluding(self.excludes)
        extending = Extending(self.extended_by, self.extensions, self.extension_clock, self.extension_same)
        replacing = [(r.selection.compile(), r.until) for r in self.replaced_by]
        same_day = self.unless_same_day.compile() if self.unless_same_day is not None else None
        also = self.also.compile() if self.also is not None else None
        ending = self.ended_by.compile() if self.ended_by is not None else None
        plain = not self.excludes and not self.extensions
        looks_at_suspensions = bool(self.extension_clock == "decision" or self.excludes)

        def evaluate(scope: Scope) -> Outcome:
            outcome, doubt = reading(scope, doubtful_count=False)
            if doubt is None or reading(scope, doubtful_count=True)[0].verdict == outcome.verdict:
                return outcome
            return Outcome(UNKNOWN, missing=doubt.paths, limit=limit.n, unit=limit.unit.value)

        def reading(scope: Scope, *, doubtful_count: bool) -> tuple[Outcome, Unknown | None]:
            """The outcome, and what is not stated about an extension or an excluded interval that may count."""
            begin: Moment = moment_of(scope.subject)
            doubt: Unknown | None = None
            if start is not None:
                given = start(scope)
                if given.__class__ is Unknown:
                    missing = Outcome(UNKNOWN, missing=given.paths, limit=limit.n, unit=limit.unit.value)
                    return missing, None
                if given is None:
                    return Outcome(NOT_APPLICABLE), None
                begin = date.fromisoformat(given[:10])
            events: list[Event] = []
            flags: list[str] = []
            if plain:
                found = reckon(begin, limit, calendar=scope.calendar)
                if looks_at_suspensions and excluding.find(scope)[2]:
                    flags.append(SUSPENSION_IGNORED)
                if self.extension_clock and scope.matter.by_activity.get(self.extended_by):
                    grants = scope.matter.by_activity[self.extended_by]
                    if any(g.data.get("clock") == self.extension_clock for g in grants):
                        flags.append(EXTENSION_IGNORED)
            else:
                intervals, behind, suspension_ignored, doubt = excluding.find(
                    scope, doubtful_count=doubtful_count
                )
                grants_found, granted, extension_ignored, doubtful = extending.find(
                    scope, doubtful_count=doubtful_count
                )
                if doubtful is not None:
                    doubt = doubtful if doubt is None else doubt.joined(doubtful)
                found = reckon(
                    begin, limit, excluded=intervals, extensions=grants_found, calendar=scope.calendar
                )
                events += [*behind, *granted]
                flags += [SUSPENSION_IGNORED] if suspension_ignored and looks_at_suspensions else []
                flags += [EXTENSION_IGNORED] if extension_ignored else []
            if same_day is not None and same_day(scope) is True:
                day = begin.date() if isinstance(begin, datetime) else begin
                found = found.set_to(day)
            for find, until in replacing:
                for grant in find(scope)[0]:
                    if found.due is not None and later_than(grant.on, found.due) is False:
                        day = date.fromisoformat(grant.data[until])
                        found = found.set_to(day)
                        events.append(grant)
            if ending is not None and found.due is not None:
                over = [e for e in ending(scope)[0] if later_than(e.on, found.due) is False]
                if over:
                    return Outcome(NOT_APPLICABLE, events=over), doubt
            outcome = against(found, stops, scope, events)
            outcome.flags = tuple(dict.fromkeys((*found.flags, *flags, *outcome.flags)))
            if also is not None and outcome.verdict in {MET, PENDING, UNKNOWN}:
                condition = also(scope)
                if condition is False:
                    # One failed condition is enough, whatever else is not known.
                    outcome.verdict, outcome.missing = BREACHED, ()
                elif condition.__class__ is Unknown and outcome.verdict == MET:
                    outcome.verdict, outcome.missing = UNKNOWN, condition.paths
            return outcome, doubt

        return evaluate

    def emit(self, program: Program) -> None:
        self._emit_reading(program)
        if self._may_be_doubtful():
            again = program.op(op.DOUBT_AGAIN)
            self._emit_reading(program)
            program.op(op.DOUBT_END, *self.clock.operands()[:2])
            program.land(again, 1)

    def _may_be_doubtful(self) -> bool:
        return any(each.condition is not None for each in self.excludes) or any(
            step.where is not None for step in self.extensions
        )

    def _emit_reading(self, program: Program) -> None:
        clock = self.clock.operands()
        begin, over = None, []
        if self.start is not None:
            program.emit_like(self.start, MOMENT)
            begin = program.op(op.BEGIN_ON, 0, *clock[:2], op.START_OF_DUTY)
        if self.unless_same_day is not None:
            # Asked before the count, which a verdict in it would overwrite; its answer waits on the stack.
            program.condition(self.unless_same_day)
        looks_at_suspensions = bool(self.extension_clock == "decision" or self.excludes)
        if self.excludes or self.extensions:
            emit_exclusions(program, self.excludes)
            if looks_at_suspensions:
                emit_suspensions_left(program)
            emit_extensions(
                program, self.extended_by, self.extensions, self.extension_clock, self.extension_same
            )
            program.op(op.RECKON, *clock)
        else:
            program.op(op.RECKON, *clock)
            if looks_at_suspensions:
                emit_suspensions_left(program)
            if self.extension_clock:
                path, kind = program.path("clock", (self.extended_by,))
                wanted, _ = program.encoded(self.extension_clock, kind)
                program.op(op.GRANTS_IGNORED, program.activities[self.extended_by], path, wanted)
        with program.running_clock():
            if self.unless_same_day is not None:
                program.op(op.SAME_DAY_DUE)
            for each in self.replaced_by:
                until, _ = program.path(each.until, each.selection.activities)
                program.search(each.selection, then=partial(program.op, op.REPLACE, until))
                program.op(op.CLOSE)
            if self.ended_by is not None:
                program.search(self.ended_by, then=lambda: over.append(program.op(op.OVER)))
                program.op(op.CLOSE)
            for stop in self.stops:
                emit_stop(program, stop)
        program.op(op.AGAINST, 1)
        if self.also is not None:
            program.condition(self.also)
            program.op(op.ALSO, 1)
        for each_over in over:
            program.land(each_over, 1)
        if begin is not None:
            program.land(begin, 1)

    def expressions(self) -> Sequence[Expression]:
        parts = [self.start, self.unless_same_day, self.also]
        parts += [stop.on for stop in self.stops] + [stop.reaching for stop in self.stops]
        return tuple(part for part in parts if part is not None)

    def reads(self) -> Iterator[str]:
        yield from super().reads()
        for stop in self.stops:
            yield from read_by(stop)
        for replacement in self.replaced_by:
            yield from replacement.selection.reads()
            yield from (f"{name}.{replacement.until}" for name in replacement.selection.activities)
        if self.ended_by is not None:
            yield from self.ended_by.reads()
        yield from Excluding(self.excludes).reads()
        yield from Extending(self.extended_by, self.extensions).reads()
        yield from self.activities()

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        for stop in self.stops:
            yield from stop.selection.all_activities()
        if self.excludes or self.extension_clock == "decision":
            yield from Excluding(self.excludes).activities()
        if self.extensions or self.extension_clock:
            yield self.extended_by
            yield from Extending(self.extended_by, self.extensions).activities()
        for replacement in self.replaced_by:
            yield from replacement.selection.all_activities()
        if self.ended_by is not None:
            yield from self.ended_by.all_activities()

    def phrase(self) -> str:
        wanted = wanted_of(self.stops)
        return f"{self.clock.phrase()}内应有{wanted}"

    def with_clock(self, n: int, unit: str, **changes: Any) -> Within:
        """The same duty under another text: another number, other extensions and exclusions."""
        return replace(self, clock=Clock(n, unit, self.clock.roll), **changes)
