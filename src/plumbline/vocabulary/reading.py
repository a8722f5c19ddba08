"""Reading a whole input: every line, then what only shows across lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from .contract import Vocabulary
from .errors import InputError
from .event import Event
from .validation import validators

MAX_ERRORS = 1000
MAX_LINE_BYTES = 1_048_576


@dataclass
class Reading:
    """The events of an input in line order, each once, and what is wrong with it (at most 1,000 errors)."""

    events: list[Event] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


def read_events(vocabulary: Vocabulary, lines: Iterable[bytes | str]) -> Reading:
    """Read and validate JSON Lines. Empty lines are passed over; a replay within the input is ignored."""
    check = validators(vocabulary).event
    reading = Reading()
    errors = reading.errors
    seen: dict[str, bytes] = {}
    kinds: dict[str, str] = {}
    for number, raw in enumerate(lines, start=1):
        line = raw.encode() if isinstance(raw, str) else raw
        if len(errors) >= MAX_ERRORS:
            break
        if not line.strip():
            continue
        if len(line) > MAX_LINE_BYTES:
            errors.append(
                _unreadable(number, "E-ENCODING", "这一行超过 1 MiB，请核对是否缺少换行", "line too long")
            )
            continue
        try:
            document = orjson.loads(line)
        except orjson.JSONDecodeError as fault:
            errors.append(_not_json(number, line, fault))
            continue
        found = check(document, number)
        if found:
            errors.extend(found)
            continue
        # Content is compared as JSON: sorted keys make two spellings of one content equal.
        canonical = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
        event = Event.from_json(document, number)
        before = seen.setdefault(event.id, canonical)
        if before is not canonical:
            if before != canonical:
                errors.append(
                    _across(
                        event,
                        "id",
                        "E-CONFLICT",
                        f"事件号 {event.id} 已在前面出现而内容不同。更正请另发作废事件",
                    )
                )
            continue
        kind = kinds.setdefault(event.matter, event.kind)
        if kind != event.kind:
            errors.append(
                _across(event, "kind", "E-KIND", f"事项 {event.matter} 前面是 {kind}，类别不能改变")
            )
            continue
        reading.events.append(event)
    del errors[MAX_ERRORS:]
    return reading


def check_voids(events: Iterable[Event], known: dict[str, str] | None = None) -> list[InputError]:
    """Voided events that do not exist, or belong to another matter. ``known`` are events held already: id → matter."""
    everything = list(events)
    matters = {**(known or {}), **{event.id: event.matter for event in everything}}
    return [
        _across(event, "data.voids", "E-VOID", f"作废的事件 {event.data['voids']} 不存在或不属于本事项")
        for event in everything
        if event.activity == "event_voided" and matters.get(event.data["voids"]) != event.matter
    ]


def _not_json(number: int, line: bytes, fault: Exception) -> InputError:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return _unreadable(number, "E-ENCODING", "不是 UTF-8 编码。请在导出时选择 UTF-8", "not UTF-8")
    if line.startswith(b"\xef\xbb\xbf"):
        return _unreadable(
            number, "E-ENCODING", "文件开头有 BOM，请另存为不带 BOM 的 UTF-8", "byte order mark"
        )
    return _unreadable(number, "E-JSON", f"不是一个 JSON 对象（{fault}）", "not one JSON object")


def _unreadable(number: int, code: str, zh: str, en: str) -> InputError:
    return InputError(number, None, None, code, f"第{number}行：{zh}", f"line {number}: {en}")


def _across(event: Event, field_name: str, code: str, zh: str) -> InputError:
    return InputError(
        event.order,
        event.id,
        field_name,
        code,
        f"第{event.order}行：{zh}",
        f"line {event.order}: {field_name}: {code}",
    )
