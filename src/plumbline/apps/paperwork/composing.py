"""Values of events and of step forms in the words a document uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.packs.procedures import Ask, Step
from plumbline.vocabulary import MISSING, load_vocabulary

from .amounts import in_figures

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(text: str) -> str:
    """A moment of the log (local time) as a person writes it; a day alone stays a day."""
    if len(text) <= 10:
        return day_zh(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{day_zh(moment.date())}{moment.hour}时{minutes}"


def walk(data: Any, path: str) -> Any:
    for part in path.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return MISSING
        data = data[part]
    return data


def words_of_detail(step: Step | None, name: str, value: Any, labels: Mapping[str, str]) -> str:
    """A detail that a step's form keeps beside its event."""
    ask = _ask(step, f"@{name}")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        if ask is not None and ask.kind == "plan":
            return instalments_zh(value)
        return "、".join(labels.get(str(each), str(each)) for each in value)
    if value is None:
        return ""
    choices = dict(ask.choices) if ask else {}
    text = choices.get(str(value), str(value))
    if ask and ask.kind == "presider":
        return labels.get(text, text).split("（")[0]
    return labels.get(text, text) if ask and ask.kind in ("officers", "staff") else _dated(text)


def instalments_zh(plan: list[Any]) -> str:
    """A plan of payments, a line each: number, amount, day."""
    return "\n".join(
        f"第{n}期｜{in_figures(each['amount'])}｜{day_zh(date.fromisoformat(each['on']))}"
        for n, each in enumerate(plan, 1)
    )


def words_of_field(activity: str, path: str, value: Any, labels: Mapping[str, str]) -> str:
    """A field of an event, worded by the event contract's own types and enumerations."""
    kind = _kind(activity, path)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind == "fen" and isinstance(value, int):
        return in_figures(value)
    words = load_vocabulary().enums.get(kind, {})
    if isinstance(value, list):
        return "、".join(words.get(str(each), labels.get(str(each), str(each))) for each in value)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{each}" for key, each in value.items())
    text = str(value)
    return words.get(text, labels.get(text, _dated(text)))


def _dated(text: str) -> str:
    if _DAY.match(text) or _MOMENT.match(text):
        try:
            return moment_zh(text)
        except ValueError:
            return text
    return text


def _ask(step: Step | None, path: str) -> Ask | None:
    return next((ask for ask in step.asks if ask.path == path), None) if step is not None else None


def _kind(activity: str, path: str) -> str:
    """The contract's type of a field, without the marks of lists and options; empty for an unknown one."""
    words = load_vocabulary()
    known = words.activities.get(activity)
    fields: Any = known.fields if known is not None else {}
    *parents, leaf = path.split(".")
    for name in parents:
        if name not in fields:
            return ""
        fields = words.objects.get(str(fields[name]["type"]).strip("[]?"), {})
    return str(fields[leaf]["type"]).strip("[]?") if leaf in fields else ""
