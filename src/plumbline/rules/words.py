"""Chinese words for fields, activities and values, from the event contract."""

from __future__ import annotations

from functools import cache
from typing import Any

from plumbline.vocabulary import load_vocabulary


@cache
def _value_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for values in load_vocabulary().enums.values():
        for value, zh in values.items():
            words.setdefault(value, zh)
    for activity in load_vocabulary().activities:
        words.setdefault(activity, f"“{activity_zh(activity)}”")
    return words


@cache
def _field_words() -> dict[str, str]:
    vocabulary = load_vocabulary()
    words: dict[str, str] = {}
    groups = [vocabulary.objects, vocabulary.registers, vocabulary.register_objects]
    for fields in [f for group in groups for f in group.values()] + [
        a.fields for a in vocabulary.activities.values()
    ]:
        for name, spec in fields.items():
            words.setdefault(name, spec.get("zh", name).split("（")[0].split("；")[0])
    return words | {
        "party": "当事人",
        "violation": "违法行为",
        "item": "执法事项",
        "domain": "领域",
        "kind": "类别",
    }


def value_zh(value: Any) -> str:
    """A value as it is said: true is 是, null is 无, an enum value its Chinese word."""
    if value is True:
        return "是"
    if value is False:
        return "否"
    if value is None:
        return "无"
    if isinstance(value, (list, tuple)):
        return "、".join(value_zh(each) for each in value)
    return _value_words().get(value, value) if isinstance(value, str) else str(value)


def field_zh(path: str) -> str:
    """A field path in words: the last part's Chinese name."""
    return "的".join(_field_words().get(part, part) for part in path.split("."))


def activity_zh(name: str) -> str:
    return load_vocabulary().activity_zh(name)


def path_zh(path: str) -> str:
    """A path of ``missing`` in words, e.g. ``decision_made.outcome`` → 「作出决定」的结果."""
    head, _, rest = path.partition(".")
    if head == "registers":
        name = rest.split(".")[0]
        return f"登记册 {_REGISTERS.get(name, name)}"
    if head == "case":
        return f"案件的{field_zh(rest)}"
    if head.startswith("@"):
        return {
            "@actors": "参与人员",
            "@agency": "机关",
            "@occurred_at": "发生时间",
            "@links": "关联事项",
        }.get(head, head)
    return f"“{activity_zh(head)}”的{field_zh(rest)}" if rest else f"“{activity_zh(head)}”"


_REGISTERS = {
    "agencies": "机关",
    "officers": "执法人员",
    "reviewers": "法制审核人员",
    "entrustments": "委托",
    "power_items": "执法事项",
    "legal_review_list": "法制审核目录",
    "benchmarks": "裁量基准",
    "hearing_thresholds": "听证数额标准",
    "inspection_list": "检查事项",
    "monitoring_devices": "监控设备",
    "normative_documents": "规范性文件",
    "holidays": "节假日",
    "settings": "参数",
}
