"""What stops a period, and how what happened is compared with its last moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from plumbline.law import Reckoning, used
from plumbline.vocabulary import MISSING, Event

from ..bulk import opcodes as op
from ..bulk.kinds import INT, MOMENT
from ..scope import Scope, Unknown
from .clock import (
    Stop,
)
from .outcome import (
    BREACHED,
    MET,
    PENDING,
    UNKNOWN,
    Moment,
    Outcome,
    later_than,
    moment_of,
)

if TYPE_CHECKING:
    from ..bulk.program import Program


def read_by(stop: Stop) -> Iterator[str]:
    """What a stop reads of the events that may reach it."""
    yield from stop.selection.reads()
    fields = [path.removeprefix("it.") for path in stop.on.reads()] if stop.on is not None else []
    for name in stop.selection.activities:
        yield from (f"{name}.{field}" for field in (*fields, stop.sum_of) if field)


Stopper = Callable[[Scope, "list[Event]"], "tuple[tuple[Moment, Event] | None, Unknown | None, str]"]


def compile_stop(stop: Stop) -> Stopper:
    """The earliest moment at which a stop is reached, with its event, what is unknown, and its flag."""
    find = stop.selection.compile()
    on = stop.on.compile() if stop.on is not None else None
    reaching = stop.reaching.compile() if stop.reaching is not None else None

    def reached(scope: Scope, events: list[Event]) -> tuple[tuple[Moment, Event] | None, Unknown | None, str]:
        matching, unknown = find(scope)
        if reaching is not None:
            target = reaching(scope)
            if target.__class__ is Unknown:
                return None, target, ""
            total = 0
            for event in matching:
                amount = event.data.get(stop.sum_of, MISSING)
                if amount is MISSING:
                    # It may have been enough; what is stated may be enough without it.
                    open_amount = Unknown(f"{event.activity}.{stop.sum_of}")
                    unknown = open_amount if unknown is None else unknown.joined(open_amount)
                    continue
                total += amount
                if total >= target:
                    return (moment_of(event), event), unknown, stop.flag
            return None, unknown, ""
        if on is None:
            return ((moment_of(matching[0]), matching[0]) if matching else None), unknown, stop.flag
        best: tuple[Moment, Event] | None = None
        outer = scope.it
        for event in matching:
            scope.it = event
            given = on(scope)
            if given.__class__ is Unknown:
                unknown = given if unknown is None else unknown.joined(given)
                continue
            if given is None:
                continue
            day = date.fromisoformat(given[:10])
            if best is None or day < best[0]:
                best = (day, event)
        scope.it = outer
        return best, unknown, stop.flag

    return reached


def emit_stop(program: Program, stop: Stop) -> None:
    """The instructions of a stop, after those of the count it stops."""
    flag = 1 << op.FLAGS.index(stop.flag) if stop.flag else 0
    if stop.reaching is not None:
        program.emit_like(stop.reaching, INT)
        program.op(op.STOP_BEGIN)
        amount, _ = program.path(stop.sum_of, stop.selection.activities)
        program.search(stop.selection, then=lambda: program.op(op.STOP_SUM, amount))
        program.op(op.STOP_SUM_END, flag)
    elif stop.on is not None:
        on = stop.on

        def dated() -> None:
            program.emit_like(on, MOMENT)
            program.op(op.STOP_ON)

        program.search(stop.selection, then=dated)
        program.op(op.STOP_ON_END, flag)
    elif stop.selection.where is None and not stop.selection.same:
        program.op(op.STOP_PLAIN, program.selection(stop.selection), flag)
    else:
        program.search(stop.selection)
        program.op(op.STOP_FIRST, flag)


def against(found: Reckoning, stops: Sequence[Stopper], scope: Scope, events: list[Event]) -> Outcome:
    """Compare what happened, or the present moment, with the due moment of a count."""
    best: tuple[Moment, Event] | None = None
    flag = ""
    unknown: Unknown | None = None
    for stop in stops:
        hit, open_question, its_flag = stop(scope, events)
        if open_question is not None:
            unknown = open_question if unknown is None else unknown.joined(open_question)
        if hit is not None and (best is None or _earlier(hit[0], best[0])):
            best, flag = hit, its_flag
    outcome = Outcome(
        UNKNOWN, limit=found.limit, unit=found.unit.value, due=found.due, events=events, reckoning=found
    )
    now: Moment = scope.as_of
    if best is not None:
        outcome.stop = best[0]
        outcome.events.append(best[1])
        outcome.flags = (flag,) if flag else ()
    outcome.used = used(found, best[0] if best is not None else now, scope.calendar)
    if found.due is None:
        _without_due(outcome, found, best, scope)
    elif best is not None:
        late = later_than(best[0], found.due)
        if late is None:
            outcome.missing = ("@occurred_at",)
        elif not late:
            outcome.verdict = MET
            if best[1].recorded.astimezone(scope.as_of.tzinfo).date() > _day(found.due):
                outcome.flags += ("recorded_after_due",)
        elif unknown is not None:
            outcome.missing = unknown.paths
        else:
            outcome.verdict = BREACHED
    elif unknown is not None and later_than(now, found.due):
        outcome.missing = unknown.paths
    else:
        outcome.verdict = BREACHED if later_than(now, found.due) else PENDING
    return outcome


def _without_due(outcome: Outcome, found: Reckoning, best: tuple[Moment, Event] | None, scope: Scope) -> None:
    """The clock stands still, runs from an unknown hour, or runs beyond the calendar."""
    if found.stands_still:
        outcome.verdict = MET if best is not None else PENDING
        return
    earliest = found.earliest_due
    reached = best[0] if best is not None else scope.as_of
    if found.latest_due is not None and earliest is not None:
        _within_a_window(outcome, earliest, found.latest_due, reached)
        return
    if earliest is not None and later_than(reached, earliest) is False:
        outcome.verdict = MET if best is not None else PENDING
    else:
        outcome.missing = ("registers.holidays",)


def _within_a_window(outcome: Outcome, earliest: Moment, latest: datetime, reached: Moment) -> None:
    """Hours from a bare date: the answer counts only if every instant of that day gives the same one."""
    if later_than(reached, earliest) is False:
        outcome.verdict = MET if outcome.stop is not None else PENDING
    elif later_than(reached, latest) is True:
        outcome.verdict = BREACHED
    else:
        outcome.missing = ("@occurred_at",)


def _earlier(one: Moment, other: Moment) -> bool:
    """Whether a moment comes before another, by the clock where both have an hour, else by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return _day(one) < _day(other)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def wanted_of(stops: Sequence[Stop]) -> str:
    """What has to happen, in words; several readings of one event are said once."""
    return "，或者".join(dict.fromkeys(stop.selection.phrase().removeprefix("此后") for stop in stops))
