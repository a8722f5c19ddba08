"""Where a linkage stands: its stage and outcome for lists, and the state of each legal step for its page and the desk."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.cases.contract import Clock, PhaseState, Progress, earliest, open_clocks, settled_by
from plumbline.packs.procedures import Phase, Step

from .gates import shut, waits_for_paper
from .limits import OWN
from .models import Outcome, Route, Stage
from .reading import LinkageFile


def stage_of(file: LinkageFile) -> Stage:
    if not file.flow or not file.flow.events:
        return Stage.VOID
    if file.ended is not None:
        return Stage.CLOSED
    return _crime_stage(file) if file.linkage.route == Route.CRIME else _letter_stage(file)


def _crime_stage(file: LinkageFile) -> Stage:
    if not file.happened("transfer_sent"):
        return Stage.PREPARING
    if not file.happened("transfer_receipt_signed"):
        return Stage.SENT
    contested = file.happened("police_reconsideration_requested", "filing_supervision_suggested")
    return Stage.CONTESTED if contested and not file.happened("police_filed") else Stage.HANDLING


#: What shows that a letter was taken in, and that it was answered.
TAKEN_IN = (
    "procuratorial_suggestion_received",
    "procuratorial_opinion_received",
    "police_case_received",
    "judicial_suggestion_received",
    "supervisory_advice_received",
    "clue_receipt_signed",
    "flash_receipt_signed",
)
ANSWERED = (
    "reply_sent",
    "supervisory_advice_replied",
    "outcome_notified",
    "police_outcome_told",
    "clue_outcome_told",
)


def _letter_stage(file: LinkageFile) -> Stage:
    if file.happened(*ANSWERED):
        return Stage.ANSWERED
    if file.happened(*TAKEN_IN):
        return Stage.HANDLING
    if file.linkage.route == Route.CLUE and not file.happened("supervision_clue_sent"):
        return Stage.PREPARING
    return Stage.SENT


def outcome_of(file: LinkageFile) -> str:
    """What the matter came to so far; empty while nobody has said."""
    if file.linkage.route == Route.CRIME:
        if file.happened("police_filed"):
            return Outcome.FILED
        if file.happened("police_refused"):
            return Outcome.REFUSED
        if file.happened("transfer_forwarded"):
            return Outcome.FORWARDED
        return Outcome.NOT_SENT if file.happened("transfer_approved") and not file.approved else ""
    if file.withdrawn:
        return Outcome.WITHDRAWN
    for activity, outcome in (
        ("reply_sent", Outcome.REPLIED),
        ("supervisory_advice_replied", Outcome.REPLIED),
        ("outcome_notified", Outcome.TOLD),
        ("police_outcome_told", Outcome.TOLD),
        ("clue_outcome_told", Outcome.FED_BACK),
        ("flash_receipt_signed", Outcome.TAKEN),
    ):
        if file.happened(activity):
            return outcome
    return ""


def step_clock(step: Step, running: dict[str, Clock], file: LinkageFile) -> Clock | None:
    """The clock that taking ``step`` would stop; none where it was stopped late already and the step may be taken again."""
    if step.repeat and step.of is None and file.happened(step.activity):
        return None
    own = (running.get(each.key) for each in OWN.values() if step.activity in each.activities)
    return earliest([settled_by(step, running), *own])


def progress_of(file: LinkageFile, clocks: Sequence[Clock]) -> Progress[PhaseState]:
    running = open_clocks(clocks)
    states: list[PhaseState] = []
    now: PhaseState | None = None
    for phase in file.procedure.phases:
        state = _state(phase, file, running)
        if state.state == "todo" and now is None and file.ended is None:
            state = now = PhaseState(phase, "now", "进行中", state.note, state.clock)
        states.append(state)
    return Progress(tuple(states), now, _next(file, now.phase, running) if now else None)


def _state(phase: Phase, file: LinkageFile, running: dict[str, Clock]) -> PhaseState:
    steps = [
        s for s in file.procedure.steps_of(phase.key) if shut(s, file) is None or waits_for_paper(s, file)
    ]
    clock = earliest(step_clock(step, running, file) for step in steps)
    done = file.all(*phase.done_by)
    if done and not _unfinished(phase, file, clock):
        return PhaseState(phase, "done", f"{done[-1].on:%m-%d}", phase.basis, clock)
    why_not = _not_applicable(phase, file, clock)
    if why_not:
        return PhaseState(phase, "na", "不适用", why_not)
    return PhaseState(phase, "todo", "未开始", phase.basis, clock)


def _unfinished(phase: Phase, file: LinkageFile, clock: Clock | None) -> bool:
    """Done once, and to be done again: a new report after a refusal of the head; a refusal that was taken back or may be contested."""
    if phase.key == "approval":
        return len(file.all("transfer_report_submitted")) > len(file.all("transfer_approved"))
    if phase.key == "contest" and not file.happened("police_filed"):
        waits = file.happened("filing_supervision_suggested") and not file.happened(
            "filing_supervision_concluded"
        )
        return waits or file.ordered or (clock is not None and clock.verdict == "pending")
    if phase.key == "receipt" and file.elsewhere:
        return not file.happened("transfer_forwarded")
    return False


def _not_applicable(phase: Phase, file: LinkageFile, clock: Clock | None) -> str:
    """Why a phase falls away; empty while it is still to come."""
    if file.ended is not None and phase.key != "closing":
        return "已经办结"
    if file.linkage.route != Route.CRIME:
        if phase.key == "joint" and not _running_joint(file):
            return "没有提出联合调查"
        return "检察院撤回建议" if phase.key == "handling" and file.withdrawn else ""
    given_up = file.happened("transfer_approved") and not file.approved
    if given_up and phase.key in {"sending", "receipt", "decision", "contest", "handover"}:
        return "负责人决定不移送"
    if (
        phase.key in {"decision", "contest", "handover"}
        and file.elsewhere
        and file.happened("transfer_forwarded")
    ):
        return "由有管辖权的公安机关办理"
    if phase.key == "contest":
        return "" if _contested(file, clock) else "没有不予立案，或者没有提出异议"
    if phase.key == "handover" and not file.happened("police_filed"):
        return "立案后移交" if not file.happened("police_refused") else "没有立案"
    return ""


def _contested(file: LinkageFile, clock: Clock | None) -> bool:
    """Refused, not filed, and either somebody contests it or may still do so in time."""
    if not file.happened("police_refused") or file.happened("police_filed"):
        return False
    asked, suggested = (
        file.happened("police_reconsideration_requested"),
        file.happened("filing_supervision_suggested"),
    )
    if suggested:
        return not file.happened("filing_supervision_concluded") or file.ordered
    if asked:
        return True
    return clock is not None and clock.verdict == "pending"


def _running_joint(file: LinkageFile) -> bool:
    return file.happened("joint_investigation_proposed")


def _next(file: LinkageFile, phase: Phase, running: dict[str, Clock]) -> Step | None:
    """The step that leads on: the open one with a clock of its own, else the first main step that is open."""
    steps = file.procedure.steps
    mine = [step for step in file.procedure.steps_of(phase.key) if shut(step, file) is None]
    timed = [step for step in mine if step_clock(step, running, file)]
    if file.ordered and not file.happened("police_filed"):
        return steps.get("filed")
    if timed:
        return timed[0]
    in_order = [steps[key] for key in phase.main if key in steps and steps[key] in mine]
    return next(iter([*in_order, *(step for step in mine if not step.optional)]), None)
