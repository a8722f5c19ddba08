"""The parts of a clock: its number and unit, what stops it, what is excluded, what extends or replaces it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plumbline.law import Extension, Interval, Limit, Unit
from plumbline.vocabulary import Event, load_vocabulary

from ..bulk import opcodes as op
from ..bulk.kinds import NotInColumns
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    from ..bulk.program import Program


class ContradictoryHistory(Exception):
    """Events that cannot both be right; the message says in Chinese which, and that they have to be corrected."""


@dataclass(frozen=True)
class Clock:
    """``n`` of ``unit`` (wd, cd, h, m, y)."""

    n: int
    unit: str
    roll: bool = True

    def limit(self) -> Limit:
        return Limit(self.n, Unit(self.unit), self.roll)

    def operands(self) -> tuple[int, int, int]:
        """Number, unit and whether the last day moves on, as the array kernel takes them."""
        return self.n, op.UNITS.index(self.unit), int(self.roll)

    def phrase(self) -> str:
        return f"{self.n}{Unit(self.unit).zh}"


@dataclass(frozen=True)
class Stop:
    """What fulfils the duty: the first matching event, at its own time or at the date that ``on`` reads from it.

    With ``sum_of``/``reaching`` it is the event that brings the running sum of a field to an amount.
    """

    selection: Selection
    on: Expression | None = None
    flag: str = ""
    sum_of: str = ""
    reaching: Expression | None = None


@dataclass(frozen=True)
class ExtensionStep:
    """One permitted extension, in order: by whom (a group of the contract; "" asks nobody's role), at most how long
    (None: as granted), and what the grant itself has to satisfy (``it`` is the grant)."""

    by: str
    days: int | None
    where: Expression | None = None


@dataclass(frozen=True)
class Exclusion:
    """A kind of excluded time of the contract's ``intervals``, with the test kinds where it is ``test``.

    ``condition`` is what a test itself has to satisfy (``it`` is its start).
    """

    name: str
    kinds: tuple[str, ...] = ()
    condition: Expression | None = None


@dataclass(frozen=True)
class Replacement:
    """An event that, approved in time, puts another due date in the place of the one counted (deferral)."""

    selection: Selection
    until: str


@dataclass(frozen=True)
class Excluding:
    """Finds the excluded intervals of a matter, after the rules of the contract's ``intervals`` section."""

    exclusions: tuple[Exclusion, ...] = field(default=())

    def find(
        self, scope: Scope, *, doubtful_count: bool = False
    ) -> tuple[list[Interval], list[Event], bool, Unknown | None]:
        """Intervals, the events behind them, whether some recorded suspension is not deductible here, and what is not
        stated about one that may be; ``doubtful_count`` takes such a one off."""
        intervals: list[Interval] = []
        behind: list[Event] = []
        doubt: Unknown | None = None
        doubtful: set[str] = set()
        for exclusion in self.exclusions:
            for start, end, name in _FINDERS[exclusion.name](scope, exclusion):
                counts = _satisfies(exclusion.condition, start, scope)
                if counts.__class__ is Unknown:
                    doubt = counts if doubt is None else doubt.joined(counts)
                    doubtful.add(start.id)
                if counts is True or (counts is not False and doubtful_count):
                    behind.append(start)
                    intervals.append(Interval(start.on, end, name))
        by = scope.matter.by_activity
        taken = doubtful.union(event.id for event in behind)
        ignored = any(event.id not in taken for name in SUSPENDING for event in by.get(name, ()))
        return intervals, behind, ignored, doubt

    def reads(self) -> Iterator[str]:
        for exclusion in self.exclusions:
            for path in exclusion.condition.reads() if exclusion.condition is not None else ():
                head, _, rest = path.partition(".")
                yield f"test_started.{rest}" if head == "it" else path

    def activities(self) -> Iterator[str]:
        """What may be deducted, and what is flagged where it may not."""
        yield from SUSPENDING
        for exclusion in self.exclusions:
            yield from _ACTIVITIES[exclusion.name]
            if exclusion.condition is not None:
                yield from exclusion.condition.activities()


SUSPENDING = ("investigation_suspended", "test_started")
Pair = tuple[Event, "date | None", str]
Finder = Callable[[Scope, Exclusion], Iterator[Pair]]


def _suspensions(scope: Scope, exclusion: Exclusion) -> Iterator[Pair]:
    heads = load_vocabulary().approver_groups["head"]
    for event in scope.matter.by_activity.get("investigation_suspended", ()):
        if event.data.get("approved_by") in heads:
            yield event, _next_on(scope, event, "investigation_resumed"), "中止调查"


def _hearings(scope: Scope, exclusion: Exclusion) -> Iterator[Pair]:
    for event in scope.matter.by_activity.get("hearing_requested", ()):
        ends = [_next_on(scope, event, "hearing_ended")]
        position = scope.matter.position(event)
        ends += [
            waived.on
            for waived in scope.matter.by_activity.get("statement_waived", ())
            if "hearing" in waived.data.get("waives", ()) and scope.matter.position(waived) > position
        ]
        known = [end for end in ends if end is not None]
        yield event, min(known) if known else None, "听证"


def _announcements(scope: Scope, exclusion: Exclusion) -> Iterator[Pair]:
    for event in scope.matter.by_activity.get("announcement_service_started", ()):
        yield event, event.on + timedelta(days=30), "公告送达"


def _tests(scope: Scope, exclusion: Exclusion) -> Iterator[Pair]:
    for event in scope.matter.by_activity.get("test_started", ()):
        if event.data.get("test_kind") not in exclusion.kinds:
            continue
        if _satisfies(exclusion.condition, event, scope) is False:
            continue  # a test of other things may contradict itself here without harm
        ends = [
            end.on
            for end in scope.matter.by_activity.get("test_ended", ())
            if end.data.get("test") == event.data.get("test")
        ]
        ended = min(ends) if ends else None
        if ended is not None and ended < event.on:
            raise ContradictoryHistory(
                f"检验 {event.data.get('test')} 的结束（{ended}）早于开始（{event.on}），请核对后更正"
            )
        yield event, ended, load_vocabulary().label("test_kind", event.data["test_kind"])


def _between(start: str, end: str, name: str, same: str = "") -> Finder:
    def find(scope: Scope, exclusion: Exclusion) -> Iterator[Pair]:
        for event in scope.matter.by_activity.get(start, ()):
            yield event, _next_on(scope, event, end, same), name

    return find


def _next_on(scope: Scope, event: Event, activity: str, same: str = "") -> date | None:
    position = scope.matter.position
    for later in scope.matter.by_activity.get(activity, ()):
        if position(later) > position(event) and (not same or later.data.get(same) == event.data.get(same)):
            return later.on
    return None


_FINDERS: dict[str, Finder] = {
    "investigation_suspension": _suspensions,
    "hearing": _hearings,
    "announcement": _announcements,
    "test": _tests,
    "refund": _between("refund_ordered", "refund_ended", "责令退款"),
    "crime_transfer": _between("transfer_sent", "police_refused", "移送公安"),
    "reconsideration_suspension": _between(
        "reconsideration_suspended", "reconsideration_resumed", "复议中止"
    ),
    "consultation": _between("consultation_started", "consultation_ended", "征求意见"),
    "challenge": _between("challenge_started", "challenge_ended", "复议诉讼", same="route"),
}
_ACTIVITIES: dict[str, tuple[str, ...]] = {
    "investigation_suspension": ("investigation_suspended", "investigation_resumed"),
    "hearing": ("hearing_requested", "hearing_ended", "statement_waived"),
    "announcement": ("announcement_service_started",),
    "test": ("test_started", "test_ended"),
    "refund": ("refund_ordered", "refund_ended"),
    "crime_transfer": ("transfer_sent", "police_refused"),
    "reconsideration_suspension": ("reconsideration_suspended", "reconsideration_resumed"),
    "consultation": ("consultation_started", "consultation_ended"),
    "challenge": ("challenge_started", "challenge_ended"),
}


@dataclass(frozen=True)
class Extending:
    """Finds the extensions that were granted by the role entitled, in the order named, within the cap."""

    activity: str
    steps: tuple[ExtensionStep, ...]
    clock: str = ""
    same: tuple[str, ...] = ()

    def find(
        self, scope: Scope, *, doubtful_count: bool = False
    ) -> tuple[list[Extension], list[Event], bool, Unknown | None]:
        """Valid grants, the events behind them, whether some grant is left out, and what is not stated about a grant
        that may be valid; ``doubtful_count`` takes such a grant for valid."""
        groups = load_vocabulary().approver_groups
        grants = [
            e
            for e in scope.matter.by_activity.get(self.activity, ())
            if (not self.clock or e.data.get("clock") == self.clock)
            and all(e.data.get(name) == scope.subject.data.get(name) for name in self.same)
        ]
        valid: list[Extension] = []
        behind: list[Event] = []
        ignored = False
        doubt: Unknown | None = None
        waiting = list(self.steps)
        for grant in grants:
            days = grant.data["days"]
            # A grant of nothing, or of less than nothing, extends nothing.
            entitled = bool(waiting) and days > 0
            if entitled and waiting[0].by:
                entitled = grant.data.get("approved_by") in groups[waiting[0].by]
            counts: Any = entitled and _satisfies(waiting[0].where, grant, scope)
            if counts.__class__ is Unknown:
                doubt = counts if doubt is None else doubt.joined(counts)
                if not doubtful_count:
                    continue
            elif not counts:
                ignored = True
                continue
            step = waiting.pop(0)
            valid.append(Extension(grant.on, days if step.days is None else min(days, step.days)))
            behind.append(grant)
        return valid, behind, ignored, doubt

    def reads(self) -> Iterator[str]:
        for step in self.steps:
            for path in step.where.reads() if step.where is not None else ():
                head, _, rest = path.partition(".")
                yield f"{self.activity}.{rest}" if head == "it" else path

    def activities(self) -> Iterator[str]:
        for step in self.steps:
            if step.where is not None:
                yield from step.where.activities()


def _satisfies(condition: Expression | None, grant: Event, scope: Scope) -> Any:
    """Whether a grant satisfies a condition on ``it``; three-valued."""
    if condition is None:
        return True
    outer, scope.it = scope.it, grant
    answer = condition.compile()(scope)
    scope.it = outer
    return answer


# -- the same for the array kernel -------------------------------------------------------------------------------------

#: Intervals from one activity to the next of another: begun, ended, the field that both share.
_BETWEEN = {
    "refund": ("refund_ordered", "refund_ended", ""),
    "crime_transfer": ("transfer_sent", "police_refused", ""),
    "reconsideration_suspension": ("reconsideration_suspended", "reconsideration_resumed", ""),
    "consultation": ("consultation_started", "consultation_ended", ""),
    "challenge": ("challenge_started", "challenge_ended", "route"),
}
_ANNOUNCED_DAYS = 30


def emit_exclusions(program: Program, exclusions: tuple[Exclusion, ...]) -> None:
    """The instructions that put the excluded intervals into the pad."""
    for each in exclusions:
        if each.name == "test":
            _emit_tests(program, each)
        elif each.condition is not None:
            raise NotInColumns(f"a condition on the excluded time {each.name}")
        elif each.name == "announcement":
            started = program.activities["announcement_service_started"]
            program.op(op.EXCLUDE_DAYS, started, _ANNOUNCED_DAYS)
        elif each.name == "hearing":
            path, kind = program.path("waives", ("statement_waived",))
            names = ("hearing_requested", "hearing_ended", "statement_waived")
            waived, _ = program.encoded("hearing", kind.inner)
            words = [*(program.activities[name] for name in names), path, waived]
            program.op(op.EXCLUDE_HEARING, program.constants(words))
        else:
            program.op(op.EXCLUDE_BETWEEN, _between_words(program, each.name))


def _between_words(program: Program, name: str) -> int:
    if name == "investigation_suspension":
        begun, ended = "investigation_suspended", "investigation_resumed"
        path, kind = program.path("approved_by", (begun,))
        heads = [program.encoded(who, kind)[0] for who in program.vocabulary.approver_groups["head"]]
        entitled = [path, program.constants(heads), len(heads), 1]
        return program.constants([program.activities[begun], program.activities[ended], -1, -1, *entitled])
    begun, ended, same = _BETWEEN[name]
    shared = [program.path(same, (each,))[0] for each in (begun, ended)] if same else [-1, -1]
    return program.constants([program.activities[begun], program.activities[ended], *shared, -1, 0, 0, 0])


def _emit_tests(program: Program, exclusion: Exclusion) -> None:
    tested, kind = program.path("test_kind", ("test_started",))
    wanted = [program.encoded(each, kind)[0] for each in exclusion.kinds]
    keys = [program.path("test", (name,))[0] for name in ("test_started", "test_ended")]

    def counts() -> None:
        if exclusion.condition is None:
            program.op(op.CONST, 1)
        else:
            program.condition(exclusion.condition)
        program.op(op.TEST_COUNTS, program.activities["test_ended"], *keys)

    def of_a_kind_wanted() -> None:
        program.op(op.IT_FIELD, tested)
        program.op(op.ONE_OF, program.constants(wanted), len(wanted))
        known = program.op(op.JUMP_IF_KNOWN)
        program.op(op.CONST, 0)
        program.land(known, 1)

    program.each_event("test_started", counts, when=of_a_kind_wanted)


def emit_suspensions_left(program: Program) -> None:
    """The instruction that flags a recorded suspension which takes nothing off."""
    numbers = [program.activities[name] for name in SUSPENDING if name in program.activities]
    program.op(op.SUSPENSIONS_LEFT, program.constants(numbers), len(numbers))


def emit_extensions(
    program: Program, activity: str, steps: tuple[ExtensionStep, ...], clock: str, same: tuple[str, ...]
) -> None:
    """The instructions that put the valid extensions into the pad."""
    words = _grant_words(program, activity, steps, clock, same)
    if all(step.where is None for step in steps):
        program.op(op.EXTENSIONS, words)
        return

    def one_grant() -> None:
        check = program.op(op.GRANT_CHECK, words)
        taken = []
        for number, step in enumerate(steps):
            this = program.op(op.STEP_IS, number)
            if step.where is None:
                program.op(op.CONST, 1)
            else:
                program.condition(step.where)
            program.op(op.GRANT_TAKE, words)
            taken.append(program.op(op.JUMP))
            program.land(this, 2)
        for jump in taken:
            program.land(jump, 1)
        program.land(check, 2)

    program.op(op.GRANT_BEGIN)
    program.each_event(activity, one_grant)


def _grant_words(
    program: Program, activity: str, steps: tuple[ExtensionStep, ...], clock: str, same: tuple[str, ...]
) -> int:
    """The description of a period's extensions (``kernel.entitled``)."""
    path, kind = program.path("clock", (activity,)) if clock else (-1, None)
    wanted = program.encoded(clock, kind)[0] if clock else 0
    days = program.path("days", (activity,))[0]
    by, by_kind = program.path("approved_by", (activity,))
    words = [program.activities[activity], path, wanted, days, by, len(same), len(steps)]
    for name in same:
        words += [program.path(name, (activity,))[0], program.path(name, program.around.subject)[0]]
    for step in steps:
        cap = op.NULL if step.days is None else step.days
        if step.by:
            group = [program.encoded(who, by_kind)[0] for who in program.vocabulary.approver_groups[step.by]]
            words += [program.constants(group), len(group), cap]
        else:
            words += [0, -1, cap]
    return program.constants(words)
