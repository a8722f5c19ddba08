"""What was typed for a step, in words: for the approver, the reviewer and the printed page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from plumbline.packs.procedures import Ask, Step
from plumbline.vocabulary import load_vocabulary

from .composing import get
from .fields import contract_spec


@dataclass(frozen=True)
class Line:
    """A field in words. ``before`` is what the notice said, where the proposal differs from it."""

    label: str
    text: str
    path: str
    before: str = ""
    long: bool = False
    raw: Any = None


def lines_of(
    step: Step,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    names: Mapping[str, str],
) -> list[Line]:
    """Every answered field of a step, in the order of its form."""
    found = []
    for ask in step.asks:
        value = details.get(ask.path[1:]) if ask.is_detail else get(data, ask.path)
        if value in (None, "", []):
            continue
        found.append(_line(step, ask, value, names))
    return found


def _line(step: Step, ask: Ask, value: Any, names: Mapping[str, str]) -> Line:
    if ask.kind == "officers":
        text = "、".join(f"{names.get(number, '')} {number}".strip() for number in value)
        return Line(ask.label, text, ask.path, raw=value)
    if ask.kind == "presider":
        return Line(ask.label, names.get(value, value), ask.path, raw=value)
    if ask.is_detail:
        shown = dict(ask.choices).get(str(value), value)
        return Line(ask.label, in_words(shown, ""), ask.path, long=ask.kind == "long", raw=value)
    if ask.kind == "benchmark" and isinstance(value, Mapping):
        return Line("裁量基准", f"{value['benchmark']} {value['step']}", ask.path, raw=value)
    spec = contract_spec(step.activity, ask.path)
    label = ask.label or str(spec.get("zh", ask.path)).split("（")[0]
    return Line(label, in_words(value, str(spec["type"]).strip("[]?")), ask.path, raw=value)


def in_words(value: Any, kind: str) -> str:
    """A contract value in Chinese: enum words, yuan, yes and no."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(in_words(each, kind) for each in value)
    if kind == "fen" and isinstance(value, int):
        return f"{value / 100:,.2f} 元"
    vocabulary = load_vocabulary()
    if kind in vocabulary.enums:
        return vocabulary.label(kind, str(value))
    return str(value)


def changed(line: Line, before: Mapping[str, Any]) -> Line:
    """The line with what the notice said, where that is something else."""
    old = get(before, line.path)
    if old is None or old == line.raw:
        return line
    kind = {
        "penalty.fine": "fen",
        "penalty.confiscation": "fen",
        "penalty.kinds": "penalty_kind",
    }
    return replace(line, before=in_words(old, kind.get(line.path, "")))
