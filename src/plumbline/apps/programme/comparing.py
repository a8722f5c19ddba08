"""What a plan would change in a programme that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import Programme, TaskTerm
from .plan import Plan, PlanTask

LABELS = {
    "section": "部分", "title": "任务", "units": "责任主体", "due": "时限", "deliverable": "成果", "demand": "要求",
    "recurs": "每年期限", "nature": "性质", "refs": "对应", "after": "先完成", "points": "分值", "stage": "由哪项记录完成",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Codes of new and dropped tasks; of changed ones (label, before, after) for each field."""

    added: list[str]
    dropped: list[str]
    changed: dict[str, list[tuple[str, str, str]]]

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed)


def difference(programme: Programme | None, plan: Plan) -> Difference:
    if programme is None:
        return Difference([told.code for told in plan.tasks], [], {})
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
    )


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
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(str(each) for each in value)
    return str(value)
