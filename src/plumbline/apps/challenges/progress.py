"""Where a matter stands: its stage for lists, and the state of each legal step for its page and the desk."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.cases.contract import (
    Clock,
    PhaseState,
    Progress,
    closed_because,
    earliest,
    open_clocks,
    settled_by,
)
from plumbline.packs.procedures import Phase, Step

from .models import Stage
from .reading import ChallengeFile


def stage_of(file: ChallengeFile) -> Stage:
    if not file.flow or not file.flow.events:
        return Stage.VOID
    if file.happened("matter_closed"):
        return Stage.CLOSED
    if file.ended is not None:
        return Stage.PERFORMING if file.orders_redo and not file.performed else Stage.ENDED
    if file.happened("judgment_received"):
        last = file.last("judgment_received", "appeal_filed")
        return Stage.HEARING if last and last.activity == "appeal_filed" else Stage.JUDGED
    if file.happened("reconsideration_answer_filed", "evidence_filed", "compensation_decided"):
        return Stage.HEARING
    if file.happened("reconsideration_copy_received", "lawsuit_copy_received", "compensation_claim_received"):
        return Stage.ANSWERING
    return Stage.APPLIED


def progress_of(file: ChallengeFile, clocks: Sequence[Clock]) -> Progress[PhaseState]:
    running = open_clocks(clocks)
    states: list[PhaseState] = []
    now: PhaseState | None = None
    for phase in file.procedure.phases:
        state = _state(phase, file, running)
        if state.state == "todo" and now is None:
            state = now = PhaseState(phase, "now", "进行中", state.note, state.clock)
        states.append(state)
    return Progress(tuple(states), now, _next(file, now.phase) if now else None)


def _state(phase: Phase, file: ChallengeFile, running: dict[str, Clock]) -> PhaseState:
    steps = file.procedure.steps_of(phase.key)
    clock = earliest(settled_by(step, running) for step in steps)
    done = file.all(*phase.done_by)
    if done and not _reopened(phase, file):
        return PhaseState(phase, "done", f"{done[-1].on:%m-%d}", phase.basis, clock)
    begun = file.happened(*(step.activity for step in steps if step.after or phase.key == "applying"))
    if phase.key != "closing" and file.ended is not None and phase.key != "performing":
        return PhaseState(phase, "na", "不适用", "程序已经终结")
    if phase.key == "performing":
        due = file.ended is not None and file.orders_redo and not file.performed
        if due:
            return PhaseState(phase, "todo", "未开始", f"责令重新作出 · {phase.basis}", clock)
        if clock is not None:
            return PhaseState(phase, "todo", "未开始", phase.basis, clock)
        if file.ended is None:
            return PhaseState(phase, "wait", "视结果", phase.basis)
        return PhaseState(phase, "na", "不适用", "没有责令重作")
    if phase.optional and not begun:
        if phase.key == "hearing":
            return PhaseState(phase, "wait", "未通知", "举行听证的，负责人应当参加")
        return PhaseState(phase, "na", "不适用", "没有经过本机关递交")
    if phase.optional and phase.key == "hearing":
        pair = file.procedure.steps["hearing_held"].of
        if pair is not None and not file.open_instances(pair):
            return PhaseState(phase, "wait", "等待", phase.basis)
    return PhaseState(phase, "todo", "前一步未完成", phase.basis, clock)


def _reopened(phase: Phase, file: ChallengeFile) -> bool:
    """A new hearing after one was held; an appeal opens the hearing before the court again."""
    if phase.key == "hearing":
        pair = file.procedure.steps["hearing_held"].of
        return pair is not None and bool(file.open_instances(pair)) and file.ended is None
    if phase.key == "trial":
        notified, held = len(file.all("court_hearing_notified")), len(file.all("trial_held"))
        return notified > held and file.ended is None
    return False


def _next(file: ChallengeFile, phase: Phase) -> Step | None:
    """The step that leads on: the first main step that is open, else the first open obligatory one of the phase."""
    steps = file.procedure.steps
    in_order = [steps[key] for key in phase.main if key in steps]
    if (
        phase.key == "applying"
        and file.value("reconsideration_application_handed_in", "intent") == "self_correct"
    ):
        in_order = [steps["self_corrected"], *in_order]
    in_order += [step for step in file.procedure.steps_of(phase.key) if not step.optional]
    if phase.key == "trial":
        waiting = len(file.all("court_hearing_notified")) > len(file.all("trial_held"))
        in_order = [steps["trial_held" if waiting else "court_hearing_notified"]]
    return next((step for step in in_order if closed_because(step, file) is None), None)
