"""XES and OCEL: the structure that the standards give, every event and every verdict in it, nothing lost on the way."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from defusedxml.ElementTree import parse

from plumbline.rules.check_command import main
from plumbline.rules.logs import LogFault
from plumbline.rules.logs.contract_xes import contract_events, is_contract_log
from plumbline.surfaces.exchange.log_convert import main as convert
from plumbline.vocabulary import load_vocabulary, validate_event

from .reports import ODD, USUAL, many, verdicts, written

X = "{http://www.xes-standard.org/}"
#: Each kind of attribute and whether its value is well formed.
VALUES = {
    "string": lambda text: True,
    "date": lambda text: text[16] == ":" and datetime.fromisoformat(text).tzinfo is not None,
    "int": lambda text: str(int(text)) == text,
    "float": lambda text: float(text) is not None,
    "boolean": lambda text: text in {"true", "false"},
    "id": lambda text: str(UUID(text)) == text,
}
NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")


def _tag(element: Any) -> str:
    assert element.tag.startswith(X), element.tag
    return str(element.tag.removeprefix(X))


def _check_attribute(element: Any) -> None:
    """An attribute after IEEE 1849: key and value (none of a list or container), and attributes of its own."""
    tag = _tag(element)
    assert NAME.fullmatch(element.get("key")), element.get("key")
    if tag == "list":
        assert element.get("value") is None
        (values,) = list(element)
        assert _tag(values) == "values"
        children = list(values)
    elif tag == "container":
        assert element.get("value") is None
        children = list(element)
    else:
        assert set(element.attrib) == {"key", "value"}
        assert VALUES[tag](element.get("value")), (tag, element.attrib)
        children = list(element)
    for child in children:
        _check_attribute(child)


def _log(path: Path) -> Any:
    log = parse(path).getroot()
    assert _tag(log) == "log"
    assert log.get("xes.version")
    order = ["extension", "global", "classifier", "attribute", "trace"]
    parts = [(_tag(each) if _tag(each) in order else "attribute") for each in log]
    assert parts == sorted(parts, key=order.index)
    declared = {each.get("prefix") for each in log.iter(f"{X}extension")}
    for each in log:
        if _tag(each) == "extension":
            assert set(each.attrib) == {"name", "prefix", "uri"}
        elif _tag(each) == "global":
            assert each.get("scope") in {"trace", "event"}
            for attribute in each:
                _check_attribute(attribute)
        elif _tag(each) == "classifier":
            assert set(each.attrib) == {"name", "keys"}
        elif _tag(each) == "trace":
            kinds = ["event" if _tag(child) == "event" else "attribute" for child in each]
            assert kinds == sorted(kinds)  # attributes before events
            for child in each:
                for attribute in child if _tag(child) == "event" else [child]:
                    _check_attribute(attribute)
        else:
            _check_attribute(each)
    keys = {each.get("key") for each in log.iter() if each.get("key")}
    assert {key.split(":")[0] for key in keys if ":" in key} <= declared
    needed = {scope.get("scope"): {each.get("key") for each in scope} for scope in log.iter(f"{X}global")}
    for trace in log.iter(f"{X}trace"):
        assert needed["trace"] <= {each.get("key") for each in trace}
        for event in trace.iter(f"{X}event"):
            own = [each.get("key") for each in event]
            assert needed["event"] <= set(own)
            assert len(own) == len(set(own))
    return log


def _values(event: Any) -> dict[str, str]:
    return {each.get("key"): each.get("value") for each in event}


def _found(log: Any) -> list[tuple[Any, ...]]:
    """The verdicts of a log as matter, subject, rule, verdict, due, days used."""
    found = []
    for trace in log.iter(f"{X}trace"):
        matter = _values(trace)["concept:name"]
        for event in trace.findall(f"{X}event"):
            lists = [each for each in event if each.get("key") == "plumbline.verdicts"]
            verdicts_of_event = [verdict for each in lists for verdict in each.find(f"{X}values")]
            for verdict in verdicts_of_event:
                own = _values(verdict)
                assert own["rule"] == verdict.get("key")
                subject = _values(event)["plumbline.id"]
                found.append(
                    (matter, subject, own["rule"], verdict.get("value"), own.get("due"), own.get("days_used"))
                )
            breaches = sum(verdict.get("value") == "breached" for verdict in verdicts_of_event)
            assert _values(event).get("plumbline.breaches", "0") == str(breaches)
    return sorted(found, key=str)


def test_an_xes_log_has_the_structure_of_the_standard_and_every_verdict(tmp_path: Path) -> None:
    log = _log(written(tmp_path, "xes"))
    expected = [
        (v["matter"], v["subject"], v["rule"], v["verdict"], v["due"], None if v["days_used"] is None else str(v["days_used"]))
        for v in verdicts(tmp_path)
    ]  # fmt: skip
    assert _found(log) == sorted(expected, key=str)
    first = _values(next(log.iter(f"{X}event")))
    assert first["lifecycle:transition"] == "complete"


def test_an_xes_log_is_read_back_as_the_same_events(tmp_path: Path) -> None:
    path = written(tmp_path, "xes")
    sent = [orjson.loads(line) for line in (tmp_path / "events.jsonl").read_bytes().splitlines()]
    back = list(contract_events(path))
    assert {event["id"]: event for event in back} == {
        event["id"]: event | {"data": _without_controls(event.get("data", {}))} for event in sent
    }
    assert len(back) == len(sent)
    vocabulary = load_vocabulary()
    assert [error for event in back for error in validate_event(vocabulary, event, 1)] == []


def _without_controls(value: Any) -> Any:
    """XML has no place for control characters; they become the mark of a character that was lost."""
    if isinstance(value, dict):
        return {key: _without_controls(each) for key, each in value.items()}
    return value.replace("\x01", "\ufffd") if isinstance(value, str) else value


def test_a_check_of_the_xes_log_gives_the_same_verdicts(tmp_path: Path) -> None:
    path = written(tmp_path, "xes")
    assert main([str(path), *USUAL, "--out", str(tmp_path / "again.jsonl")]) == 0
    assert [orjson.loads(line) for line in (tmp_path / "again.jsonl").read_bytes().splitlines()] == verdicts(
        tmp_path
    )


def test_the_converter_reads_the_log_by_a_mapping_too(tmp_path: Path) -> None:
    """As any other XES log: activity, time and named fields, under ids that the converter makes."""
    path = written(tmp_path, "xes")
    names = sorted({event["activity"] for event in contract_events(path)})
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "kind: penalty\nagency: AG-ST-003\ncase: case\nactivity: 'concept:name'\ntime: 'time:timestamp'\nactivities:\n"
        + "".join(
            f"  {name}: {{activity: {name}, data: {{{'measure: text' if name == 'evidence_preregistered' else ''}}}}}\n"
            for name in names
        ),
        "utf-8",
    )
    out = tmp_path / "converted.jsonl"
    assert convert([str(path), "--mapping", str(mapping), "--out", str(out)]) == 0
    converted = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    assert [(e["matter"], e["activity"], e["occurred_at"][:10]) for e in converted] == [
        (e["matter"], e["activity"], e["occurred_at"][:10]) for e in contract_events(path)
    ]
    assert {e["data"].get("measure") for e in converted if e["activity"] == "evidence_preregistered"} >= {
        "M1"
    }


def test_the_converter_needs_no_mapping_for_our_own_log(tmp_path: Path) -> None:
    path, out = written(tmp_path, "xes"), tmp_path / "converted.jsonl"
    assert convert([str(path), "--out", str(out)]) == 0
    assert [orjson.loads(line) for line in out.read_bytes().splitlines()] == list(contract_events(path))


def test_what_does_not_count_yet_is_marked(tmp_path: Path) -> None:
    log = _log(written(tmp_path, "xes"))
    uncounted = [
        _values(event)["plumbline.id"]
        for event in log.iter(f"{X}event")
        if _values(event).get("plumbline.counted") == "false"
    ]
    assert uncounted == ["B-3", "B-4"]  # voided, and what voids it


def test_a_log_of_another_version_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "xes")
    path.write_text(
        path.read_text("utf-8").replace('"plumbline.contract" value="1"', '"plumbline.contract" value="2"'),
        "utf-8",
    )
    with pytest.raises(LogFault, match="第 2 版"):
        is_contract_log(path)


# -- OCEL --------------------------------------------------------------------------------------------------------------

#: The published JSON schema of OCEL 2.0, as the keys an entry must have, may have, and what each holds.
ATTRIBUTE = {"name": str, "value": str}
DATED = {**ATTRIBUTE, "time": datetime}
DECLARED = {"name": str, "type": str}
RELATION = {"objectId": str, "qualifier": str}
TYPE = {"name": str, "attributes": [DECLARED]}
SCHEMA: dict[str, Any] = {
    "eventTypes": [TYPE],
    "objectTypes": [TYPE],
    "events": [{"id": str, "type": str, "time": datetime, "attributes": [ATTRIBUTE], "relationships": [RELATION]}],
    "objects": [{"id": str, "type": str, "attributes": [DATED], "relationships": [RELATION]}],
}  # fmt: skip
TYPES = {"string", "time", "integer", "float", "boolean"}


def _check(value: Any, schema: Any, path: str = "") -> None:
    if isinstance(schema, dict):
        assert set(value) == set(schema), path
        for name, inner in schema.items():
            _check(value[name], inner, f"{path}.{name}")
    elif isinstance(schema, list):
        assert isinstance(value, list), path
        for number, each in enumerate(value):
            _check(each, schema[0], f"{path}[{number}]")
    else:
        assert isinstance(value, str), path
        if schema is datetime:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00", value), path
            datetime.fromisoformat(value)


def _as(kind: str, text: str) -> Any:
    return {
        "string": str, "time": datetime.fromisoformat, "integer": int, "float": float,
        "boolean": {"true": True, "false": False}.__getitem__,
    }[kind](text)  # fmt: skip


@pytest.fixture
def ocel(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(written(tmp_path, "ocel").read_bytes())
    return found


def test_an_ocel_log_follows_the_published_schema_and_refers_to_what_is_there(ocel: dict[str, Any]) -> None:
    _check(ocel, SCHEMA)
    for kind in ("event", "object"):
        declared = {
            each["name"]: {a["name"]: a["type"] for a in each["attributes"]} for each in ocel[f"{kind}Types"]
        }
        assert len(declared) == len(ocel[f"{kind}Types"])
        assert {t for attributes in declared.values() for t in attributes.values()} <= TYPES
        assert {each["type"] for each in ocel[f"{kind}s"]} == set(declared)
        for each in ocel[f"{kind}s"]:
            for attribute in each["attributes"]:
                _as(declared[each["type"]][attribute["name"]], attribute["value"])
    ids = [each["id"] for each in ocel["objects"]]
    assert len(ids) == len(set(ids))
    named = {r["objectId"] for each in [*ocel["events"], *ocel["objects"]] for r in each["relationships"]}
    assert named <= set(ids)


def test_an_ocel_log_holds_every_event_and_every_verdict(tmp_path: Path, ocel: dict[str, Any]) -> None:
    sent = [orjson.loads(line) for line in (tmp_path / "events.jsonl").read_bytes().splitlines()]
    assert {(e["id"], e["type"], e["time"][:10]) for e in ocel["events"]} == {
        (e["id"], e["activity"], e["occurred_at"][:10]) for e in sent
    }
    found = {}
    for each in ocel["objects"]:
        if each["type"] == "verdict":
            own = {a["name"]: a["value"] for a in each["attributes"]}
            about = [r["objectId"] for r in each["relationships"] if r["qualifier"] == "about"]
            applies = [r["objectId"] for r in each["relationships"] if r["qualifier"] == "applies"]
            assert applies == [f"rule#{own['rule']}"]
            found[each["id"]] = (*about, own["rule"], own["verdict"])
    pointing = [
        (found[r["objectId"]][0], e["id"], *found[r["objectId"]][1:])
        for e in ocel["events"]
        for r in e["relationships"]
        if r["qualifier"] == "subject_of"
    ]
    expected = [(v["matter"], v["subject"], v["rule"], v["verdict"]) for v in verdicts(tmp_path)]
    assert sorted(pointing) == sorted(expected)


def test_an_ocel_log_keeps_links_persons_agencies_and_numbered_things(ocel: dict[str, Any]) -> None:
    objects = {each["id"]: each for each in ocel["objects"]}
    events = {
        each["id"]: {(r["objectId"], r["qualifier"]) for r in each["relationships"]}
        for each in ocel["events"]
    }
    assert objects["B"]["type"] == "penalty"
    assert objects["B"]["relationships"] == [
        {"objectId": "WZ-CG-2026-0107", "qualifier": "related"},
        {"objectId": "ELSEWHERE-1", "qualifier": "arises_from"},
    ]
    assert objects["ELSEWHERE-1"]["type"] == "outside_matter"
    assert {
        ("B", "matter"), ("agency#AG-ST-003", "by"), ("person#HB17ST00301", "officer"), ("party#P-9", "party")
    } <= events["B-1"]  # fmt: skip
    assert ("measure#B#M1", "measure") in events["B-2"]
    assert {"objectId": "B", "qualifier": "in"} in objects["measure#B#M1"]["relationships"]
    street = {a["name"]: a["value"] for a in objects["agency#AG-ST-003"]["attributes"]}
    assert street["name_zh"] == "新洲区人民政府仓埠街道办事处"
    (person,) = objects["person#HB17ST00301"]["attributes"]
    assert person == {"name": "agency", "value": "AG-ST-003", "time": "2023-06-01T00:00:00+08:00"}
    filed = {
        a["name"]: a["value"] for each in ocel["events"] if each["id"] == "B-1" for a in each["attributes"]
    }
    assert (filed["known_none"], filed["date_only"], filed["violation.act"]) == (
        "violation.ended_on",
        "true",
        "ACT-9",
    )


def test_the_odd_matter_is_one_the_contract_accepts() -> None:
    vocabulary = load_vocabulary()
    assert [error for event in ODD for error in validate_event(vocabulary, event, 1)] == []


def test_many_is_what_it_says(tmp_path: Path) -> None:
    assert len(many(tmp_path / "e.jsonl", 2).read_bytes().splitlines()) == 2 * 17 + len(ODD)
