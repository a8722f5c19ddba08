"""Every activity of the contract, every field, every fault: refused where it is, with what to do."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.vocabulary import Event, Registers, json_schema, validate_event
from plumbline.vocabulary.validation import validators
from tests.vocabulary.documents import ACTIVITIES, WORDS, accepts, minimal, object_of, spoiled, value_of

SCHEMA = json_schema(WORDS)
# Faults that no schema can say: impossible days (the form is checked by both).
BEYOND_SCHEMA: set[str] = set()


def faults(document: Any, line: int = 7) -> list[Any]:
    return validate_event(WORDS, document, line)


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_minimal_and_whole_event_pass(activity: str) -> None:
    for whole in (False, True):
        document = minimal(activity, whole=whole)
        assert [error.message_zh for error in faults(document)] == []
        assert accepts(SCHEMA, document, SCHEMA)
        event = Event.from_json(document, 1)
        assert Event.from_json(event.to_json(), 1) == event
        assert orjson.loads(orjson.dumps(document)) == document


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_event_of_every_kind_it_may_occur_in(activity: str) -> None:
    for kind in WORDS.kinds:
        found = faults({**minimal(activity), "kind": kind})
        if kind in WORDS.activities[activity].kinds:
            assert found == []
        else:
            assert [(e.code, e.field) for e in found] == [("E-ACTIVITY", "activity")]
            assert WORDS.kinds[kind] in found[0].message_zh


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_each_spoiled_field_is_refused_where_it_is(activity: str) -> None:
    tried = 0
    for case in spoiled(activity):
        found = faults(case.document)
        assert (case.field, case.code) in {(e.field, e.code) for e in found}, (case.what, found)
        error = next(e for e in found if e.field == case.field)
        assert (error.line, error.event) == (7, "E-1")
        assert error.message_zh.startswith(f"第7行：{case.field} ")
        assert error.message_en.startswith("line 7: ")
        assert any("\u4e00" <= c <= "\u9fff" for c in error.message_zh[len(case.field) + 5 :])
        assert len(error.message_zh) < 600
        if case.what not in BEYOND_SCHEMA:
            assert not accepts(SCHEMA, case.document, SCHEMA), case.what
        tried += 1
    assert tried or not WORDS.activities[activity].fields


@pytest.mark.parametrize("field", [name for name, spec in WORDS.envelope.items() if spec.get("required")])
def test_each_required_field_of_the_envelope(field: str) -> None:
    document = minimal("case_filed")
    del document[field]
    assert [(e.field, e.code) for e in faults(document)] == [(field, "E-REQUIRED")]
    assert "请补填" in faults(document)[0].message_zh
    assert not accepts(SCHEMA, document, SCHEMA)
    document[field] = None
    assert field in {e.field for e in faults(document)}
    assert not accepts(SCHEMA, document, SCHEMA)


def altered(**changes: Any) -> dict[str, Any]:
    return {**minimal("case_filed"), **changes}


@pytest.mark.parametrize(
    ("changes", "field", "code", "says"),
    [
        ({"occurred_at": "2026-02-30"}, "occurred_at", "E-TIME", "2026-02-30"),
        ({"occurred_at": "0000-01-01"}, "occurred_at", "E-TIME", "0000-01-01"),
        ({"occurred_at": "2026-3-2"}, "occurred_at", "E-TIME", "如 2026-03-02"),
        ({"occurred_at": "2026-03-02T25:00+08:00"}, "occurred_at", "E-TIME", "25:00"),
        ({"occurred_at": "2026-03-02T09:30:00Z"}, "occurred_at", "E-TIME", "+08:00"),
        ({"occurred_at": "2026-03-02T09:30:00+09:00"}, "occurred_at", "E-TIME", "北京时间"),
        ({"occurred_at": "2026-03-02 09:30:00+08:00"}, "occurred_at", "E-TIME", "T09:30"),
        ({"occurred_at": "2026-03-02T09:30:00.1234567+08:00"}, "occurred_at", "E-TIME", "1234567"),
        ({"recorded_at": "2026-03-02"}, "recorded_at", "E-TIME", "2026-03-02"),
        ({"recorded_at": "2026-03-01T10:00:00+08:00"}, "recorded_at", "E-TIME", "早于"),
        ({"v": 2}, "v", "E-ENUM", "只支持 1"),
        ({"v": True}, "v", "E-TYPE", "整数"),
        ({"v": 0}, "v", "E-ENUM", "收到 0"),
        ({"activity": None}, "activity", "E-TYPE", "null"),
        ({"activity": 5}, "activity", "E-TYPE", "5"),
        ({"activity": "case_fild"}, "activity", "E-ACTIVITY", "case_filed（立案）"),
        ({"kind": "penality"}, "kind", "E-ENUM", "penality"),
        ({"data": []}, "data", "E-TYPE", "对象"),
        ({"data": None}, "data", "E-TYPE", "null"),
        ({"agency": "A\0"}, "agency", "E-TYPE", "字母"),
        ({"agancy": "A-1"}, "agancy", "E-FIELD", "agency"),
        ({"actors": [{"id": "E-1"}]}, "actors[0].role", "E-REQUIRED", "角色"),
        ({"actors": [{"id": "E-1", "role": "chief"}]}, "actors[0].role", "E-ENUM", "officer（执法人员）"),
        ({"actors": {}}, "actors", "E-TYPE", "列表"),
        ({"links": [{"matter": "M-2", "rel": "cousin"}]}, "links[0].rel", "E-ENUM", "cousin"),
        ({"source": {"device": "D1"}}, "source.system", "E-REQUIRED", "来源系统"),
        ({"x_note": "a\0b"}, "x_note", "E-TYPE", "空字符"),
        ({"x_deep": {"a": ["b\0"]}}, "x_deep", "E-TYPE", "空字符"),
        ({"x_n": [2**60]}, "x_n", "E-TYPE", "写成文字"),
        ({"id": ["E-1"]}, "id", "E-TYPE", "列表（1 项）"),
    ],
)
def test_envelope_fault(changes: dict[str, Any], field: str, code: str, says: str) -> None:
    found = [e for e in faults(altered(**changes)) if e.field == field]
    assert [e.code for e in found] == [code]
    assert says in found[0].message_zh


@pytest.mark.parametrize(
    "occurred", ["2026-03-02T09:30+08:00", "2026-03-02T09:30:00+08:00", "2026-03-02T09:30:00.1+08:00"]
)
def test_every_form_of_an_instant_is_read(occurred: str) -> None:
    document = altered(occurred_at=occurred)
    assert faults(document) == []
    assert Event.from_json(document, 1).at is not None


def test_required_when_a_sister_says_so() -> None:
    fine = minimal("decision_made")
    fine["data"] = {**fine["data"], "outcome": "penalty", "penalty": {"kinds": ["warning", "fine"]}}
    assert [(e.field, e.code) for e in faults(fine)] == [("data.penalty.fine", "E-REQUIRED")]
    assert not accepts(SCHEMA, fine, SCHEMA)
    fine["data"]["penalty"] = {"kinds": ["warning"]}
    assert faults(fine) == []
    assert accepts(SCHEMA, fine, SCHEMA)
    del fine["data"]["penalty"]
    assert [(e.field, e.code) for e in faults(fine)] == [("data.penalty", "E-REQUIRED")]
    assert not accepts(SCHEMA, fine, SCHEMA)


def test_data_may_be_left_out_only_where_nothing_is_required() -> None:
    nothing, something = minimal("transfer_accepted"), minimal("case_filed")
    del nothing["data"], something["data"]
    assert faults(nothing) == []
    assert accepts(SCHEMA, nothing, SCHEMA)
    assert {e.field for e in faults(something)} == {"data.item", "data.domain", "data.party"}
    assert not accepts(SCHEMA, something, SCHEMA)


def test_own_fields_are_kept_and_bounded() -> None:
    own: Any = "leaf"
    for _ in range(30):
        own = [own]
    assert faults(altered(x_own=own)) == []
    for _ in range(900):
        own = [own]
    assert [(e.field, e.code) for e in faults(altered(x_own=own))] == [("x_own", "E-TYPE")]
    assert "嵌套" in faults(altered(x_own=own))[0].message_zh
    # As deep in the place of a value: the message stays short and nothing overflows.
    assert "列表（1 项）" in faults(altered(agency=own))[0].message_zh


def test_messages_stay_short_and_printable_whatever_is_sent() -> None:
    long = "x" * 100_000
    for document in (
        altered(activity=long),
        altered(kind=long),
        altered(**{long: 1}),
        altered(id=long),
        altered(**{"nul\0": 1}),
        altered(**{f"unknown{n}": 1 for n in range(5000)}),
        altered(data={"party": 10**5000}),
    ):
        found = faults(document)
        assert 0 < len(found) <= 100
        for error in found:
            assert len(error.message_zh) < 600
            assert len(error.field or "") <= 200
            assert "\0" not in f"{error.message_zh}{error.field}{error.event}{error.message_en}"
            assert orjson.dumps(error.to_json())


def test_half_a_character_is_refused() -> None:
    document = altered(x_note="\ud800")
    assert [e.code for e in faults(document)] == ["E-TYPE"]
    text = minimal("event_voided")
    text["data"]["reason"] = "\udfff"
    assert [e.field for e in faults(text)] == ["data.reason"]


@pytest.mark.parametrize("document", [None, [], "x", 1, True])
def test_what_is_no_object_is_refused(document: Any) -> None:
    assert [(e.code, e.field) for e in faults(document)] == [("E-JSON", None)]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(activity=st.sampled_from(ACTIVITIES), data=st.data())
def test_schema_and_validator_agree_on_random_changes(activity: str, data: st.DataObject) -> None:
    """Any JSON value in the place of any field: both accept it, or both refuse it."""
    document = minimal(activity, whole=data.draw(st.booleans()))
    inside = bool(document["data"]) and data.draw(st.booleans())
    holder = document["data"] if inside else document
    name = data.draw(st.sampled_from(sorted(holder)))
    holder[name] = data.draw(_JSON)
    found = faults(document)
    beyond = {"E-TIME"} | ({"E-TYPE"} if name.startswith("x_") else set())
    if {error.code for error in found} <= beyond and found:
        return
    assert (found == []) == accepts(SCHEMA, document, SCHEMA), found


@given(_JSON)
def test_validating_never_raises(document: Any) -> None:
    errors = faults(document)
    assert all(error.code in WORDS.error_codes for error in errors)
    if isinstance(document, dict):
        assert errors


# -- registers --------------------------------------------------------------------------------------------------------


def register_faults(document: Any) -> list[Any]:
    return validators(WORDS).registers(document)


@pytest.mark.parametrize("name", sorted(WORDS.registers))
def test_each_register_is_checked_row_by_row(name: str) -> None:
    row = object_of(WORDS.registers[name], whole=True)
    single = name in {"holidays", "settings"}
    place = f"registers.{name}" + ("" if single else "[1]")

    def put(changed: Any) -> dict[str, Any]:
        return {"registers": 1, name: changed if single else [row, changed]}

    assert register_faults(put(row)) == []
    for field, spec in WORDS.registers[name].items():
        if spec.get("required"):
            less = deepcopy(row)
            del less[field]
            assert [(e.field, e.code) for e in register_faults(put(less))] == [
                (f"{place}.{field}", "E-REQUIRED")
            ]
        wrong = register_faults(put({**row, field: 3.5}))
        assert [e.field for e in wrong] == [f"{place}.{field}"]
        assert wrong[0].line == 0
        assert wrong[0].message_zh.startswith("登记册：")
    assert [e.code for e in register_faults(put({**row, "unknwn": 1}))] == ["E-FIELD"]
    if not single:
        assert [e.code for e in register_faults({"registers": 1, name: {}})] == ["E-TYPE"]


@pytest.mark.parametrize(
    "document", [None, [], {}, {"registers": 2}, {"registers": True}, {"registers": 1.0}]
)
def test_registers_document_without_its_mark(document: Any) -> None:
    registers, errors = Registers.parse(WORDS, document)
    assert [(e.line, e.code) for e in errors] == [(0, "E-REQUIRED")]
    assert not registers.stated("officers")


def test_unknown_register_and_own_names() -> None:
    found = register_faults({"registers": 1, "officer": [], "x_ours": [1, {"a": None}]})
    assert [(e.field, e.code) for e in found] == [("registers.officer", "E-FIELD")]
    assert "officers" in found[0].message_zh
    assert [e.code for e in register_faults({"registers": 1, "x_ours": "\0"})] == ["E-TYPE"]


def test_schema_is_json_and_names_every_activity() -> None:
    text = json.dumps(SCHEMA, ensure_ascii=False)
    assert all(f'"{name}"' in text for name in ACTIVITIES)
    assert value_of("kind") in SCHEMA["$defs"]["kind"]["enum"]
