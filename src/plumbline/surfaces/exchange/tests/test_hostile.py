"""Input that is broken or meant to break: each refused with line, reason and remedy, and nothing written."""

from __future__ import annotations

import orjson
import pytest

from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import system_actor
from plumbline.surfaces.exchange.importing import import_events
from plumbline.vocabulary import bounded_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]

EVENT = {
    "id": "H-1",
    "matter": "H-M",
    "kind": "penalty",
    "activity": "clue_verified",
    "occurred_at": "2026-03-03T10:00:00+08:00",
    "recorded_at": "2026-03-03T10:20:00+08:00",
    "agency": "AG-ST-003",
    "data": {"established": True},
}


def _line(**changes: object) -> bytes:
    return orjson.dumps(EVENT | changes) + b"\n"


def _nested(depth: int) -> bytes:
    return _line(data={"x_bomb": 0}).replace(b'"x_bomb":0', b'"x_bomb":' + b"[" * depth + b"]" * depth)


HOSTILE = {
    "cut off": (_line()[:60] + b"\n", "E-JSON", "引号"),
    "two objects in a line": (_line().strip() * 2 + b"\n", "E-JSON", "JSON"),
    "a list": (b"[1, 2]\n", "E-JSON", "对象"),
    "a number": (b"17\n", "E-JSON", "对象"),
    "raw NUL": (_line().replace(b"H-M", b"H\x00M"), "E-JSON", "NUL"),
    "NUL in an own field": (_line(data={"x_note": "a\u0000b"}), "E-TYPE", "空字符"),
    "NUL in the name of an own field": (_line(data={"x_a\u0000": 1}), "E-TYPE", "空字符"),
    "half a character": (_line(data={"x_a": "q"}).replace(b'"q"', b'"\\ud800"'), "E-JSON", "JSON"),
    "ten megabytes in a line": (_line(data={"x_note": "长" * 3_500_000}), "E-ENCODING", "1 MiB"),
    "nested beyond reading": (_nested(100_000), "E-JSON", "嵌套"),
    "nested beyond sense": (_nested(500), "E-TYPE", "嵌套"),
    "GBK": ('{"id":"H-1","data":{"x_note":"行政处罚"}}\n'.encode("gbk"), "E-ENCODING", "GBK"),
    "UTF-16": (_line().decode().encode("utf-16"), "E-ENCODING", "UTF-16"),
    "BOM": (b"\xef\xbb\xbf" + _line(), "E-ENCODING", "BOM"),
    "no such day": (_line(occurred_at="2026-02-30"), "E-TIME", "日期"),
    "no zone": (_line(occurred_at="2026-03-03T10:00:00"), "E-TIME", "+08:00"),
    "another zone": (_line(occurred_at="2026-03-03T10:00:00+09:00"), "E-TIME", "+08:00"),
    "recorded before": (_line(recorded_at="2026-03-01T10:20:00+08:00"), "E-TIME", "早于"),
    "the far future": (
        _line(occurred_at="9999-12-31", recorded_at="9999-12-31T23:59:59+08:00"),
        "E-TIME",
        "晚于现在",
    ),
    "unknown activity": (_line(activity="clue_verifyed"), "E-ACTIVITY", "clue_verified"),
    "unknown kind": (_line(kind="penalties"), "E-ENUM", "penalties"),
    "unknown field": (_line(data={"establised": True}), "E-FIELD", "established"),
    "unknown agency": (_line(agency="NOWHERE"), "E-ENUM", "NOWHERE"),
    "a sum beyond all readers": (
        _line(activity="fine_paid", data={"amount": 2**60}),
        "E-TYPE",
        "不能大于",
    ),
    "a fraction of a fen": (_line(activity="fine_paid", data={"amount": 6000.5}), "E-TYPE", "整数"),
    "an id with a quote": (_line(id="H'; DROP TABLE events;--"), "E-TYPE", "字母"),
    "voids what is not there": (
        _line(activity="event_voided", data={"voids": "NOPE", "reason": "误报"}),
        "E-VOID",
        "NOPE",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_its_reason(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    line, code, word = HOSTILE[name]
    path = tmp_path_factory.mktemp("hostile") / "events.jsonl"
    path.write_bytes(_line(id="H-0") + line)
    with path.open("rb") as source:
        done = import_events(bounded_lines(source), actor=system_actor("import"))

    assert done.intake is None
    error = done.errors[0]
    assert (error.line, error.code) == (2, code)
    assert word in error.message_zh
    assert error.message_zh.startswith("第2行")
    assert len(error.message_zh) < 700
    assert StoredEvent.objects.unscoped("test").count() == 0


def test_an_id_twice_with_other_content_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    done = import_events([_line(), _line(data={"established": False})], actor=system_actor("import"))
    assert [(e.line, e.code) for e in done.errors] == [(2, "E-CONFLICT")]


def test_a_thousand_errors_are_enough() -> None:
    done = import_events([b"{\n"] * 5000, actor=system_actor("import"))
    assert len(done.errors) == 1000


def test_own_fields_of_every_form_are_kept_as_they_are() -> None:
    own = {"x_list": [1, {"b": [None, True, "\u2028"]}], "x_float": 1.5, "x_emoji": "🐎", "x_empty": ""}
    done = import_events([_line(data={"established": True, **own})], actor=system_actor("import"))
    assert done.errors == []
    assert StoredEvent.objects.unscoped("test").get().data == {"established": True, **own}
