"""Reading whole inputs: bytes as they come, what only shows across lines, and errors that name the line."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.vocabulary import check_voids, read_events
from plumbline.vocabulary.reading import MAX_ERRORS, MAX_LINE_BYTES
from tests.vocabulary.documents import WORDS, minimal


def event(event_id: str = "E-1", **changes: Any) -> dict[str, Any]:
    return {**minimal("case_filed"), "id": event_id, **changes}


def line(event_id: str = "E-1", **changes: Any) -> bytes:
    return orjson.dumps(event(event_id, **changes))


def refused(*lines: bytes | str) -> list[tuple[int, str | None, str]]:
    return [(e.line, e.field, e.code) for e in read_events(WORDS, lines).errors]


def test_line_endings_and_empty_lines() -> None:
    reading = read_events(
        WORDS, [line("A") + b"\r\n", b"\r\n", b"", b"   \t\n", line("B") + b"\n", line("C")]
    )
    assert reading.errors == []
    assert [(e.id, e.order) for e in reading.events] == [("A", 1), ("B", 5), ("C", 6)]


def test_nothing_at_all() -> None:
    reading = read_events(WORDS, [])
    assert (reading.events, reading.errors) == ([], [])


def test_text_lines_are_read_too() -> None:
    assert len(read_events(WORDS, [line().decode()]).events) == 1
    assert refused(line().decode().replace("C-1", "\ud800")) == [(1, None, "E-ENCODING")]


@pytest.mark.parametrize(
    ("broken", "code", "says"),
    [
        (b"\xef\xbb\xbf" + line(), "E-ENCODING", "BOM"),
        (line().decode().encode("utf-16"), "E-ENCODING", "UTF-8"),
        ('{"id":"测试"}'.encode("gb18030"), "E-ENCODING", "UTF-8"),
        (line()[:-1] + b"\xff}", "E-ENCODING", "UTF-8"),
        (line()[:-20], "E-JSON", "截断"),
        (b'"', "E-JSON", "引号"),
        (line() + line("B"), "E-JSON", "JSON"),
        (b"[]", "E-JSON", "JSON 对象"),
        (b"NaN", "E-JSON", "JSON"),
        (b'{"id":NaN}', "E-JSON", "JSON"),
        (b"[" * 100_000, "E-JSON", "嵌套"),
        (line()[:-1] + b',"agency":"A-2"}', "E-JSON", "agency 写了两次"),
        (line()[:-1] + b',"agenc\\u0079" : "A-2"}', "E-JSON", "agency 写了两次"),
        (line()[:-1] + b',"x_a":{"k":"\\u003a\\u003A","k":1}}', "E-JSON", "k 写了两次"),
    ],
)
def test_unreadable_line(broken: bytes, code: str, says: str) -> None:
    reading = read_events(WORDS, [line("A"), broken, line("C")])
    assert [(e.line, e.event, e.field, e.code) for e in reading.errors] == [(2, None, None, code)]
    assert reading.errors[0].message_zh.startswith("第2行：")
    assert says in reading.errors[0].message_zh
    assert [e.id for e in reading.events] == ["A", "C"]


def test_colons_in_values_are_no_double_keys() -> None:
    fine = line(x_note='a:"b":c', x_more="https://例:1") + b"  "
    assert refused(fine, line("B", x_note="x").replace(b"x_note", b"x\\u005fnote")) == []
    assert refused(line("C", x_note="x").replace(b'"x"', b'"\\u003a:"')) == []


def test_longest_line_is_read_and_a_longer_one_refused() -> None:
    room = MAX_LINE_BYTES - len(line(x_fill=""))
    longest = line(x_fill="x" * room)
    assert len(longest) == MAX_LINE_BYTES
    assert refused(longest + b"\r\n") == []
    assert refused(line(x_fill="x" * (room + 1))) == [(1, None, "E-ENCODING")]
    assert "1 MiB" in read_events(WORDS, [longest + b"  x"]).errors[0].message_zh


def test_replay_is_ignored_and_other_content_refused() -> None:
    spelled = orjson.dumps(event("A"), option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2).replace(b"\n", b" ")
    reading = read_events(WORDS, [line("A"), spelled, line("A", agency="A-2")])
    assert [e.id for e in reading.events] == ["A"]
    assert [(e.line, e.event, e.field, e.code) for e in reading.errors] == [(3, "A", "id", "E-CONFLICT")]


def test_matter_keeps_its_kind() -> None:
    other = {**minimal("clue_received"), "id": "B", "kind": "inspection"}
    reading = read_events(WORDS, [line("A"), orjson.dumps(other)])
    assert [(e.line, e.field, e.code) for e in reading.errors] == [(2, "kind", "E-KIND")]
    assert "inspection" in reading.errors[0].message_zh


def test_errors_are_capped_and_reading_ends() -> None:
    read = 0

    def lines() -> Any:
        nonlocal read
        for _ in range(5000):
            read += 1
            yield b"{}"

    reading = read_events(WORDS, lines())
    assert len(reading.errors) == MAX_ERRORS
    assert read < 200  # seven required fields are missing in each


def test_voiding_what_is_not_there() -> None:
    def void(event_id: str, target: str, matter: str = "M-1") -> dict[str, Any]:
        data = {"voids": target, "reason": "录入错误"}
        return {**minimal("event_voided"), "id": event_id, "kind": "penalty", "matter": matter, "data": data}

    documents = [
        event("A"),
        event("B", matter="M-2"),
        void("V1", "A"),
        void("V2", "B"),
        void("V3", "nowhere"),
        void("V4", "V4"),
        void("V5", "held"),
        void("V6", "held", "M-3"),
    ]
    reading = read_events(WORDS, [orjson.dumps(each) for each in documents])
    assert reading.errors == []
    found = check_voids(reading.events, {"held": "M-1"})
    assert [(e.line, e.event, e.field, e.code) for e in found] == [
        (4, "V2", "data.voids", "E-VOID"),
        (5, "V3", "data.voids", "E-VOID"),
        (6, "V4", "data.voids", "E-VOID"),
        (8, "V6", "data.voids", "E-VOID"),
    ]
    assert "请核对" in found[0].message_zh


@given(st.lists(st.binary(max_size=60) | st.sampled_from([line(), line()[:40], b"{}", b"null"]), max_size=6))
def test_reading_never_raises(lines: list[bytes]) -> None:
    reading = read_events(WORDS, lines)
    for error in reading.errors:
        assert 1 <= error.line <= len(lines)
        assert error.code in WORDS.error_codes
        assert error.message_zh
        assert error.message_en
