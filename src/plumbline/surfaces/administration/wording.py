"""The audit log's rows in Chinese: what was done, to what, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from plumbline.platform.actions import registered_actions
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.events.models import AccessKind, AccessRecord, StoredEvent
from plumbline.platform.filters import id_in
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS, CAPABILITIES
from plumbline.platform.identity.models import Person, Scope
from plumbline.platform.identity.rights.events import RIGHTS
from plumbline.vocabulary import load_vocabulary

# Acts that are no actions: reading, opening a closed page, coming and going.
READING = {
    "cases.read_identity": "查看当事人身份",
    "cases.read": "因工作需要查阅案件",
    "evidence.open": "打开证据文件",
    "identity.authenticator_set": "启用动态口令",
    "identity.password_changed": "修改自己的密码",
    "identity.login": "登录",
    "identity.logout": "退出",
    "identity.login_failed": "登录失败",
}
SILENT = {"evidence.open"}  # its reason is the name of a file of the case


def kinds_zh() -> dict[str, str]:
    return {**dict(AccessKind.choices), RIGHTS: "权限变动"}


def action_zh(name: str) -> str:
    """The Chinese name of an act: its own, else that of the first event it records."""
    if name in READING:
        return READING[name]
    if name in declared_activities():
        return declared_activities()[name]
    if name.startswith("open."):
        return "打开管理员页面"
    spec = registered_actions().get(name)
    if spec is None:
        return name
    first = spec.records[0] if spec.records else ""
    return declared_activities().get(first) or load_vocabulary().activity_zh(first) or name


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every act that can stand in the log, by group, for the filter."""
    from plumbline.platform.identity.rights import events

    rights = [v for k, v in vars(events).items() if k.isupper() and v != RIGHTS]
    acts = sorted((name, action_zh(name)) for name in registered_actions())
    return [
        ("权限变动", [(name, action_zh(name)) for name in [*rights, "audit_exported"]]),
        ("查阅和登录", list(READING.items())),
        ("被拒绝的办理", acts),
    ]


@dataclass(frozen=True)
class Words:
    """Names of the people that some rows are about, read in one query."""

    names: Mapping[int, str]

    @classmethod
    def for_rows(cls, rows: Sequence[AccessRecord | StoredEvent]) -> Words:
        numbers = {number for row in rows if (number := _person_of(row)) is not None}
        people = Person.objects.filter(pk__in=numbers) if numbers else Person.objects.none()
        return cls({p.pk: f"{p.display_name}（{p.login_name}）" for p in people})

    def subject(self, row: AccessRecord | StoredEvent) -> str:
        number = _person_of(row)
        parts = [self.names.get(number, f"人员 {number}")] if number is not None else []
        if isinstance(row, StoredEvent):
            if title := row.data.get("post_title"):
                parts.append(f"岗位“{title}”")
            return "，".join(parts)
        return "".join(parts) or _kind_and_number(row.subject)

    def reason(self, row: AccessRecord | StoredEvent) -> str:
        if isinstance(row, AccessRecord):
            return "" if row.action in SILENT else row.reason
        return _details(row.data)


def _person_of(row: AccessRecord | StoredEvent) -> int | None:
    if isinstance(row, StoredEvent):
        told = row.data.get("person")
        return told if isinstance(told, int) else None
    label, _, number = row.subject.partition(":")
    return (id_in(number) or None) if label == "identity.Person" else None


def _kind_and_number(subject: str) -> str:
    """``cases.Case:12`` as 「案件 12」; anything that is no row of a table is left as it is."""
    label, _, number = subject.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {number}"
    except (LookupError, ValueError):
        return subject


def _details(data: Mapping[str, Any]) -> str:
    """What a change of rights says beside whom it concerns."""

    def capabilities(names: Sequence[str]) -> str:
        return "、".join(CAPABILITIES.get(each, each) for each in names)

    parts = []
    if power := data.get("power"):
        parts.append(ADMINISTRATOR_POWERS.get(power, power))
    if data.get("from_on") or data.get("to_on"):
        start, end = data.get("from_on"), data.get("to_on")
        parts.append(f"自 {start} 至 {end or '另行结束'}" if start else f"最后一日 {end}")
    for name, word in (("capabilities", "权能"), ("added", "增加"), ("removed", "减少")):
        if data.get(name):
            parts.append(f"{word}：{capabilities(data[name])}")
    if data.get("scope"):
        parts.append(f"范围：{dict(Scope.choices).get(data['scope'], data['scope'])}")
    if data.get("filter"):
        parts.append(f"筛选：{data['filter']}")
    if data.get("rows") is not None:
        parts.append(f"{data['rows']} 行")
    if data.get("reason"):
        parts.append(f"理由：{data['reason']}")
    return "；".join(parts)
