"""What the page of a document shows one actor, gathered once: head, next step, legal steps, checks, basis, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from plumbline.apps.cases.contract import Check, Entry, checks, closed_because, entries, names_of, numbers_in
from plumbline.lawbook.covered import remembered
from plumbline.packs.normdoc.unverified import Unverified, unverified_of
from plumbline.packs.normdoc.words import DRAFT, PUBLISH, REVIEW
from plumbline.packs.procedures import Phase, Step
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.components import Tag
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.rules import Verdict

from .articles import Hint, hints_in
from .basis import BasisState, basis_states
from .choices import Stage
from .models import BasisCheck, NormDoc, NormLink, NormPaper, PublicComment, ReviewNotice
from .policies import holds, may_take, may_work_on
from .progress import Material, PhaseState, materials, next_step, phases_of
from .reading import NormFile
from .validity import validity_tag

_STAGE_LOOKS = {
    Stage.PUBLISHING: "amb",
    Stage.REVIEWING: "amb",
    Stage.ENDED: "gry",
    Stage.STOPPED: "gry",
}


#: Steps that bind others once they are taken: they are answered by further ones, never unsaid.
FIXED = frozenset({"drafted", "published", "ended", "evaluated"})


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: open, or closed with the reason and the article."""

    step: Step
    url: str
    reason: str = ""
    basis: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason


class NormPage:
    """The document as one actor sees it now. Each part is worked out once, on demand."""

    def __init__(self, actor: Actor, doc: NormDoc) -> None:
        self.actor, self.doc = actor, doc
        self.file = NormFile(doc)
        self.today = clock.today()
        self.base = doc.page

    @cached_property
    def may_work(self) -> bool:
        return bool(may_work_on(self.actor, self.doc))

    @cached_property
    def drafts(self) -> bool:
        return holds(self.actor, DRAFT, self.doc) and self.doc.stage != Stage.STOPPED

    @cached_property
    def reviews(self) -> bool:
        return holds(self.actor, REVIEW, self.doc)

    @cached_property
    def publishes(self) -> bool:
        return holds(self.actor, PUBLISH, self.doc)

    @property
    def tag(self) -> Tag:
        if self.doc.is_published and not (self.doc.is_policy and self.doc.stage == Stage.ENDED):
            return validity_tag(self.doc, self.today)
        return Tag(self.doc.stage_zh, _STAGE_LOOKS.get(Stage(self.doc.stage), "blu"))

    @cached_property
    def states(self) -> list[PhaseState]:
        return phases_of(self.file)

    @cached_property
    def now(self) -> PhaseState | None:
        return next((each for each in self.states if each.state == "now"), None)

    @property
    def done(self) -> int:
        return sum(each.state == "done" for each in self.states)

    @property
    def applicable(self) -> int:
        return sum(each.state != "na" for each in self.states)

    def button(self, step: Step) -> StepButton:
        own = {"declaration": f"{self.base}/declaration", "publishing": f"{self.base}/publish"}
        url = own.get(step.kept_by, f"{self.base}/steps/{step.key}")
        closed = closed_because(step, self.file)
        if step.kept_by == "declaration" and not self.doc.is_published and self.doc.stage != Stage.STOPPED:
            closed = None
        if closed is not None:
            return StepButton(step, url, closed.reason, closed.basis)
        allowed = may_take(self.actor, self.doc, step)
        return StepButton(step, url, allowed.reason, allowed.basis or step.basis)

    @cached_property
    def lead(self) -> StepButton | None:
        step = next_step(self.file, self.now.phase) if self.now is not None else None
        return self.button(step) if step is not None else None

    @cached_property
    def waits_for(self) -> str:
        """Whose turn it is, where it is not the actor's."""
        if self.lead is None:
            return ""
        return {REVIEW: "区司法局", PUBLISH: "统一公布的单位"}.get(
            self.lead.step.capability, self.doc.agency.short_name
        )

    def buttons(self, phase: Phase) -> list[StepButton]:
        found = [self.button(step) for step in self.file.procedure.steps_of(phase.key)]
        return sorted(found, key=lambda button: not button.is_open)

    @cached_property
    def other_buttons(self) -> list[StepButton]:
        """The steps of the side phase, which the list of legal steps leaves out until one was taken."""
        side = [phase for phase in self.file.procedure.phases if phase.side]
        found = [self.button(step) for phase in side for step in self.file.procedure.steps_of(phase.key)]
        return [button for button in found if button.is_open]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts_for(self.file.events) if self.file.events else []

    @cached_property
    def checks(self) -> list[Check]:
        found = checks(self.verdicts, self.file)
        return [line for line in found if line.word != "不适用"]

    @cached_property
    def basis(self) -> list[BasisState]:
        return basis_states(self.doc, self.today)

    @cached_property
    def basis_checks(self) -> list[BasisCheck]:
        return list(self.doc.basis_checks.order_by("-pk"))

    @property
    def basis_waiting(self) -> int:
        return sum(each.waits for each in self.basis)

    @property
    def first_waiting(self) -> BasisState | None:
        return next((each for each in self.basis if each.waits), None)

    @cached_property
    def announced(self) -> dict[str, str]:
        """What was settled when a decision was published: who carries it out, where it was made known."""
        event = self.file.last("document_published")
        entry = self.file.entries.get(event.id) if event is not None else None
        return entry.details if entry is not None else {}

    @cached_property
    def hints(self) -> list[Hint]:
        # The hints speak of what a normative document may not set.
        return hints_in(self.file.text.articles) if self.file.text and not self.doc.is_policy else []

    @cached_property
    def papers(self) -> list[NormPaper]:
        return [paper for paper in self.doc.papers.all() if not paper.withdrawn]

    @cached_property
    def materials(self) -> list[Material]:
        return materials(self.file, self.papers)

    def unverified(self, phase: str) -> list[tuple[Unverified, str]]:
        """What would be counted here if its text were at hand, with why it is not."""
        if self.doc.is_policy:
            return []
        why = {each.id: each.reason for each in remembered()}
        return [(each, why.get(each.id, "")) for each in unverified_of(phase)]

    @cached_property
    def comments(self) -> Sequence[PublicComment]:
        rows = PublicComment.objects.visible_to(self.actor).filter(doc=self.doc)
        return list(rows.only("handling", "doc"))

    @property
    def open_comments(self) -> int:
        return sum(not each.handling for each in self.comments)

    @cached_property
    def notices(self) -> list[ReviewNotice]:
        return list(self.doc.notices.all())

    @cached_property
    def links(self) -> tuple[list[NormLink], list[NormLink]]:
        """What it changes, and what changed it."""
        changes = list(self.doc.changes.select_related("older").order_by("from_on"))
        changed = list(self.doc.changed_by.select_related("newer").order_by("from_on"))
        return changes, changed

    @cached_property
    def timeline(self) -> list[Entry]:
        names = names_of(numbers_in(self.file.rows))
        return entries(self.file.rows, self.file.procedure, names, may_void=False)

    @cached_property
    def voidable(self) -> str:
        """The one record that this actor may void: the last one, of the actor's own part, that binds nobody outside."""
        counted = [e for e in (self.file.flow.events if self.file.flow else ()) if e.id in self.file.entries]
        if not counted:
            return ""
        last = max(counted, key=lambda each: each.order)
        step = self.file.procedure.steps[self.file.entries[last.id].step]
        fixed = step.key in FIXED
        return "" if fixed or not may_take(self.actor, self.doc, step) else last.id
