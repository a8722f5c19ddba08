"""What somebody has to do in a challenge now, whose post it is, and by when; kept on the row, drawn by the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from plumbline.apps.cases.contract import Clock, closed_because, open_clocks, settled_by
from plumbline.lawbook import cited
from plumbline.packs.procedures import Step
from plumbline.platform import clock

from .models import Stage
from .progress import progress_of, stage_of
from .reading import ChallengeFile

APPEAR = "appear"


@dataclass(frozen=True)
class Duty:
    """``due_on`` as ISO text, so that the row can keep it; ``unit`` of the law's own count."""

    key: str
    title: str
    where: str
    capability: str
    url: str
    verb: str = "办理"
    basis: str = ""
    due_on: str = ""
    unit: str = ""
    rule: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        return asdict(self)


def duties(file: ChallengeFile, clocks: Sequence[Clock]) -> list[Duty]:
    """The next legal step, every open duty with a clock of its own, and the head's appearance."""
    if stage_of(file) in {Stage.CLOSED, Stage.VOID}:
        return []
    running = open_clocks(clocks)
    progress = progress_of(file, clocks)
    found = [*_appearance(file)]
    leading = progress.next_step
    spoken: set[str] = set()
    if leading is not None:
        settled = settled_by(leading, running)
        spoken |= {settled.rule} if settled else set()
        # What another body will send is waited for, not done.
        if settled is not None or not leading.outside:
            found.append(_of_step(file, leading, settled))
    for step in file.procedure.steps.values():
        settled = settled_by(step, running)
        returned = step.key in file.returned and step is not leading
        if closed_because(step, file) is not None:
            continue
        if not returned and (settled is None or settled.rule in spoken):
            continue
        spoken |= {settled.rule} if settled else set()
        found.append(_of_step(file, step, settled))
    return sorted(found, key=lambda duty: duty.due_on or "9999")


def _of_step(file: ChallengeFile, step: Step, settled: Clock | None) -> Duty:
    due = settled.due_on.isoformat() if settled and settled.due_on else ""
    unit = settled.unit if settled else ""
    basis = cited(settled.rule) if settled else step.basis
    if step.key == "judgment_performed" and not due:
        # The court's own day stands in its judgment, not in a rule.
        due, basis = str(file.detail("judgment_received", "redo_by")), "生效裁判指定的期限"
    where = file.procedure.phase(step.phase).label
    waiting, returned = file.waiting.get(step.key), file.returned.get(step.key)
    if waiting is not None:
        # The approver's own task is the request's; here the deadline stays in sight while it waits.
        return Duty(
            key=f"waiting:{step.key}",
            title=f"等待审批：{step.label}",
            where=where,
            capability="",
            url=f"/cases/{file.challenge.case.matter_id}/requests/{waiting.pk}",
            basis=basis,
            due_on=due,
            unit=unit,
            rule=settled.rule if settled else "",
        )
    if returned is not None:
        basis = f"{returned.decided_label}退回：{returned.opinion}"[:120]
    return Duty(
        key=f"step:{step.key}",
        title=f"补正：{step.label}" if returned else step.label,
        where=where,
        capability=step.capability,
        url=f"{file.page}/steps/{step.key}",
        verb="补正" if returned else "报批" if step.approval else "办理",
        basis=basis,
        due_on=due,
        unit=unit,
        rule=settled.rule if settled else "",
    )


def hearing_ahead(file: ChallengeFile) -> tuple[date, str] | None:
    """The day of the next hearing that was notified and not yet held, and what it is."""
    for notice, held, what in (
        ("court_hearing_notified", "trial_held", "开庭"),
        ("reconsideration_hearing_notice_served", "reconsideration_hearing_held", "复议听证"),
    ):
        waiting = file.all(notice)[len(file.all(held)) :]
        days = [str(file.details.get(event.id, {}).get("held_on", "")) for event in waiting]
        known = sorted(day for day in days if day)
        if known and file.ended is None:
            return date.fromisoformat(known[0]), what
    return None


def _appearance(file: ChallengeFile) -> list[Duty]:
    """The head has to come, or to say in writing why not: a task of the head's own post until the day is over."""
    ahead = hearing_ahead(file)
    if ahead is None or ahead[0] < clock.today():
        return []
    day, what = ahead
    explained = file.last("absence_explained")
    notice = file.last("court_hearing_notified", "reconsideration_hearing_notice_served")
    if explained is not None and notice is not None and explained.on >= notice.on:
        return []
    court = what == "开庭"
    return [
        Duty(
            key=APPEAR,
            title=f"{'出庭应诉' if court else '参加复议听证'}，或者书面说明不能参加的理由",
            where=what,
            capability="cases.approve",
            url=file.page,
            verb="查看",
            basis="行政诉讼法第三条" if court else "行政复议法第五十一条",
            due_on=day.isoformat(),
            unit="cd",
        )
    ]
