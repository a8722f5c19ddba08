"""What somebody has to do in each case handled here, by legal deadline: the desk's rows.

The next legal step, each open duty with a clock of its own, what waits for approval or review, and what was returned.
Tasks go to a post, with the handling officers named first. ``task_rows`` keeps them as rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from plumbline.law.periods import Unit
from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.vocabulary import load_vocabulary

from .attached import step_behind
from .composing import current_officers
from .guards import closed_because
from .instalments import next_instalment
from .models import Case, RequestState, StepRequest
from .phases import Progress
from .progress import PhaseState, open_clock, progress_of
from .prospects import prospects
from .reading import CaseFile

PUBLISH = "T118-6-penalty-7wd"
DECIDE = "APL-60-90d"
# What a step's button says: the first word of what is done. The party pays; the officer records it, or demands it.
VERBS = ("登记", "制作", "作出", "提交", "指定", "发出", "恢复", "送达", "结案", "归档", "移送")


@dataclass(frozen=True)
class Duty:
    """A task before it is a row."""

    key: str
    kind: str
    title: str
    where: str
    capability: str
    url: str
    verb: str = "办理"
    step: str = ""
    holders: Sequence[str] = field(default_factory=tuple)
    rule: str = ""
    basis: str = ""
    due_on: date | None = None
    unit: str = ""
    standing: str = ""
    post_id: int | None = None


def duties(
    file: CaseFile, clocks: Mapping[str, Sequence[StoredVerdict]], requests: Sequence[StepRequest]
) -> list[Duty]:
    """What has to be done in a case now, by whom, by when.

    ``clocks`` are its stored verdicts by rule, ``requests`` its submitted and returned steps in order.
    """
    if file.case.merged_into_id is not None and not file.happened("investigation_terminated"):
        return [_with_the_leading_case(file, clocks)]
    ahead = {verdict.rule: verdict.verdict for verdict in prospects(file)}
    progress = progress_of(file, clocks, ahead)
    found = _requested(file, requests, progress)
    busy = {duty.step for duty in found}
    found += _reviews(file, clocks)
    busy |= {duty.step for duty in found}
    leading = progress.next_step
    if leading is not None and leading.key not in busy and leading.capability == "cases.handle":
        found.append(_leading(file, progress, leading))
        busy.add(leading.key)
    found += _settling(file, clocks, busy, {duty.rule for duty in found})
    found += _promised(file, busy)
    publish = open_clock(clocks.get(PUBLISH, ()))
    if publish is not None and not file.happened("decision_published"):
        found.append(
            Duty(
                key="publish",
                kind="publish",
                title="公示行政处罚决定",
                where="公示",
                verb="预览公示",
                capability="publicity.publish",
                url=f"/cases/{file.case.matter_id}?tab=publicity",
                rule=PUBLISH,
                basis=_cited(publish),
                due_on=publish.due_on,
                unit=publish.unit,
            )
        )
    standing = standing_words(clocks.get(DECIDE, ()))
    deciding = {phase.label for phase in file.procedure.phases if phase.clock == DECIDE}
    return [
        replace(duty, standing=standing) if standing and not duty.due_on and duty.where in deciding else duty
        for duty in found
    ]


def standing_words(rows: Sequence[StoredVerdict]) -> str:
    """How much of a clock that stands still is used, in words; empty while it runs."""
    still = next((r for r in rows if r.verdict == "pending" and r.due_on is None and r.days_limit), None)
    if still is None:
        return ""
    return f"已用 {still.days_used or 0} / {still.days_limit} {Unit(still.unit).zh if still.unit else '日'}"


def verb_of(step: Step) -> str:
    """The word on the row's button: what the officer does, not what the law calls the step."""
    if step.approval:
        return "报批"
    said = step.action or step.label
    return next((verb for verb in VERBS if said.startswith(verb)), "办理")


def _requested(file: CaseFile, requests: Sequence[StepRequest], progress: Progress[PhaseState]) -> list[Duty]:
    """Approvals waiting, and what was returned and not yet taken up again."""
    found: list[Duty] = []
    latest = {request.step: request for request in requests}
    for request in latest.values():
        step = file.procedure.steps.get(request.step)
        if step is None or (request.state == RequestState.RETURNED and closed_because(step, file)):
            continue
        submitted = request.state == RequestState.SUBMITTED
        now = progress.now
        found.append(
            Duty(
                key=f"request:{request.pk}",
                kind="approve" if submitted else "returned",
                title=f"审批：{step.label}" if submitted else f"补正：{step.label}",
                where=file.procedure.phase(step.phase).label,
                verb="审批" if submitted else "补正",
                step=step.key,
                capability="cases.approve" if submitted else "cases.handle",
                holders=() if submitted else current_officers(file),
                url=f"/cases/{file.case.matter_id}/requests/{request.pk}"
                if submitted
                else f"/cases/{file.case.matter_id}/steps/{step.key}",
                basis=step.basis if submitted else f"{request.decided_label}退回：{request.opinion}"[:120],
                due_on=now.due_on if now else None,
                unit=now.unit if now else "",
                rule=now.rule if now else "",
                post_id=request.post_id if submitted else None,
            )
        )
    return found


def attached_duties(
    case: Case, requests: Sequence[StepRequest], clocks: Mapping[str, Mapping[str, Sequence[StoredVerdict]]]
) -> list[Duty]:
    """What waits for approval in the matters that hang on a case; ``clocks`` are their verdicts by matter and rule.

    What was returned is the attached matter's own task, and so is everything before and after.
    """
    found: list[Duty] = []
    for request in requests:
        step = step_behind(request)
        if step is None or request.state != RequestState.SUBMITTED:
            continue
        mine = clocks.get(request.attached_to, {})
        running = next((c for rule in step.settles if (c := open_clock(mine.get(rule, ())))), None)
        found.append(
            Duty(
                key=f"request:{request.pk}",
                kind="approve",
                title=f"审批：{step.label}",
                where=load_vocabulary().label("kind", request.kind),
                verb="审批",
                step=step.key,
                capability="cases.approve",
                url=f"/cases/{case.matter_id}/requests/{request.pk}",
                basis=step.basis,
                due_on=running.due_on if running else None,
                unit=running.unit if running else "",
                rule=running.rule if running else "",
                post_id=request.post_id,
            )
        )
    return found


def _reviews(file: CaseFile, clocks: Mapping[str, Sequence[StoredVerdict]]) -> list[Duty]:
    """A submitted review that no reviewer has answered."""
    step = file.procedure.steps.get("legal_review_passed")
    if step is None or closed_because(step, file) is not None:
        return []
    running = open_clock(clocks.get(DECIDE, ()))
    return [
        Duty(
            key="review",
            kind="review",
            title="法制审核",
            where="法制审核",
            verb="审核",
            step="legal_review_submitted",
            capability="cases.review",
            url=f"/cases/{file.case.matter_id}/review",
            basis=step.basis,
            due_on=running.due_on if running else None,
            unit=running.unit if running else "",
            rule=running.rule if running else "",
        )
    ]


def _leading(file: CaseFile, progress: Progress[PhaseState], step: Step) -> Duty:
    now = progress.now
    assert now is not None
    part = next_instalment(file) if step.key == "fine_paid" else None
    due_on = part.on if part else now.due_on
    unpaid = step.key == "fine_paid" and due_on is not None and due_on < clock.today()
    return Duty(
        key=f"step:{step.key}",
        kind="step",
        title="催缴罚款，或登记缴纳" if unpaid else f"登记第 {part.number} 期缴款" if part else step.verb,
        where=now.phase.label,
        verb="催缴" if unpaid else verb_of(step),
        step=step.key,
        capability=step.capability,
        holders=current_officers(file),
        url=f"/cases/{file.case.matter_id}?phase=execution#phase"
        if unpaid
        else f"/cases/{file.case.matter_id}/steps/{step.key}",
        basis=step.basis,
        due_on=due_on,
        unit="cd" if part else now.unit,
        rule=now.rule,
    )


def _with_the_leading_case(file: CaseFile, clocks: Mapping[str, Sequence[StoredVerdict]]) -> Duty:
    """A merged case has one task: to be decided with its leading case before its own days run out."""
    lead = file.case.merged_into
    assert lead is not None
    running = open_clock(clocks.get(DECIDE, ()))
    return Duty(
        key="merged",
        kind="step",
        title=f"随主案 {lead} 一并处理",
        where="并案",
        verb="去主案",
        capability="cases.handle",
        holders=current_officers(file),
        url=f"/cases/{lead.matter_id}",
        basis=_cited(running) if running else "行政处罚案件并案办理",
        due_on=running.due_on if running else None,
        unit=running.unit if running else "",
        rule=running.rule if running else "",
        standing=standing_words(clocks.get(DECIDE, ())) if running is None else "",
    )


#: Steps that end what was begun with a day of its own: until then it is on the desk.
PROMISED = (("assistance_replied", "reply_by"), ("correction_rechecked", "due"))


def _promised(file: CaseFile, busy: set[str]) -> list[Duty]:
    """Answers waited for, corrections to be looked at again, and the next instalment, each by its own day."""
    found: list[Duty] = []
    for key, day in PROMISED:
        step = file.procedure.steps.get(key)
        if step is None or step.of is None or key in busy or closed_because(step, file) is not None:
            continue
        waiting = [event for event in file.open_instances(step.of) if event.data.get(day)]
        if waiting:
            found.append(_by_day(file, step, date.fromisoformat(min(e.data[day] for e in waiting))))
    return found


def _by_day(file: CaseFile, step: Step, due_on: date) -> Duty:
    return Duty(
        key=f"step:{step.key}",
        kind="step",
        title=step.verb,
        where=file.procedure.phase(step.phase).label,
        verb=verb_of(step),
        step=step.key,
        capability=step.capability,
        holders=current_officers(file),
        url=f"/cases/{file.case.matter_id}/steps/{step.key}",
        basis=step.basis,
        due_on=due_on,
        unit="cd",
    )


def _settling(
    file: CaseFile, clocks: Mapping[str, Sequence[StoredVerdict]], busy: set[str], spoken_for: set[str]
) -> list[Duty]:
    """Open duties with a clock of their own that some step settles (preregistration, hearing notice, hand-over).

    A clock gives one task, whatever steps could settle it.
    """
    found: list[Duty] = []
    for step in file.procedure.steps.values():
        if step.key in busy or not step.settles or step.capability != "cases.handle":
            continue
        running = next(
            (c for rule in step.settles if (c := open_clock(clocks.get(rule, ())))),
            None,
        )
        if running is None or running.rule in spoken_for or closed_because(step, file) is not None:
            continue
        spoken_for.add(running.rule)
        found.append(
            Duty(
                key=f"step:{step.key}",
                kind="step",
                title=step.verb,
                where=file.procedure.phase(step.phase).label,
                verb=verb_of(step),
                step=step.key,
                capability="cases.handle",
                holders=current_officers(file),
                url=f"/cases/{file.case.matter_id}/steps/{step.key}",
                basis=_cited(running),
                due_on=running.due_on,
                unit=running.unit,
                rule=running.rule,
            )
        )
        busy.add(step.key)
    return found


def _cited(row: Any) -> str:
    return f"{row.law}{row.article}"
