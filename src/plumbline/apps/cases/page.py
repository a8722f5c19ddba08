"""What the case page shows, gathered once: head, clock, legal steps, next step, checks, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plumbline.law import statutory_calendar
from plumbline.law.strips import StripDay
from plumbline.packs.procedures import Phase, Step
from plumbline.platform import clock
from plumbline.platform.events.log import as_document
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.rules import Verdict, explain
from plumbline.vocabulary import Event

from .checks import Check, checks, gaps
from .clocks import Bar, Left, decision_bar, left_until
from .composing import current_officers
from .guards import Closed, closed_because
from .instalments import Instalment, instalments
from .models import Case, Origin, PartyKind, RequestState, StepRequest
from .panels import HeadLink, links, panels
from .parties import mask_name
from .people import names_of
from .phases import LiveClock, Progress
from .policies import may_read_identity, may_take
from .progress import PhaseState, progress_of
from .prospects import prospects
from .reading import DECLARED, CaseFile
from .timeline import Entry, entries, numbers_in

WORKING_DAYS = "wd"


@dataclass(frozen=True)
class StepButton:
    """A step as the page offers it: open, or closed with the reason and the article."""

    step: Step
    url: str
    reason: str = ""
    basis: str = ""
    draft: bool = False
    waiting: StepRequest | None = None

    @property
    def is_open(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class Way:
    """Where steps are recorded that another part of the platform keeps: its tab, and its button where that is open."""

    label: str
    tab_url: str
    verb: str = ""
    url: str = ""


@dataclass(frozen=True)
class Offered:
    """The steps a reader is offered: what leads on, the rest of the phase by family, other phases, what is shut.

    ``ways`` lead to what others keep.
    """

    leading: list[StepButton]
    families: dict[str, list[StepButton]]
    elsewhere: dict[str, list[StepButton]]
    shut: list[StepButton]
    ways: list[Way]

    @property
    def more(self) -> int:
        return sum(map(len, (*self.families.values(), *self.elsewhere.values())))


#: The events whose links lead to another case.
RELATING = {"case_split_off", "clue_received", "officer_assigned", "compulsion_begun", "penalty_followed"}


class CasePage:
    """The case as one actor sees it now. Each part is worked out once, on demand."""

    def __init__(self, actor: Actor, case: Case) -> None:
        self.actor, self.case = actor, case
        self.today = clock.today()
        rows = StoredEvent.objects.unscoped("案件页按可见案件读取事件").filter(matter_id=case.matter_id)
        self.rows = list(rows.order_by("seq"))
        self.file = CaseFile(
            case,
            [Event.from_json(as_document(r), r.seq) for r in self.rows if r.in_contract],
            [Event.from_json(as_document(r), r.seq) for r in self.rows if r.activity in DECLARED],
        )
        case.logged = frozenset(row.activity for row in self.rows)
        self.base = f"/cases/{case.matter_id}"

    @cached_property
    def own(self) -> bool:
        return self.case.origin == Origin.OWN

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return (
            verdicts_for(self.file.events, known=self.file.registers, reach=self.file.reach)
            if self.file.events
            else []
        )

    @cached_property
    def ahead(self) -> list[Verdict]:
        return prospects(self.file)

    @cached_property
    def progress(self) -> Progress[PhaseState]:
        live: dict[str, list[LiveClock]] = {}
        for v in self.verdicts:
            live.setdefault(v.rule, []).append(LiveClock.of(v))
        return progress_of(self.file, live, {v.rule: v.verdict for v in self.ahead})

    @cached_property
    def bar(self) -> Bar | None:
        found = next((v for v in self.verdicts if v.rule == "APL-60-90d"), None)
        return decision_bar(found, self.today)

    @cached_property
    def requests(self) -> list[StepRequest]:
        return self.file.requests

    @cached_property
    def names(self) -> dict[str, str]:
        return names_of(numbers_in(self.rows) | set(self._officers))

    @cached_property
    def _officers(self) -> list[str]:
        return current_officers(self.file)

    @cached_property
    def officers(self) -> list[str]:
        return [self.names.get(number, number) for number in self._officers]

    @cached_property
    def party_name(self) -> str:
        party = self.case.party
        if party is None:
            return "待查"
        if (
            party.kind != PartyKind.NATURAL_PERSON
            or not party.name
            or may_read_identity(self.actor, self.case)
        ):
            return str(party)
        return mask_name(party.name)

    @cached_property
    def gaps(self) -> list[Check]:
        now = self.progress.now
        if now is None or not self.own or self.file.happened("decision_made"):
            return []
        return checks(gaps(self.ahead, self.file, now.phase.key), self.file, ahead=True)

    @cached_property
    def left(self) -> Left | None:
        now = self.progress.now
        if now and now.due_on:
            return left_until(now.due_on, now.unit, self.today)
        if now and self.bar and self.bar.still and now.phase.clock == self.bar.rule:
            return left_until(None, "", self.today, f"已用 {self.bar.used} / {self.bar.limit}")
        return None

    @cached_property
    def beside(self) -> list[tuple[PhaseState, Left]]:
        """What is open beside the way and has a day of its own: a measure that must be approved, extended or lifted."""
        return [
            (state, left_until(state.due_on, state.unit, self.today))
            for state in self.progress.phases
            if state.phase.side and state.state == "wait" and state.due_on is not None
        ]

    @cached_property
    def strip(self) -> Sequence[StripDay]:
        """Day by day to the due date of the step at hand, where its clock counts working days."""
        now = self.progress.now
        verdict = next(
            (v for v in self.verdicts if now and v.rule == now.rule and v.unit == WORKING_DAYS),
            None,
        )
        if verdict is None or verdict.verdict not in {"pending", "breached"}:
            return ()
        strip = explain(verdict, calendar=statutory_calendar(), as_of=self.today).strip
        return strip.days if not strip.left_out else ()

    @cached_property
    def ahead_checks(self) -> list[Check]:
        return self._for_reader(checks(self.ahead, self.file, ahead=True))

    @cached_property
    def near_decision(self) -> bool:
        """Whether the case is past the notice, so that what the decision still lacks is worth leading with."""
        now = self.progress.now
        return now is not None and now.phase.key in {
            "statement",
            "hearing",
            "review",
            "discussion",
            "decision",
        }

    @cached_property
    def past_checks(self) -> list[Check]:
        return self._for_reader(checks(self.verdicts, self.file))

    def _for_reader(self, found: list[Check]) -> list[Check]:
        """Without the ways to mend for those who only read: a supervisor is not sent to a step (条例第八条)."""
        return found if self.can_void else [replace(each, mend_url="", mend_text="") for each in found]

    @cached_property
    def timeline(self) -> list[Entry]:
        return entries(self.rows, self.file.procedure, self.names, may_void=self.can_void)

    @cached_property
    def can_void(self) -> bool:
        return self.own and any(
            self.actor.can(each, self.case.agency_id) for each in ("cases.handle", "cases.approve")
        )

    @cached_property
    def waiting(self) -> dict[str, StepRequest]:
        return {r.step: r for r in self.requests if r.state == RequestState.SUBMITTED}

    @cached_property
    def returned(self) -> StepRequest | None:
        """The latest request, if it was returned and its step is still open."""
        for request in self.requests:
            if request.state in {RequestState.SUBMITTED, RequestState.APPROVED}:
                return None
            if request.state == RequestState.RETURNED:
                return request
        return None

    def button(self, step: Step) -> StepButton:
        """A step with what stands against it for this actor: its state, then the actor's post."""
        draft = any(
            r.state == RequestState.DRAFT and r.step == step.key and r.written_by_id == self.actor.person_id
            for r in self.requests
        )
        waiting = self.waiting.get(step.key)
        closed: Closed | None = closed_because(step, self.file)
        if waiting is not None:
            reason, basis = f"{waiting.written_label}已提交，待审批", step.basis
        elif closed is not None:
            reason, basis = closed.reason, closed.basis
        else:
            allowed = may_take(self.actor, self.case, step)
            reason, basis = allowed.reason, allowed.basis or step.basis
        return StepButton(step, f"{self.base}/steps/{step.key}", reason, basis, draft, waiting)

    def buttons(self, phase: Phase) -> list[StepButton]:
        """The steps of a phase that are taken here, the open ones first."""
        found = [self.button(step) for step in self.file.procedure.steps_of(phase.key) if not step.kept_by]
        return sorted(found, key=lambda button: not button.is_open)

    def offered(self, phase: Phase) -> Offered:
        """The steps of a phase by family, those that lead on first; then what else is open in the case."""
        mine = self.buttons(phase)
        leading = [
            each for each in mine if each.is_open and (not each.step.optional or each.step.key in phase.main)
        ]
        families: dict[str, list[StepButton]] = {}
        for each in mine:
            if each.is_open and each not in leading:
                families.setdefault(each.step.group or "其他", []).append(each)
        elsewhere: dict[str, list[StepButton]] = {}
        for other in self.file.procedure.phases:
            found = [] if other.key == phase.key else [b for b in self.buttons(other) if b.is_open]
            if found:
                elsewhere[other.label] = found
        shut = [each for each in mine if not each.is_open]
        return Offered(leading, families, elsewhere, shut, self._ways(phase))

    def _ways(self, phase: Phase) -> list[Way]:
        labels = {panel.key: panel.label for panel in panels()}
        buttons = {link.key: (link.label, url) for link, url in self.head_links}
        kept = dict.fromkeys(step.kept_by for step in self.file.procedure.steps_of(phase.key) if step.kept_by)
        return [Way(labels[key], f"?tab={key}#tabs", *buttons.get(key, ())) for key in kept if key in labels]

    @cached_property
    def head_links(self) -> list[tuple[HeadLink, str]]:
        """The buttons that other apps put at the head of the page, as far as they are open."""
        return [(link, url) for link in links() if (url := link.url(self.actor, self.case))]

    @cached_property
    def merged(self) -> list[Case]:
        """The cases that this one leads, as far as the reader may see them."""
        if not any(row.activity == "case_merge_led" for row in self.rows):
            return []
        rows = Case.objects.visible_to(self.actor).filter(merged_into=self.case)
        return list(rows.order_by("pk"))

    @cached_property
    def related(self) -> list[Case]:
        """Cases split from this one or that it was split from, compulsion and the case before or after it."""
        ids = {
            link["matter"]
            for row in self.rows
            if row.activity in RELATING
            for link in row.links or ()
            if link["rel"] in {"arises_from", "related"}
        }
        ids |= set(
            StoredEvent.objects.unscoped("分出的案件")
            .filter(activity="case_split_off", links__contains=[{"matter": self.case.matter_id}])
            .values_list("matter_id", flat=True)
            if any(row.activity == "case_split" for row in self.rows)
            else ()
        )
        if not ids:
            return []
        return list(Case.objects.visible_to(self.actor).filter(matter_id__in=ids).order_by("pk"))

    @cached_property
    def parts(self) -> list[Instalment]:
        """The instalments of the fine, where it is paid in parts."""
        return instalments(self.file)

    @cached_property
    def lead(self) -> StepButton | None:
        """The button of the step that leads on."""
        step = self.progress.next_step
        return self.button(step) if step is not None else None

    @cached_property
    def state_by_key(self) -> dict[str, PhaseState]:
        return {state.phase.key: state for state in self.progress.phases}
