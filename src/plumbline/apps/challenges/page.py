"""What the page of a challenge shows, gathered once: head, next step, legal steps, checks, papers, timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plumbline.apps.cases.contract import (
    Check,
    Entry,
    Left,
    LiveClock,
    PhaseState,
    Progress,
    attaching,
    checks,
    closed_because,
    entries,
    left_until,
    names_of,
    numbers_in,
    shown_name,
)
from plumbline.apps.paperwork.contract import PaperRow, documents_of
from plumbline.packs.procedures import Phase, Step
from plumbline.packs.reconsideration.procedures import HEARING_OFFICE
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.rules import Verdict

from .documents import called_for
from .duties import hearing_ahead
from .models import Challenge, ChallengePaper
from .policies import may_sign, may_take, may_work_on, responds
from .progress import progress_of
from .reading import ChallengeFile


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: open, or closed with the reason and the article."""

    step: Step
    url: str
    reason: str = ""
    basis: str = ""
    waiting: attaching.StepRequest | None = None
    draft: bool = False

    @property
    def is_open(self) -> bool:
        return not self.reason


class ChallengePage:
    """The matter as one actor sees it now. Each part is worked out once, on demand."""

    def __init__(self, actor: Actor, challenge: Challenge) -> None:
        self.actor, self.challenge = actor, challenge
        self.file = ChallengeFile(challenge)
        self.today = clock.today()
        self.base = self.file.page

    @cached_property
    def may_work(self) -> bool:
        return bool(may_work_on(self.actor, self.challenge))

    @cached_property
    def may_sign(self) -> bool:
        return bool(may_sign(self.actor, self.challenge))

    @cached_property
    def applicant(self) -> str:
        """In full for those who work on the matter; cut as in every list for the others."""
        return self.challenge.applicant if self.may_work else shown_name(self.challenge.case)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts_for(self.file.events) if self.file.events else []

    @cached_property
    def clocks(self) -> list[LiveClock]:
        return [LiveClock.of(v) for v in self.verdicts]

    @cached_property
    def progress(self) -> Progress[PhaseState]:
        return progress_of(self.file, self.clocks)

    def left(self, state: PhaseState | None) -> Left | None:
        """What is left of the clock of a legal step."""
        if state is None or state.clock is None or state.state == "na":
            return None
        return left_until(state.clock.due_on, state.clock.unit, self.today)

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
        found = checks(self.verdicts, self.file)
        return [line for line in found if line.word != "不适用"]

    @cached_property
    def hearing(self) -> tuple[date, str] | None:
        return hearing_ahead(self.file)

    def button(self, step: Step) -> StepButton:
        closed, waiting = closed_because(step, self.file), self.file.waiting.get(step.key)
        if waiting is not None:
            reason, basis = f"{waiting.written_label}已提交，待审批", step.basis
        elif closed is not None:
            reason, basis = closed.reason, closed.basis
        else:
            allowed = may_take(self.actor, self.challenge, step)
            reason, basis = allowed.reason, allowed.basis or step.basis
        draft = any(
            r.state == attaching.RequestState.DRAFT
            and r.step == step.key
            and r.written_by_id == self.actor.person_id
            for r in self.file.requests
        )
        return StepButton(step, f"{self.base}/steps/{step.key}", reason, basis, waiting, draft)

    @cached_property
    def waiting(self) -> list[tuple[Step, attaching.StepRequest]]:
        """What waits for approval, for those on the agency's side."""
        steps = self.file.procedure.steps
        if not responds(self.actor, self.challenge):
            return []
        return [(steps[key], request) for key, request in self.file.waiting.items() if key in steps]

    @cached_property
    def returned(self) -> list[attaching.StepRequest]:
        """What the approver sent back and nobody has sent again, for those on the agency's side."""
        return list(self.file.returned.values()) if responds(self.actor, self.challenge) else []

    @cached_property
    def sent(self) -> list[tuple[str, attaching.StepRequest]]:
        """Every request of the matter that was sent, for those on the agency's side."""
        steps = self.file.procedure.steps
        if not responds(self.actor, self.challenge):
            return []
        return [(steps[r.step].label, r) for r in self.file.requests if r.submitted_at and r.step in steps]

    @cached_property
    def lead(self) -> StepButton | None:
        step = self.progress.next_step
        return self.button(step) if step is not None else None

    @cached_property
    def waits_for(self) -> str:
        """Whose turn it is."""
        step = self.progress.next_step
        if step is None:
            return ""
        office = step.capability == HEARING_OFFICE
        return "区复议机构" if office else self.challenge.agency.short_name

    def buttons(self, phase: Phase) -> list[StepButton]:
        """The steps of a phase, the open ones first."""
        found = [self.button(step) for step in self.file.procedure.steps_of(phase.key)]
        return sorted(found, key=lambda button: not button.is_open)

    @cached_property
    def papers(self) -> list[PaperRow]:
        """The agency's own papers; the caller of this page may see the matter, and so its papers."""
        with whole_district():
            signed = {each.pk: each for each in documents_of(self.challenge.matter_id)}
        rows = [PaperRow(called, signed.get(called.entry.document)) for called in called_for(self.file)]
        # What the agency has not signed yet is its own affair.
        own = responds(self.actor, self.challenge) or self.may_sign
        return [row for row in rows if row.document is not None or own]

    @cached_property
    def files(self) -> list[ChallengePaper]:
        return list(self.challenge.papers.all())

    @cached_property
    def timeline(self) -> list[Entry]:
        """All records, the newest first."""
        names = names_of(numbers_in(self.file.rows))
        return entries(self.file.rows, self.file.procedure, names, may_void=False)

    @cached_property
    def voidable(self) -> set[str]:
        """Records that this actor may void: steps of the actor's own side that still count."""
        if not self.may_work:
            return set()
        counted = {event.id for event in (self.file.flow.events if self.file.flow else ())}
        steps = self.file.procedure.steps
        return {
            entry.event_id
            for entry in self.challenge.entries.all()
            if entry.event_id in counted
            and entry.step in steps
            and may_take(self.actor, self.challenge, steps[entry.step])
        }
