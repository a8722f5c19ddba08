"""A programme as it stands on a day, read in a few queries: every task with its units, their standings and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.ui.components import Tag

from .models import (
    Deliverable,
    Kind,
    Paper,
    Programme,
    Progress,
    Responsible,
    SelfCheck,
    Settlement,
    Share,
    Stage,
    Task,
    TaskTerm,
)
from .standing import Clock, Standing, standing, tag_of, together


@dataclass(frozen=True)
class UnitLine:
    """One unit's part of a task: a standing for each deadline (one without a day where there is none)."""

    share: Share
    rounds: tuple[Standing, ...]
    rows: tuple[Progress, ...]
    files: tuple[Deliverable, ...]

    @property
    def state(self) -> str:
        return together(self.rounds)

    @property
    def worst(self) -> Standing:
        return next((r for r in self.rounds if r.state == self.state), self.rounds[-1])

    @property
    def tag(self) -> Tag:
        # One round done and the next not begun is under way, which no single round says.
        return self.worst.tag if self.worst.state == self.state else tag_of(self.state)

    @property
    def last(self) -> Progress | None:
        return self.rows[-1] if self.rows else None


@dataclass(frozen=True)
class TaskLine:
    """A task as it reads on the day, with the units the reader may see. ``elsewhere``: it has units, and the reader sees none:
    how far it is cannot be said, and must not read as not begun.
    """

    task: Task
    term: TaskTerm
    units: tuple[UnitLine, ...]
    conflicts: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def code(self) -> str:
        return self.task.code

    @property
    def standings(self) -> list[Standing]:
        return [one for unit in self.units for one in unit.rounds]

    @property
    def state(self) -> str:
        return "elsewhere" if self.elsewhere else together(self.standings)

    @property
    def late_units(self) -> int:
        return sum(1 for unit in self.units if unit.state == "late")

    @property
    def tag(self) -> Tag:
        if self.state == "late":
            return tag_of("late", f"逾期 {max(s.late_days for s in self.standings)} 日")
        return tag_of(self.state)

    @property
    def done(self) -> int:
        return sum(1 for unit in self.units if unit.state == "done")

    @property
    def due_this_week(self) -> bool:
        return any(each.due_this_week for each in self.standings)

    @property
    def done_on(self) -> date | None:
        """The day on which the last unit was through; None while one is not."""
        days = [each.done_on for each in self.standings]
        return max(d for d in days if d) if days and all(days) else None

    @property
    def begun_on(self) -> date | None:
        days = [row.on for unit in self.units for row in unit.rows]
        return min(days) if days else None

    @property
    def latest(self) -> Progress | None:
        """The last report of any unit."""
        rows = [unit.last for unit in self.units if unit.last]
        return max(rows, key=lambda row: (row.on, row.pk)) if rows else None

    @property
    def owners(self) -> str:
        named = list(self.term.units)
        if len(named) < 2:
            return named[0] if named else ""
        return f"{named[0]}等 {len(named)} 方"

    @property
    def said(self) -> str:
        """Progress in a few words, for a table."""
        if self.elsewhere:
            return "由承担单位报告"
        if len(self.term.due) > 1 and self.state != "none":
            counts = [
                sum(1 for unit in self.units if unit.rounds[at].state == "done")
                for at in range(len(self.term.due))
            ]
            return "，".join(
                f"第 {n} 次 {done} / {len(self.units)}" for n, done in enumerate(counts, start=1)
            )
        if len(self.units) > 1 and self.state != "none":
            return f"已确认 {self.done} / {len(self.units)} 个单位"
        latest = self.latest
        return latest.text if latest else "还没有报告"

    @property
    def files(self) -> int:
        return sum(len(unit.files) for unit in self.units)


@dataclass(frozen=True)
class Board:
    """The whole programme on a day, as far as the reader may see it."""

    programme: Programme
    clock: Clock
    lines: tuple[TaskLine, ...]
    responsible: dict[str, Responsible] = field(default_factory=dict)
    settlements: dict[str, Settlement] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.clock.day

    @property
    def annex(self) -> list[TaskLine]:
        return [line for line in self.lines if line.task.kind == Kind.ANNEX]

    @property
    def body(self) -> list[TaskLine]:
        return [line for line in self.lines if line.task.kind == Kind.BODY]

    def line(self, code: str) -> TaskLine | None:
        return next((line for line in self.lines if line.code == code), None)

    def of_unit(self, agency: str) -> list[tuple[TaskLine, UnitLine]]:
        return [(line, unit) for line in self.lines for unit in line.units if unit.share.agency_id == agency]

    def shown_state(self, line: TaskLine) -> str:
        """A duty of the body that an annex task stands for is where that task is."""
        if line.units or not line.term.refs:
            return line.state
        followed = [found for code in line.term.refs if (found := self.line(code))]
        if followed and all(each.elsewhere for each in followed):
            return "elsewhere"
        return together([one for each in followed for one in each.standings])

    def tag(self, line: TaskLine) -> Tag:
        return line.tag if line.units or not line.term.refs else tag_of(self.shown_state(line))

    @property
    def this_week(self) -> list[tuple[TaskLine, bool]]:
        """The annex tasks with something due this week, and whether it is done."""
        monday, sunday = self.clock.week
        return [
            (line, line.state == "done")
            for line in self.lines
            if line.due_this_week or any(monday <= due <= sunday for due in line.term.due if line.units)
        ]

    @property
    def open_conflicts(self) -> list[dict[str, Any]]:
        return [c for c in self.programme.conflicts if c["code"] not in self.settlements]


def board_of(
    programme: Programme, actor: Actor | None = None, *, on: date | None = None, unit: str = ""
) -> Board:
    """The programme as ``actor`` sees it on ``on`` (its own day when left out); without an actor, all of it.

    ``unit``: only the shares of that unit.
    """
    reader = actor or system_actor("programme")
    day = on or programme.today()
    clock = Clock(day, programme.issued_on, programme.near_days)
    shares = _shares(programme, reader, day, unit)
    progress = _by_share(
        Progress.objects.visible_to(reader).filter(share__in=[s.pk for s in shares], on__lte=day)
    )
    files = _by_share(
        Deliverable.objects.visible_to(reader).filter(share__in=[s.pk for s in shares], on__lte=day)
    )
    of_task: dict[int, list[Share]] = {}
    for share in shares:
        of_task.setdefault(share.task_id, []).append(share)
    about: dict[str, list[str]] = {}
    for conflict in programme.conflicts:
        for code in conflict["about"]:
            about.setdefault(code, []).append(conflict["code"])
    stages = stage_days(programme, reader, day)
    held = _held(programme, day) if not unit else frozenset()
    lines = []
    for term in terms_on(programme, day):
        units = tuple(
            unit_line(
                clock,
                term,
                share,
                progress.get(share.pk, ()),
                files.get(share.pk, ()),
                stages.get((term.stage, share.agency_id)),
            )
            for share in of_task.get(term.task_id, ())
        )
        elsewhere = not units and term.task_id in held
        lines.append(TaskLine(term.task, term, units, tuple(about.get(term.task.code, ())), elsewhere))
    return Board(
        programme, clock, tuple(lines), _responsible(programme, reader, day), settlements_on(programme, day)
    )


def own_lines(actor: Actor, agency: str) -> list[tuple[TaskTerm, UnitLine, Programme]]:
    """What one unit has to report in all programmes, in three queries; without files and what other records fulfil."""
    shares = list(
        Share.objects.visible_to(actor)
        .filter(agency_id=agency, until_on=None)
        .select_related("task__programme", "agency")
    )
    terms = {
        term.task_id: term
        for term in TaskTerm.objects.filter(
            task__in=[s.task_id for s in shares], until_on=None, stage=""
        ).select_related("task")
    }
    progress = _by_share(Progress.objects.visible_to(actor).filter(share__in=[s.pk for s in shares]))
    found = []
    for share in shares:
        programme, term = share.task.programme, terms.get(share.task_id)
        if term is not None:
            clock = Clock(programme.today(), programme.issued_on, programme.near_days)
            unit = unit_line(clock, term, share, progress.get(share.pk, ()), (), None)
            found.append((term, unit, programme))
    return found


def terms_on(programme: Programme, day: date) -> list[TaskTerm]:
    """What the tasks say on a day. Before the programme was taken in, its first wording."""
    since = max(day, programme.opened_on)
    rows = TaskTerm.objects.filter(task__programme=programme, since_on__lte=since)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=since))
    return list(rows.select_related("task").order_by("task__order"))


def _shares(programme: Programme, reader: Actor, day: date, unit: str) -> list[Share]:
    rows = _in_force(Share.objects.visible_to(reader), programme, day)
    rows = rows.filter(agency_id=unit) if unit else rows
    return list(rows.select_related("agency").order_by("-lead", "agency_id"))


def _held(programme: Programme, day: date) -> frozenset[int]:
    """The tasks that some unit holds, whoever asks."""
    rows = _in_force(Share.objects.unscoped("任务有没有单位承担"), programme, day)
    return frozenset(rows.values_list("task_id", flat=True))


def _in_force(rows: QuerySet[Share], programme: Programme, day: date) -> QuerySet[Share]:
    since = max(day, programme.opened_on)
    rows = rows.filter(task__programme=programme, since_on__lte=since)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=since))


def _by_share(rows: Iterable[Any]) -> dict[int, tuple[Any, ...]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.share_id, []).append(row)
    return {pk: tuple(each) for pk, each in found.items()}


def unit_line(
    clock: Clock,
    term: TaskTerm,
    share: Share,
    rows: Sequence[Progress],
    files: Sequence[Deliverable],
    stage_on: date | None,
) -> UnitLine:
    rounds = tuple(
        standing(clock, due=due, rows=[row for row in rows if row.round == number], stage_on=stage_on)
        for number, due in enumerate(term.due or [None], start=1)
    )
    return UnitLine(share, rounds, tuple(rows), tuple(files))


def stage_days(programme: Programme, reader: Actor, day: date) -> dict[tuple[str, str], date]:
    """When a unit's self-check was sent, its people were named, the results report was issued: by record and unit."""
    checks = SelfCheck.objects.visible_to(reader).filter(programme=programme, submitted_on__lte=day)
    people = Responsible.objects.visible_to(reader).filter(programme=programme, since_on__lte=day)
    found = {(Stage.SELF_CHECK.value, row.agency_id): row.submitted_on for row in checks.order_by("-number")}
    found |= {(Stage.PEOPLE.value, row.agency_id): row.since_on for row in people.order_by("-since_on")}
    papers = programme.papers.filter(kind=Paper.Kind.RESULTS, issued_on__lte=day).order_by("number")
    for first in papers[:1]:
        found[Stage.RESULTS.value, programme.agency_id] = first.issued_on
    return {key: on for key, on in found.items() if on is not None}


def _responsible(programme: Programme, reader: Actor, day: date) -> dict[str, Responsible]:
    rows = Responsible.objects.visible_to(reader).filter(programme=programme, since_on__lte=day)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=day))
    return {row.agency_id: row for row in rows.select_related("agency")}


def settlements_on(programme: Programme, day: date) -> dict[str, Settlement]:
    """The reading of each conflict that holds on a day: the latest."""
    return {row.conflict: row for row in programme.settlements.filter(on__lte=day)}
