"""What units do: name who is responsible, report progress with files; what 区司法局 answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.files.uploads import accepted, kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..events import RESPONSIBLE_NAMED, TASK_PROGRESS_REPORTED, TASK_PROGRESS_REVIEWED
from ..models import Deliverable, Programme, Progress, Responsible, Share
from ..policies import NAMES, REPORT, may_act_for, may_report, may_review
from .opening import tell

DUTY = "新政办[2022]14号 三(二)"
LEAST = 4


def taken(upload: Any, field: str = "file") -> dict[str, Any]:
    """A file that may be kept, kept: its columns."""
    return kept(accepted(upload, field))


@action("programme.report", policy=may_report, on="share", records=(TASK_PROGRESS_REPORTED,), basis=DUTY)
def report_progress(
    *,
    actor: Actor,
    share: Share,
    state: str,
    text: str,
    round: int = 1,
    next_step: str = "",
    expected_on: date | None = None,
    file: Any = None,
    title: str = "",
    on: date | None = None,
) -> Progress:
    """Report how a task goes, with a file where there is one. Done needs its deliverable, unless it was handed in before."""
    task = share.task
    programme, term = task.programme, task.terms.get(until_on=None)
    day = on or programme.today()
    if term.stage:
        raise Refusal(f"这项要求由{term.get_stage_display()}的记录完成", next_step="不需要另外报告。")
    _check_report(share, state, text, round, expected_on, file, day, rounds=max(1, len(term.due)))
    columns = taken(file) if file is not None else None
    made = Progress.objects.create(
        share=share, agency_id=share.agency_id, round=round, state=state, text=text.strip()[:500],
        next_step=next_step.strip()[:200], expected_on=expected_on, on=day, by_label=actor.label, by_number=actor.number,
    )  # fmt: skip
    told: dict[str, Any] = {"task": task.code, "round": round, "state": state}
    if columns is not None:
        name = (title.strip() or term.deliverable or columns["name"])[:100]
        last = Deliverable.objects.unscoped("成果的版本").filter(share=share, title=name).first()
        made_file = Deliverable.objects.create(
            share=share, agency_id=share.agency_id, progress=made, title=name, version=last.version + 1 if last else 1,
            on=day, **columns,
        )  # fmt: skip
        told |= {"sha256": made_file.sha256, "version": made_file.version}
    tell(actor, programme, TASK_PROGRESS_REPORTED, told, agency=share.agency_id, on=day)
    return made


def _check_report(
    share: Share,
    state: str,
    text: str,
    round: int,
    expected_on: date | None,
    file: Any,
    day: date,
    *,
    rounds: int,
) -> None:
    faults: dict[str, str] = {}
    if state not in Progress.State.values:
        faults["state"] = "请选择进展。"
    if len(text.strip()) < LEAST:
        faults["text"] = "请写明做了什么、做到哪一步。"
    if not 1 <= round <= rounds:
        faults["round"] = f"这项任务有 {rounds} 次时限。"
    if expected_on is not None and expected_on < day:
        faults["expected_on"] = "承诺完成日早于报告日。"
    rows = list(Progress.objects.unscoped("本单位此前的报告").filter(share=share, round=round))
    if any(row.accepted for row in rows):
        raise Refusal("这项任务已经确认完成", next_step="不需要再报告。")
    last = rows[-1] if rows else None
    waiting = last is not None and last.state == Progress.State.DONE and last.accepted is None
    if waiting:
        raise Refusal("上一次报告还在等待确认", next_step="请等区司法局确认或者退回后再报告。")
    if last is not None and day < last.on:
        faults["on"] = f"报告日早于上一次报告（{last.on}）。"
    if state == Progress.State.DONE and file is None:
        before = Deliverable.objects.unscoped("本单位此前的成果").filter(share=share, progress__round=round)
        if not before.exists():
            faults["file"] = "报告完成的，请附上成果或者证明材料。"
        elif last is not None and last.accepted is False:
            faults["file"] = "上次的成果被退回，请附上补正后的成果。"
    if faults:
        raise InputFault(faults)


@action("programme.review", policy=may_review, on="progress", records=(TASK_PROGRESS_REVIEWED,), basis=DUTY)
def review_progress(
    *,
    actor: Actor,
    progress: Progress,
    accept: bool,
    opinion: str = "",
    redo_by: date | None = None,
    elements: Sequence[str] = (),
    on: date | None = None,
) -> Progress:
    """Confirm what a unit reported as done, or return it with what is lacking and by when.

    ``elements``: what was found in the deliverable; it is confirmed only with all that the task asks for.
    """
    locked = Progress.objects.unscoped("确认").select_for_update().get(pk=progress.pk)
    allowed = may_review(actor, locked)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    programme = progress.share.task.programme
    day = on or programme.today()
    faults = {}
    if not accept and len(opinion.strip()) < LEAST:
        faults["opinion"] = "退回的，请写明要补充或者更正什么。"
    if not accept and redo_by is None:
        faults["redo_by"] = "退回的，请写明补正期限。"
    if not accept and redo_by is not None and redo_by < day:
        faults["redo_by"] = "补正期限早于退回之日。"
    asked = progress.share.task.terms.get(until_on=None).elements
    lacking = [each for each in asked if each not in elements]
    if accept and lacking:
        faults["elements"] = f"成果中没有核对到：{'、'.join(lacking)}。要素齐全才能确认，缺的请退回补正。"
    if day < locked.on:
        faults[""] = f"单位 {locked.on} 才报告，不能更早确认。"
    if faults:
        raise InputFault(faults)
    locked.accepted, locked.opinion = accept, opinion.strip()[:300]
    locked.elements = [each for each in asked if each in elements]
    locked.redo_by = None if accept else redo_by
    locked.reviewed_on, locked.reviewed_label = day, actor.label
    locked.save()
    code = progress.share.task.code
    told = {"task": code, "progress": locked.pk, "accepted": accept}
    tell(actor, programme, TASK_PROGRESS_REVIEWED, told, agency=locked.agency_id, on=day)
    notify(
        title=f"试点任务 {code} 已确认完成" if accept else f"试点任务 {code} 退回补正，期限 {redo_by}",
        body=locked.opinion, url=f"/programmes/{programme.key}/tasks/{code}", agency_code=locked.agency_id, capability=REPORT,
    )  # fmt: skip
    return locked


@action("programme.name", policy=may_act_for, on="agency", records=(RESPONSIBLE_NAMED,), basis=NAMES)
def name_responsible(
    *,
    actor: Actor,
    programme: Programme,
    agency: str,
    department: str,
    person: str,
    position: str = "",
    on: date | None = None,
) -> Responsible:
    """Report the unit's 责任部门和责任人 to 区司法局; another one from another day ends the earlier."""
    day = on or programme.today()
    blank = {"department": department, "person": person}
    faults = {name: "请填写，名单报区司法局。" for name, said in blank.items() if not said.strip()}
    shares = Share.objects.unscoped("本单位是否承担任务").filter(task__programme=programme, agency_id=agency)
    if not shares.exists():
        faults[""] = "这个单位在方案中没有任务。"
    last = (
        Responsible.objects.unscoped("此前的责任人")
        .select_for_update()
        .filter(programme=programme, agency_id=agency, until_on=None)
        .first()
    )
    if last is not None and day < last.since_on:
        faults[""] = f"现在的责任人从 {last.since_on} 起负责，不能更早更换。"
    if faults:
        raise InputFault(faults)
    if last is not None:
        last.until_on = max(day - timedelta(days=1), last.since_on)
        last.save(update_fields=["until_on"])
    made = Responsible.objects.create(
        programme=programme, agency_id=agency, department=department.strip()[:60], person=person.strip()[:40],
        position=position.strip()[:40], since_on=day, by_label=actor.label,
    )  # fmt: skip
    tell(actor, programme, RESPONSIBLE_NAMED, {"responsible": made.pk}, agency=agency, on=day)
    return made


def open_rounds(term_due: Sequence[date], confirmed: set[int]) -> list[int]:
    """The deadlines of a share that are still open, by their number."""
    return [number for number in range(1, max(1, len(term_due)) + 1) if number not in confirmed]
