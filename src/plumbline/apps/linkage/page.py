"""What the page of a linkage shows, gathered once: head, next step, legal steps, checks, papers, timeline, who read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from plumbline.apps.cases.contract import (
    Check,
    Entry,
    Left,
    LiveClock,
    PhaseState,
    Progress,
    checks,
    entries,
    left_until,
    names_of,
    numbers_in,
)
from plumbline.apps.paperwork.contract import PaperRow
from plumbline.packs.procedures import Phase, Step
from plumbline.packs.transfer.procedures import RULES, SIDES
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.rules import Verdict
from plumbline.vocabulary import load_vocabulary

from .documents import called_for
from .gates import shut
from .limits import REPLYING, OwnClock, own_clocks, words_of
from .models import Linkage, LinkageDraft, LinkagePaper, LinkageReading, Outcome, Route
from .package import signed_papers
from .policies import liaises_for, may_read_log, may_sign, may_take, may_work_on, on_our_side, stands_at
from .progress import progress_of
from .reading import LinkageFile
from .standards import words as standard_words
from .standstill import standstill


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: open, or closed with the reason and the article."""

    step: Step
    url: str
    reason: str = ""
    basis: str = ""
    draft: bool = False

    @property
    def is_open(self) -> bool:
        return not self.reason

    @property
    def side(self) -> str:
        return SIDES[self.step.capability]


@dataclass(frozen=True)
class Told:
    """What one side said in a step, as the other sides read it."""

    entry_id: str
    label: str
    who: str
    at: datetime
    facts: list[tuple[str, str]]


class LinkagePage:
    """The matter as one actor sees it now. Each part is worked out once, on demand."""

    def __init__(self, actor: Actor, linkage: Linkage) -> None:
        self.actor, self.linkage = actor, linkage
        self.file = LinkageFile(linkage)
        self.today = clock.today()
        self.base = linkage.page

    @cached_property
    def may_work(self) -> bool:
        return bool(may_work_on(self.actor, self.linkage))

    @cached_property
    def may_sign(self) -> bool:
        return not liaises_for(self.actor) and bool(may_sign(self.actor, self.linkage))

    @cached_property
    def ours(self) -> bool:
        """Whether the actor works on the administration's side."""
        return on_our_side(self.actor, self.linkage)

    @cached_property
    def outside(self) -> bool:
        return bool(liaises_for(self.actor))

    @cached_property
    def verdicts(self) -> list[Verdict]:
        found = verdicts_for(self.file.events) if self.file.events else []
        return [v for v in found if v.rule in RULES and v.subject in self.file.own]

    @cached_property
    def own_clocks(self) -> list[OwnClock]:
        return own_clocks(self.file, self.today)

    @cached_property
    def reply_by(self) -> str:
        """Until when a letter of a court or the commission wants its reply, and who says so; empty where the rules count it."""
        return next((words_of(each) for each in self.own_clocks if each.limit is REPLYING), "")

    @cached_property
    def clocks(self) -> list[LiveClock]:
        return [*map(LiveClock.of, self.verdicts), *(each.live for each in self.own_clocks)]

    @cached_property
    def progress(self) -> Progress[PhaseState]:
        return progress_of(self.file, self.clocks)

    def left(self, state: PhaseState | None) -> Left | None:
        """What is left of the clock of a legal step; of an hour's clock the hour too."""
        if state is None or state.clock is None or state.state == "na":
            return None
        return left_of(state.clock.due_on, state.clock.unit, state.clock.due, self.today)

    @cached_property
    def states(self) -> list[tuple[PhaseState, Left | None]]:
        return [
            (state, self.left(state) if state.state in {"now", "todo"} else None)
            for state in self.progress.phases
        ]

    @cached_property
    def now_left(self) -> Left | None:
        return self.left(self.progress.now)

    @cached_property
    def checks(self) -> list[Check]:
        of_rules = [line for line in checks(self.verdicts, self.file) if line.word != "不适用"]
        return [*(each.check(self.base) for each in self.own_clocks), *of_rules]

    @cached_property
    def drafts(self) -> frozenset[str]:
        """The steps for which the reader has a draft."""
        if self.actor.person_id is None:
            return frozenset()
        rows = LinkageDraft.objects.filter(linkage=self.linkage, written_by_id=self.actor.person_id)
        return frozenset(rows.values_list("step", flat=True))

    def button(self, step: Step) -> StepButton:
        closed = shut(step, self.file)
        if closed is not None:
            reason, basis = closed.reason, closed.basis
        else:
            allowed = may_take(self.actor, self.linkage, step)
            reason, basis = allowed.reason, allowed.basis or step.basis
        return StepButton(step, f"{self.base}/steps/{step.key}", reason, basis, step.key in self.drafts)

    @cached_property
    def lead(self) -> StepButton | None:
        step = self.progress.next_step
        return self.button(step) if step is not None else None

    @property
    def may_let_pass(self) -> bool:
        """Whether the step that leads on is a right, which nobody has to use."""
        step = self.progress.next_step
        return step is not None and step.key in RIGHTS

    @cached_property
    def waits_for(self) -> str:
        """Whose turn it is."""
        step = self.progress.next_step
        return SIDES[step.capability] if step is not None else ""

    @cached_property
    def also_open(self) -> list[StepButton]:
        """Other steps that this actor may take now, whatever phase they belong to."""
        lead = self.progress.next_step
        found = [self.button(s) for s in self.file.procedure.steps.values() if s is not lead]
        return [button for button in found if button.is_open] if self.may_work else []

    def buttons(self, phase: Phase) -> list[StepButton]:
        """The steps of a phase, the open ones first."""
        found = [self.button(step) for step in self.file.procedure.steps_of(phase.key)]
        return sorted(found, key=lambda button: not button.is_open)

    @cached_property
    def papers(self) -> list[PaperRow]:
        """The agency's papers; what it has not signed yet is its own affair."""
        signed = {each.pk: each for each in signed_papers(self.linkage)}
        rows = [PaperRow(called, signed.get(called.entry.document)) for called in called_for(self.file)]
        return [row for row in rows if row.document is not None or self.ours or self.may_sign]

    @cached_property
    def to_sign(self) -> PaperRow | None:
        return next((row for row in self.papers if row.document is None), None)

    @cached_property
    def files(self) -> list[LinkagePaper]:
        return list(self.linkage.papers.filter(withdrawn=""))

    @cached_property
    def told(self) -> list[Told]:
        """What each side said, the latest first; a voided step says nothing. What goes on inside the agency stays inside."""
        counted = {event.id: event for event in (self.file.flow.events if self.file.flow else ())}
        steps = self.file.procedure.steps
        names = dict(Agency.objects.values_list("code", "short_name"))
        found = []
        for entry in reversed(self.file.entries):
            step, event = steps.get(entry.step), counted.get(entry.event_id)
            if step is None or event is None or (self.outside and step.key in INSIDE):
                continue
            found.append(
                Told(
                    entry.event_id,
                    step.label,
                    f"{names.get(entry.by_agency, '')} {entry.by_label}".strip(),
                    entry.at,
                    said_in(step, event.data, entry.details),
                )
            )
        return found

    @cached_property
    def standstill(self) -> str:
        """What the sending does to the time of the case, while the police have it; for the administration's side."""
        row = self.linkage
        waiting = row.sent_on is not None and row.outcome != Outcome.REFUSED and row.ended_on is None
        if self.outside or row.case is None or row.route != Route.CRIME or not waiting:
            return ""
        return standstill(row.case, self.today).words

    @cached_property
    def standard(self) -> Mapping[str, Any] | None:
        """The standard of the latest note of a suspected crime, as it was that day; None where none was noted."""
        noted = self.file.last("crime_suspected")
        if noted is None:
            return None
        kept = self.file.details.get(noted.id, {}).get("standard")
        return kept if isinstance(kept, Mapping) else {"verified": False}

    @cached_property
    def timeline(self) -> list[Entry]:
        """All records of the linkage, the newest first."""
        hidden = {e.event_id for e in self.file.entries if e.step in INSIDE} if self.outside else set()
        rows = [row for row in self.file.rows if row.event_id not in hidden]
        return entries(rows, self.file.procedure, names_of(numbers_in(rows)), may_void=False)

    @cached_property
    def voidable(self) -> set[str]:
        """The latest step, where it is of the actor's own side and nothing was signed of it."""
        counted = {event.id for event in (self.file.flow.events if self.file.flow else ())}
        standing = [each for each in self.file.entries if each.event_id in counted]
        if not standing or not self.may_work or standing[-1].document is not None:
            return set()
        step = self.file.procedure.steps.get(standing[-1].step)
        if step is None or not stands_at(self.actor, self.linkage, step.capability):
            return set()
        return {standing[-1].event_id}

    @cached_property
    def readings(self) -> list[LinkageReading] | None:
        """Who of the other end opened it; None where that is not the reader's to know."""
        if not may_read_log(self.actor, self.linkage):
            return None
        return list(self.linkage.readings.all()[:50])


#: Details that ``standards.words`` says together with the standard.
STATED_WITH_IT = frozenset({"@threshold", "@measured", "@compared"})

#: Steps by which the agency contests a refusal, where it still objects (规定第九条).
RIGHTS = frozenset({"reconsideration", "suggested"})

#: Steps that are the agency's own deliberation: the other end sees their result, not their words.
INSIDE = frozenset({"report", "approved"})


def left_of(due_on: date | None, unit: str, due: str, today: date) -> Left:
    """What is left, with the hour where the law counts in hours."""
    left = left_until(due_on, unit, today)
    if len(due) <= len("2026-01-01"):
        return left
    at = datetime.fromisoformat(due).astimezone(clock.CHINA)
    day = f"{left.day} {at:%H:%M}"
    if at < clock.now():
        return Left("已超时", "red", "超期", "▲", day)
    hours = int((at - clock.now()).total_seconds() // 3600)
    return Left(f"剩 {hours} 小时", "amb", "临期", "◆", day)


def said_in(step: Step, data: Mapping[str, Any], details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The answers of a step in the words of its form."""
    words = load_vocabulary()
    known = words.activities[step.activity].fields if step.activity in words.activities else {}
    found = []
    for ask in step.asks:
        value = details.get(ask.path[1:]) if ask.is_detail else data.get(ask.path)
        if ask.kind == "standard":
            # The standard, its number and the comparison are one statement.
            found.append(("追诉标准和对照", standard_words(details)))
            continue
        if value in (None, "", []) or ask.kind in {"officers", "package"} or ask.path in STATED_WITH_IT:
            continue
        label = ask.label or str(known.get(ask.path, {}).get("zh", ask.path)).split("（")[0]
        found.append((label, _shown(ask, value, known)))
    if details.get("package"):
        found.append(("移送材料指纹", str(details["package"])))
    return found


def _shown(ask: Any, value: Any, known: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if ask.choices:
        return dict(ask.choices).get(value, str(value))
    if ask.kind == "agency":
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or str(value)
    kind = str(known.get(ask.path, {}).get("type", "")).strip("[]?") if not ask.is_detail else ""
    return load_vocabulary().label(kind, str(value)) if kind in load_vocabulary().enums else str(value)
