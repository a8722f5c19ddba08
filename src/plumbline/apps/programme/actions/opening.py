"""Taking a notice in as a programme, and changing what it says from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..comparing import difference
from ..events import PROGRAMME_OPENED, PROGRAMME_REVISED, TASK_DEADLINE_CHANGED
from ..models import Kind, Programme, Share, Task, TaskTerm
from ..plan import Plan, PlanTask
from ..policies import REPORT, may_lead

KIND = "programme"
BASIS = "新政办[2022]14号 三、四"


def tell(
    actor: Actor,
    programme: Programme,
    activity: str,
    data: Mapping[str, Any],
    *,
    agency: str = "",
    on: date | None = None,
) -> None:
    record(
        actor=actor, matter=programme.matter_id, kind=KIND, activity=activity, agency=agency or programme.agency_id,
        data=data, occurred_at=on,
    )  # fmt: skip


@action("programme.open", policy=may_lead, records=(PROGRAMME_OPENED,), basis=BASIS)
def open_programme(
    *, actor: Actor, plan: Plan, agency: Agency, on: date | None = None, shown_on: date | None = None
) -> Programme:
    """Take a notice in: its tasks in force from its date, each unit with its own share."""
    if Programme.objects.filter(key=plan.key).exists():
        raise InputFault({"": f"编码为“{plan.key}”的方案已经纳入。要调整它，请以同一编码上传并核对差异。"})
    opened = on or plan.issued_on
    programme = Programme.objects.create(
        key=plan.key, matter_id=f"FA-{plan.key}", agency=agency, opened_on=opened, opened_label=actor.label,
        shown_on=shown_on, **_head(plan),
    )  # fmt: skip
    tasks = Task.objects.bulk_create(
        Task(programme=programme, code=told.code, kind=told.kind, order=order)
        for order, told in enumerate(plan.tasks)
    )
    pairs = list(zip(tasks, plan.tasks, strict=True))
    TaskTerm.objects.bulk_create(_term(task, told, opened, actor, "") for task, told in pairs)
    Share.objects.bulk_create(
        Share(task=task, agency_id=code, lead=lead, since_on=opened)
        for task, told in pairs
        for code, lead in members(told, plan.groups)
    )
    tell(actor, programme, PROGRAMME_OPENED, {"tasks": len(tasks), "number": plan.number}, on=opened)
    _tell_units(programme, f"新的工作方案：{plan.title}", "请报送责任部门和责任人，按时限报告任务进展。")
    return programme


def _head(plan: Plan) -> dict[str, Any]:
    told = plan.as_json()
    return {
        "title": plan.title, "number": plan.number, "issuer": plan.issuer, "issued_on": plan.issued_on,
        "from_on": plan.from_on, "to_on": plan.to_on, "phases": told["phases"], "conflicts": told["conflicts"],
        "groups": told["groups"],
    }  # fmt: skip


def _term(task: Task, told: PlanTask, since: date, actor: Actor, reason: str) -> TaskTerm:
    return TaskTerm(
        task=task, since_on=since, reason=reason, section=told.section, title=told.title,
        deliverable=told.deliverable, demand=told.demand, units=list(told.units), unit_stated=told.unit_stated,
        due=list(told.due), recurs=told.recurs, nature=told.nature, refs=list(told.refs), after=list(told.after),
        body_only=told.body_only, stage=told.stage, links=[list(each) for each in told.links], elements=list(told.elements), points=told.points, by_label=actor.label,
    )  # fmt: skip


def members(told: PlanTask, groups: Mapping[str, Iterable[str]]) -> list[tuple[str, bool]]:
    """The units that share a task, each once; ``True`` for those of the name that stands first.

    A duty of the body that the annex has a row for is done there and has no share of its own.
    """
    if told.kind == Kind.BODY and told.refs and not told.body_only:
        return []
    found: dict[str, bool] = {}
    for place, name in enumerate(told.units):
        for code in groups.get(name, ()):
            found.setdefault(code, place == 0)
    return list(found.items())


def _tell_units(programme: Programme, title: str, body: str) -> None:
    units = (
        Share.objects.unscoped("通知各责任单位")
        .filter(task__programme=programme, until_on=None)
        .values_list("agency_id", flat=True)
    )
    for code in sorted(set(units)):
        notify(
            title=title,
            body=body,
            url=f"/programmes/{programme.key}/units/{code}",
            agency_code=code,
            capability=REPORT,
        )


@action("programme.revise", policy=may_lead, records=(PROGRAMME_REVISED,), basis=BASIS)
def revise_programme(
    *, actor: Actor, programme: Programme, plan: Plan, reason: str, on: date | None = None
) -> Programme:
    """Let a changed plan hold from a day on: changed tasks get a further wording, dropped ones end, new ones begin."""
    day = on or programme.today()
    if not reason.strip():
        raise InputFault({"reason": "请写明调整的依据或者理由。"})
    current = {
        term.task.code: term
        for term in TaskTerm.objects.filter(task__programme=programme, until_on=None).select_related("task")
    }
    if any(term.since_on >= day for term in current.values()) and day <= programme.opened_on:
        raise InputFault({"": "方案当天刚纳入，请从次日起调整。"})
    found = difference(programme, plan)
    last = day - timedelta(days=1)
    for code in found.dropped:
        _end(current[code], last)
        Share.objects.unscoped("任务取消").filter(task=current[code].task, until_on=None).update(
            until_on=last
        )
    tasks = {task.code: task for task in programme.tasks.all()}
    for order, told in enumerate(plan.tasks):
        if told.code not in found.added and told.code not in found.changed:
            continue
        task = tasks.get(told.code) or Task.objects.create(
            programme=programme, code=told.code, kind=told.kind, order=order
        )
        if told.code in current:
            _end(current[told.code], last)
        _term(task, told, day, actor, reason.strip()[:200]).save()
        _share_out(task, told, plan.groups, day)
    for name, value in _head(plan).items():
        setattr(programme, name, value)
    programme.save()
    tell(
        actor, programme, PROGRAMME_REVISED,
        {"added": found.added, "changed": sorted(found.changed), "dropped": found.dropped, "head": found.head, "reason": reason.strip()}, on=day,
    )  # fmt: skip
    _tell_units(programme, f"工作方案有调整：{programme.title}", reason.strip()[:200])
    return programme


def _end(term: TaskTerm, last: date) -> None:
    term.until_on = max(last, term.since_on)
    term.save(update_fields=["until_on"])


def _share_out(task: Task, told: PlanTask, groups: Mapping[str, Iterable[str]], day: date) -> None:
    wanted = dict(members(told, groups))
    there = {
        share.agency_id: share
        for share in Share.objects.unscoped("调整责任单位").filter(task=task, until_on=None)
    }
    for code, share in there.items():
        if code not in wanted:
            share.until_on = day - timedelta(days=1)
            share.save(update_fields=["until_on"])
    Share.objects.bulk_create(
        Share(task=task, agency_id=code, lead=lead, since_on=day)
        for code, lead in wanted.items()
        if code not in there
    )


@action("programme.deadline", policy=may_lead, records=(TASK_DEADLINE_CHANGED,), basis=BASIS)
def change_deadline(
    *, actor: Actor, task: Task, due: list[date], reason: str, on: date | None = None
) -> TaskTerm:
    """Let another deadline hold from a day on; the earlier one stays in the history with its reason."""
    day = on or task.programme.today()
    current = task.terms.select_for_update().get(until_on=None)
    if not reason.strip():
        raise InputFault({"reason": "请写明调整时限的依据或者理由。"})
    if not due:
        raise InputFault({"due": "请写明新的时限。"})
    if sorted(due) == list(current.due):
        raise InputFault({"due": "与现在的时限相同。"})
    if len(due) != max(1, len(current.due)):
        raise InputFault({"due": f"这项任务有 {max(1, len(current.due))} 次时限，请逐次写明。"})
    if day <= current.since_on:
        raise InputFault({"": f"现在的内容从 {current.since_on} 起生效，调整请从次日起。"})
    _end(current, day - timedelta(days=1))
    old = [each.isoformat() for each in current.due]
    current.pk, current._state.adding = None, True
    current.since_on, current.until_on, current.due = day, None, sorted(due)
    current.reason, current.by_label = reason.strip()[:200], actor.label
    current.save()
    tell(
        actor, task.programme, TASK_DEADLINE_CHANGED,
        {"task": task.code, "from": old, "to": [d.isoformat() for d in current.due], "reason": current.reason}, on=day,
    )  # fmt: skip
    _tell_units(
        task.programme, f"{task.code} 时限调整为 {'、'.join(str(d) for d in current.due)}", current.reason
    )
    return current
