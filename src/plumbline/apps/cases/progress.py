"""Where a case stands: the state of each legal step for the page and the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline.packs.procedures import Phase, Step
from plumbline.vocabulary import Event, load_vocabulary

from .guards import closed_because
from .phases import Clock, Progress
from .reading import CaseFile
from .stages import ENDINGS, waived
from .undoing import UNDOING

# Activities that a step beside the way has in common with one on it; they do not show the phase by themselves.
SHARED = frozenset({"execution_statement_received", "execution_statement_reviewed", "substitute_demanded"})


@dataclass(frozen=True)
class PhaseState:
    """A legal step as the page shows it. ``state``: done, now, wait, todo or na."""

    phase: Phase
    state: str
    when: str = ""
    note: str = ""
    done: tuple[Event, ...] = ()
    due_on: date | None = None
    unit: str = ""
    rule: str = ""


def progress_of(
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> Progress[PhaseState]:
    """The state of every phase. ``clocks`` are verdicts by rule, ``prospects`` verdicts on the decision to come."""
    ended = next((event for name in ENDINGS if (event := file.last(name))), None)
    states: list[PhaseState] = []
    now: PhaseState | None = None
    for phase in file.procedure.phases:
        if phase.side:
            beside = _side(phase, file, clocks)
            states += [beside] if beside is not None else []
            continue
        state = _phase_state(phase, file, clocks, prospects, ended)
        if state.state == "todo" and now is None:
            state = now = _replace(state, "now")
        elif state.state == "todo":
            state = _replace(state, "todo", when="前一步未完成" if phase.main else "未开始")
        states.append(state)
    return Progress(tuple(states), now, _next_step(file, now) if now else None)


def _phase_state(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
    ended: Event | None,
) -> PhaseState:
    done = file.all(*phase.done_by) if phase.done_by else ()
    if phase.key == "statement":
        done = _before_decision(file, done)
    if done and not _reopened(phase, file):
        last = done[-1]
        first = file.all(*_starts(phase, file))[:1]
        span = (
            f"{first[0].on:%m-%d} 至 {last.on:%m-%d}"
            if first and first[0].on < last.on
            else f"{last.on:%m-%d}"
        )
        return PhaseState(phase, "done", when=span, note=phase.basis, done=done)
    if ended is not None and phase.key not in {"clue", "closing"}:
        return PhaseState(phase, "na", when="不适用", note="程序已经终结")
    special = SPECIAL.get(phase.key)
    if special is not None:
        found = special(phase, file, clocks, prospects)
        if found is not None:
            return found
    return _todo(phase, clocks)


def _todo(phase: Phase, clocks: Mapping[str, Sequence[Clock]], note: str = "") -> PhaseState:
    clock = open_clock([row for rule in phase.timed_by for row in clocks.get(rule, ())])
    return PhaseState(
        phase,
        "todo",
        note=note or phase.basis,
        due_on=clock.due_on if clock else None,
        unit=clock.unit if clock else "",
        rule=clock.rule if clock else "",
    )


def _side(phase: Phase, file: CaseFile, clocks: Mapping[str, Sequence[Clock]]) -> PhaseState | None:
    """A phase beside the way: nothing until something of it has happened, then what of it is still open."""
    steps = file.procedure.steps_of(phase.key)
    done = file.every(*{step.activity for step in steps if step.key not in SHARED})
    if phase.key == "measures":
        done = tuple(event for event in done if not _preregistered(event, file))
    if not done:
        return None
    waiting = [
        step
        for step in steps
        if step.of and file.open_instances(step.of) and closed_because(step, file) is None
    ]
    last = done[-1]
    if not waiting:
        return PhaseState(phase, "done", when=f"{last.on:%m-%d}", note=phase.basis, done=done)
    clock = open_clock([row for rule in phase.timed_by for row in clocks.get(rule, ())])
    return PhaseState(
        phase,
        "wait",
        when=f"至 {clock.due_on:%m-%d}" if clock and clock.due_on else "进行中",
        note=f"未了结：{waiting[0].of.what}" if waiting[0].of else phase.basis,
        done=done,
        due_on=clock.due_on if clock else None,
        unit=clock.unit if clock else "",
        rule=clock.rule if clock else "",
    )


def _preregistered(event: Event, file: CaseFile) -> bool:
    """Whether an approval was for preregistering evidence, which is no compulsory measure."""
    if event.activity != "measure_approved":
        return False
    number = event.data.get("measure")
    return event.data.get("x_for") == "preregistration" or any(
        each.data.get("measure") == number for each in file.all("evidence_preregistered")
    )


def _before_decision(file: CaseFile, events: Sequence[Event]) -> tuple[Event, ...]:
    """What came before the decision: a later statement speaks against execution (行政强制法第三十六条)."""
    decision = file.last("decision_made")
    if decision is None or file.flow is None:
        return tuple(events)
    position = file.flow.position(decision)
    return tuple(event for event in events if file.flow.position(event) < position)


def open_clock(rows: Sequence[Clock]) -> Clock | None:
    """The clock that runs (or has run out) among a rule's verdicts: the earliest due date of those not met."""
    running = [row for row in rows if row.verdict in {"pending", "breached"} and row.due_on is not None]
    return min(running, key=lambda row: row.due_on, default=None)  # type: ignore[arg-type,return-value]


def _reopened(phase: Phase, file: CaseFile) -> bool:
    """A finished phase that a later event has opened again."""
    match phase.key:
        case "review":
            last = file.last("legal_review_passed", "legal_review_returned", "legal_review_submitted")
            return last is not None and last.activity != "legal_review_passed"
        case "statement":
            step = file.procedure.steps["statement_reviewed"]
            if file.happened("decision_made"):
                return False
            return step.of is not None and bool(file.open_instances(step.of))
        case "approving" | "ending":
            # A measure taken at once still has to be approved; one that is held has to be ended.
            key = "measure_ratified" if phase.key == "approving" else "seizure_lifted"
            open_ones = file.procedure.steps[key].of
            return open_ones is not None and bool(file.open_instances(open_ones))
    return False


def _starts(phase: Phase, file: CaseFile) -> tuple[str, ...]:
    if phase.key == "investigation":
        return ("case_filed",)
    return tuple(step.activity for step in file.procedure.steps_of(phase.key)) or phase.done_by


def _statement(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> PhaseState | None:
    if _before_decision(file, file.all("statement_received")):
        return _todo(phase, clocks, "收到陈述申辩，尚未复核 · 第四十五条")
    if file.happened("decision_made"):
        return PhaseState(phase, "na", when="未提出", note="当事人没有提出陈述申辩")
    if file.happened("penalty_notice_served"):
        return PhaseState(phase, "wait", when="等待", note="当事人可以提出 · 第四十五条")
    return None


def _hearing(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> PhaseState | None:
    if not file.happened("penalty_notice_served"):
        if file.happened("decision_made"):
            return PhaseState(phase, "na", when="不适用", note="没有拟处罚告知")
        return PhaseState(phase, "wait", when="告知后确定", note=phase.basis)
    duty = clocks.get(phase.needed_by, ())
    told = file.happened("hearing_right_told") or any(
        "right_to_hearing" in (e.data.get("states") or ()) for e in file.all("penalty_notice_served")
    )
    if waived(file, "hearing"):
        return PhaseState(phase, "na", when="已放弃", note="当事人放弃听证 · 第六十四条")
    if file.happened("hearing_requested"):
        return _todo(phase, clocks, "当事人要求听证 · 第六十四条")
    if file.happened("decision_made"):
        return PhaseState(phase, "na", when="不适用", note="期满未申请" if told else "不属听证范围")
    if not told:
        if duty and duty[-1].verdict == "pending":
            return _todo(phase, clocks, "属听证范围，尚未告知听证权利 · 第六十三条")
        return PhaseState(phase, "na", when="不适用", note="不属听证范围 · 第六十三条")
    window = [row for row in clocks.get(phase.clock, ()) if row.due_on]
    if window and window[-1].verdict == "pending":
        due = window[-1].due_on
        return PhaseState(
            phase,
            "wait",
            when=f"等待至 {due:%m-%d}",
            note="当事人可以要求听证 · 第六十四条",
            due_on=due,
        )
    return PhaseState(phase, "na", when="不适用", note="期满未申请 · 第六十四条")


def _by_prospect(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> PhaseState | None:
    """Legal review and collective discussion: the rule itself says whether this decision needs them."""
    if phase.key == "review":
        last = file.last("legal_review_passed", "legal_review_returned", "legal_review_submitted")
        if last is not None and not file.happened("decision_made"):
            words = {
                "legal_review_submitted": "已报送，待审核",
                "legal_review_returned": "审核退回，待处理后重新报送",
            }
            return _todo(phase, clocks, f"{words.get(last.activity, '')} · 第五十八条")
    if file.happened("decision_made"):
        return PhaseState(phase, "na", when="不适用", note=phase.basis)
    if not file.happened("penalty_notice_served"):
        return PhaseState(phase, "wait", when="告知后确定", note=phase.basis)
    match prospects.get(phase.needed_by):
        case "not_applicable":
            note = "不在审核范围" if phase.key == "review" else "不属复杂、重大案件"
            return PhaseState(phase, "na", when="不适用", note=f"{note} · {phase.basis}")
        case "unknown":
            # Whether the case is complex or major is stated with the decision: until then nobody can say.
            return PhaseState(phase, "wait", when="拟决定时确定", note=f"缺少事实 · {phase.basis}")
    return None


def _execution(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> PhaseState | None:
    if not file.happened("decision_made"):
        return None
    if not file.fine_imposed:
        return PhaseState(phase, "na", when="不适用", note="没有罚款")
    paid = file.all("fine_paid", "fine_collected_on_spot")
    if file.fine_paid >= file.fine_imposed:
        step = file.procedure.steps.get("fine_banked")
        collected = file.happened("fine_collected_on_spot")
        if collected and step is not None and not file.happened("fine_banked"):
            note = "当场收缴的罚款尚未缴付银行 · 第七十一条"
            handover = open_clock(clocks.get("APL-71-handover-2wd", ()))
            return PhaseState(
                phase,
                "todo",
                note=note,
                due_on=handover.due_on if handover else None,
                unit=handover.unit if handover else "",
                rule=handover.rule if handover else "",
            )
        return PhaseState(phase, "done", when=f"{paid[-1].on:%m-%d}", note="罚款已缴清", done=paid)
    if file.happened("court_application_accepted"):
        return PhaseState(phase, "done", when="法院受理", note="强制执行申请已受理")
    if paid:
        left = (file.fine_imposed - file.fine_paid) / 100
        return _todo(phase, clocks, f"还差 {left:,.2f} 元 · 第六十七条")
    return None


def _decision(
    phase: Phase,
    file: CaseFile,
    clocks: Mapping[str, Sequence[Clock]],
    prospects: Mapping[str, str],
) -> PhaseState | None:
    """After an undoing: what was undone, and that somebody has to say what follows."""
    if not file.decision_undone:
        return None
    event = file.last(*UNDOING)
    word = load_vocabulary().label("challenge_outcome", str(event.data["outcome"])) if event else "撤销"
    when = f"{event.on:%m-%d} " if event else ""
    return _todo(phase, clocks, f"原决定{when}被{word}，重新作出决定或者结案")


SPECIAL = {
    "decision": _decision,
    "statement": _statement,
    "hearing": _hearing,
    "review": _by_prospect,
    "discussion": _by_prospect,
    "execution": _execution,
}


def _next_step(file: CaseFile, now: PhaseState) -> Step | None:
    """The step that leads on: the first main step that is open, else the first open obligatory one of the phase."""
    steps = file.procedure.steps
    in_order = [steps[key] for key in now.phase.main if key in steps]
    in_order += [s for s in file.procedure.steps_of(now.phase.key) if not s.optional]
    if now.phase.key == "investigation" and not file.happened("record_made"):
        in_order = [steps["onsite_made"], *in_order]
    elif now.phase.key == "hearing":
        in_order = [
            s for s in file.procedure.steps_of("hearing") if s.of is not None or s.key == "hearing_scheduled"
        ]
    elif now.phase.key == "execution" and file.fine_paid >= file.fine_imposed:
        in_order = [steps[key] for key in ("fine_handed_in", "fine_banked")]
    elif now.phase.key == "carrying" and _demand_again(file):
        in_order = [steps["substitute_demanded"]]
    elif now.phase.key == "statement":
        in_order = [steps["statement_reviewed"], *in_order]
    return next((step for step in in_order if closed_because(step, file) is None), None)


def _demand_again(file: CaseFile) -> bool:
    """Whether the last demand before substitute performance has not been made since it was decided (第五十一条)."""
    decided, demanded = file.last("substitute_decision_served"), file.last("demand_notice_served")
    if decided is None or file.flow is None:
        return False
    return demanded is None or file.flow.position(demanded) < file.flow.position(decided)


def _replace(state: PhaseState, name: str, when: str = "") -> PhaseState:
    return PhaseState(
        state.phase,
        name,
        when=when or state.when,
        note=state.note,
        done=state.done,
        due_on=state.due_on,
        unit=state.unit,
        rule=state.rule,
    )
