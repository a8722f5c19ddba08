"""The parts of a clock: its number and unit, what stops it, what is excluded, what extends or replaces it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plumbline.law import Extension, Interval, Limit, Unit
from plumbline.vocabulary import Event, load_vocabulary

from ..bulk import opcodes as op
from ..expression import Expression
from ..nodes.selection import Selection
from ..scope import Scope, Unknown

if TYPE_CHECKING:
    pass


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
