"""What a plan would change in a programme that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .models import Programme, TaskTerm
from .plan import Plan, PlanTask

LABELS = {
    "section": "部分", "title": "任务", "units": "责任主体", "due": "时限", "deliverable": "成果", "demand": "要求",
    "recurs": "每年期限", "nature": "性质", "refs": "对应", "after": "先完成", "points": "分值", "stage": "由哪项记录完成",
    "unit_stated": "单位由方案写明", "links": "平台页面", "elements": "成果的要素",
}  # fmt: skip


HEAD = {
    "title": "名称", "number": "文号", "issuer": "印发机关", "issued_on": "印发日", "from_on": "起", "to_on": "止",
    "phases": "阶段", "conflicts": "不一致之处",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Codes of new and dropped tasks; (label, before, after) of the plan's own head, and of each changed task's fields."""

    added: list[str]
    dropped: list[str]
    changed: dict[str, list[tuple[str, str, str]]]
    head: list[tuple[str, str, str]]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed or self.head)


def difference(programme: Programme | None, plan: Plan) -> Difference:
    if programme is None:
        return Difference([told.code for told in plan.tasks], [], {}, [])
    current = {
        term.task.code: term
        for term in TaskTerm.objects.filter(task__programme=programme, until_on=None).select_related("task")
    }
    wanted = {told.code: told for told in plan.tasks}
    changed = {
        code: found
        for code, told in wanted.items()
        if code in current and (found := _fields(current[code], told, programme, plan))
    }
    return Difference(
        [code for code in wanted if code not in current],
        [code for code in current if code not in wanted],
        changed,
        _of_head(programme, plan),
    )


def _of_head(programme: Programme, plan: Plan) -> list[tuple[str, str, str]]:
    told = plan.as_json()
    return [
        (label, _said(before), _said(after))
        for name, label in HEAD.items()
        if (before := _plain(getattr(programme, name))) != (after := told[name])
    ]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _fields(term: TaskTerm, told: PlanTask, programme: Programme, plan: Plan) -> list[tuple[str, str, str]]:
    found = []
    for name, label in LABELS.items():
        before, after = _said(getattr(term, name)), _said(getattr(told, name))
        if before != after:
            found.append((label, before, after))
    then = {code for name in term.units for code in programme.groups.get(name, ())}
    now = {code for name in told.units for code in plan.groups.get(name, ())}
    if then != now:
        found.append(("单位名单", f"{len(then)} 个", f"{len(now)} 个"))
    return found


def _said(value: object) -> str:
    """A value in words: what a list holds one after the other, of a row its parts."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return " ".join(said for each in value.values() if (said := _said(each)))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(_said(each) for each in value)
    return str(value)
