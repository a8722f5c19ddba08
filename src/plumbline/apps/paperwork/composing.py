"""What a document says: the facts of its step in the words of the step's own form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.packs.procedures import Ask, Step
from plumbline.vocabulary import MISSING, Event, load_vocabulary

Fact = dict[str, str]


def facts_of(step: Step, event: Event, details: Mapping[str, Any], labels: Mapping[str, str]) -> list[Fact]:
    """Label and text for everything the step asks; a gap is shown as a gap, never left out."""
    facts: list[Fact] = [{"label": "日期", "text": event.occurred_at[:10], "gap": ""}]
    for ask in step.asks:
        value = details.get(ask.path[1:], MISSING) if ask.is_detail else _walk(event.data, ask.path)
        if value is MISSING:
            if ask.required and not ask.given and _asked(ask, event.data):
                facts.append({"label": _label(step, ask), "text": "", "gap": "1"})
            continue
        if value in (None, "", [], ()):
            continue
        facts.append({"label": _label(step, ask), "text": _text(step, ask, value, labels), "gap": ""})
    people = [labels.get(actor.id, actor.id) for actor in event.actors or ()]
    if people:
        facts.append({"label": "办理人员", "text": "、".join(people), "gap": ""})
    return facts


def _asked(ask: Ask, data: Mapping[str, Any]) -> bool:
    """Whether the step asked this at all: ``method=postal`` asks for the posting day only of a postal service."""
    if not ask.when:
        return True
    path, _, wanted = ask.when.partition("=")
    value = _walk(data, path)
    chosen = value if isinstance(value, list) else [value]
    return any(str(each) in wanted.split(",") for each in chosen)


def _walk(data: Any, path: str) -> Any:
    for part in path.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return MISSING
        data = data[part]
    return data


def _spec(step: Step, path: str) -> Mapping[str, Any]:
    words = load_vocabulary()
    fields: Any = words.activities[step.activity].fields
    *parents, leaf = path.split(".")
    for name in parents:
        fields = words.objects[str(fields[name]["type"]).strip("[]?")]
    return fields[leaf]  # type: ignore[no-any-return]


def _label(step: Step, ask: Ask) -> str:
    if ask.label:
        return ask.label
    return str(_spec(step, ask.path).get("zh", ask.path)).split("（")[0]


def _text(step: Step, ask: Ask, value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if not ask.is_detail:
        spec = _spec(step, ask.path)
        base = str(spec["type"]).strip("[]?")
        if base == "fen":
            whole, cents = divmod(int(value), 100)
            return f"{whole:,}.{cents:02d} 元"
        words = load_vocabulary().enums.get(base, {})
        if isinstance(value, list):
            return "、".join(words.get(each, labels.get(str(each), str(each))) for each in value)
        if isinstance(value, Mapping):
            return "；".join(f"{key}：{each}" for key, each in value.items())
        return words.get(str(value), str(value))
    if isinstance(value, list):
        return "、".join(labels.get(str(each), str(each)) for each in value)
    choices = dict(ask.choices)
    return choices.get(str(value), str(value))
