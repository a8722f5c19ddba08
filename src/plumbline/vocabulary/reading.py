"""Reading a whole input: every line, then what only shows across lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, cast

import orjson

from .contract import Vocabulary
from .errors import InputError
from .event import Event
from .validation import validators

MAX_ERRORS: Final = 1000
MAX_LINE_BYTES: Final = 1_048_576
_TOO_DEEP: Final = "括号层层嵌套过深，不是事件契约的内容，请核对导出程序"


@dataclass
class Reading:
    """The events of an input in line order, each once, and what is wrong with it (at most 1,000 errors)."""

    events: list[Event] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


def bounded_lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of a line that is too long only as much as shows that it is, however long it goes on."""
    while line := source.readline(MAX_LINE_BYTES + 1):
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = source.readline(MAX_LINE_BYTES + 1)
        yield line


def read_events(vocabulary: Vocabulary, lines: Iterable[bytes | str]) -> Reading:
    """Read and validate JSON Lines. Empty lines are passed over; a replay within the input is ignored."""
    reading = Reading()
    across = AcrossLines()
    for number, raw in enumerate(lines, start=1):
        if len(reading.errors) >= MAX_ERRORS:
            break
        # Half a surrogate pair cannot be encoded; passed on, it is refused as what it is: not UTF-8.
        line = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
        document, errors = read_line(vocabulary, line, number)
        reading.errors.extend(errors)
        if document is not None:
            error = across.clash(document, line, number)
            if error is not None:
                reading.errors.append(error)
            elif across.is_new:
                reading.events.append(Event.from_json(document, number))
    del reading.errors[MAX_ERRORS:]
    return reading


def read_line(
    vocabulary: Vocabulary, line: bytes, number: int
) -> tuple[dict[str, Any] | None, list[InputError]]:
    """The document of one line, or None with what is wrong with it; an empty line is neither."""
    if len(line.rstrip(b"\r\n")) > MAX_LINE_BYTES:
        zh = "这一行超过 1 MiB，请核对是否缺少换行"
        return None, [_unreadable(number, "E-ENCODING", zh, "line too long")]
    if not line.strip():
        return None, []
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError as fault:
        return None, [_not_json(number, line, fault)]
    errors = validators(vocabulary).event(document, number)
    if not errors and (twice := _key_given_twice(line, document)) is not None:
        zh = f"字段 {twice[:60]} 写了两次，不知以哪个为准。请只留一个"
        errors = [_unreadable(number, "E-JSON", zh, f"key {twice[:60]} given twice")]
    return (None, errors) if errors else (document, [])


def _key_given_twice(line: bytes, document: Any) -> str | None:
    """A key that an object of the line states twice; the parser keeps the last one and says nothing.

    Every dropped key drops its colon. Only where the colons differ, or one may be hidden in an escape, is the line read
    again by the slow parser.
    """
    if line.count(b":") == orjson.dumps(document).count(b":") and b"\\u003" not in line:
        return None
    twice: list[str] = []

    def collect(pairs: list[tuple[str, object]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                twice.append(key)
            seen.add(key)

    json.loads(line, object_pairs_hook=collect)
    return twice[0] if twice else None


class AcrossLines:
    """What only shows across lines: an id with other content, a matter that changes its kind.

    Keeps the lines themselves, not what they say: they are held by the reader anyway, or freed with this object.
    """

    def __init__(self) -> None:
        self._lines: dict[str, bytes] = {}
        self._kinds: dict[str, str] = {}
        self.is_new = False

    def clash(self, document: Mapping[str, Any], line: bytes, number: int) -> InputError | None:
        """What is wrong with a valid line after those before it; then ``is_new`` tells whether it is no replay."""
        return self.clash_of(document["id"], document["matter"], document["kind"], line, number)

    def clash_of(self, event: str, matter: str, kind: str, line: bytes, number: int) -> InputError | None:
        known_before = len(self._lines)
        before = self._lines.setdefault(event, line)
        self.is_new = len(self._lines) > known_before
        if not self.is_new:
            if _canonical(before) == _canonical(line):
                return None
            zh = f"事件号 {event} 已在前面出现而内容不同。更正请另发作废事件"
            return _across(number, event, "id", "E-CONFLICT", zh)
        known = self._kinds.setdefault(matter, kind)
        if known != kind:
            zh = f"事项 {matter} 前面是 {known}，这里是 {kind}。事项的类别不能改变，请更正或者另立事项"
            return _across(number, event, "kind", "E-KIND", zh)
        return None

    def matter_of(self, event: str) -> str | None:
        """The matter of an event read so far."""
        line = self._lines.get(event)
        return None if line is None else cast(str, orjson.loads(line)["matter"])


def _canonical(line: bytes) -> bytes:
    """Content is compared as JSON: sorted keys and stated defaults make two spellings of one content equal."""
    return orjson.dumps({"v": 1, "data": {}} | orjson.loads(line), option=orjson.OPT_SORT_KEYS)


def check_voids(events: Iterable[Event], known: dict[str, str] | None = None) -> list[InputError]:
    """Voided events that do not exist, belong to another matter, or void themselves.

    ``known`` are events held already: id → matter.
    """
    everything = list(events)
    matters = {**(known or {}), **{event.id: event.matter for event in everything}}
    return [
        bad_void(event.order, event.id, event.data["voids"])
        for event in everything
        if event.activity == "event_voided"
        and (matters.get(event.data["voids"]) != event.matter or event.data["voids"] == event.id)
    ]


def bad_void(number: int, event: str, target: str) -> InputError:
    """The error of an ``event_voided`` whose target is not an event of the same matter."""
    return _across(
        number,
        event,
        "data.voids",
        "E-VOID",
        f"作废的事件 {target} 不存在或不属于本事项。请核对事件号，或者把该事件一并报送",
    )


def _not_json(number: int, line: bytes, fault: orjson.JSONDecodeError) -> InputError:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or line[1:2] == b"\x00":
        return _unreadable(number, "E-ENCODING", "是 UTF-16 编码。请在导出时选择 UTF-8", "UTF-16")
    if line.startswith(b"\xef\xbb\xbf"):
        return _unreadable(
            number, "E-ENCODING", "文件开头有 BOM，请另存为不带 BOM 的 UTF-8", "byte order mark"
        )
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as wrong:
        zh = f"不是 UTF-8 编码（第{wrong.start + 1}个字节起，常见于 GBK 文件）。请在导出时选择 UTF-8"
        return _unreadable(number, "E-ENCODING", zh, f"not UTF-8 at byte {wrong.start + 1}")
    if b"\x00" in line:
        return _unreadable(number, "E-JSON", "含有空字符（NUL），请核对文件是否损坏", "holds a NUL")
    place = f"第{fault.colno}个字符附近"
    if "depth" in fault.msg:
        return _unreadable(number, "E-JSON", _TOO_DEEP, "nested too deeply")
    return _unreadable(
        number,
        "E-JSON",
        f"不是一个 JSON 对象（{place}），请核对引号、逗号和括号，以及这一行是否被截断",
        f"not JSON: {fault.msg}",
    )


def _unreadable(number: int, code: str, zh: str, en: str) -> InputError:
    return InputError(number, None, None, code, f"第{number}行：{zh}", f"line {number}: {en}")


def _across(number: int, event: str, field_name: str, code: str, zh: str) -> InputError:
    return InputError(
        number, event, field_name, code, f"第{number}行：{zh}", f"line {number}: {field_name}: {code}"
    )
