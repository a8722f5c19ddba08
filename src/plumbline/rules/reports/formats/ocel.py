"""The events as an object-centric log (OCEL 2.0, JSON) with the verdicts on them, after section 10 of the contract.

Objects are what events share: the matter (its type is its kind), agencies, persons, parties, what carries a number in a
matter (measure, test, evidence, hearing, trial), the act that a later event names in ``of``, rules and verdicts. A
verdict is an *object* of its own, because one event may have many: its subject and the events it rests on point to it,
and it points to its matter and its rule. Links between matters are kept; a matter outside the file is an
``outside_matter``.

The id of a matter is the contract's; any other object's id begins with its type and ``#``, which no id of the contract
holds. Every value is written as text, as the published JSON schema wants it; its type is declared with the attribute.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from plumbline.vocabulary import Event
from plumbline.vocabulary.matter import in_order

from ...logs.contract_xes import as_timestamp
from ...verdict import Verdict
from ..base import About, Judged, Report, Totals

#: Fields of ``data`` that are numbers of objects: the object's type, and whether it is numbered within its matter.
NUMBERED = {
    "measure": "measure",
    "measures": "measure",
    "test": "test",
    "evidence": "evidence",
    "hearing": "hearing",
    "trial": "trial",
}
ACT, OUTSIDE = "act", "outside_matter"
ALWAYS = "1970-01-01T00:00:00+08:00"  # of an attribute whose day is not stated
#: Attribute types by type of event or object, then by name.
Types = dict[str, dict[str, str]]


@dataclass
class Part:
    """Events and the objects only they know, as JSON; objects that other matters may share; types with attributes."""

    events: list[bytes] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
    shared: dict[str, dict[str, Any]] = field(default_factory=dict)
    matters: set[str] = field(default_factory=set)
    event_types: Types = field(default_factory=dict)
    object_types: Types = field(default_factory=dict)


class Ocel(Report):
    name = "ocel"
    zh = "以对象为中心的事件日志 OCEL 2.0（JSON），附结论"
    suffixes = (".jsonocel", ".json")
    needs_file = True
    rank = 7

    def render(self, judged: Sequence[Judged]) -> Part:
        part = Part()
        for each in judged:
            _Matter(each, self.about, part).put()
        return part

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        super().begin(sink, scratch)
        self.objects = tempfile.TemporaryFile(dir=scratch)
        self.shared: dict[str, dict[str, Any]] = {}
        self.matters: set[str] = set()
        self.event_types: Types = {}
        self.object_types: Types = {}
        self.first = True
        self.write(b'{"events":[')

    def add(self, part: Part) -> None:
        for event in part.events:
            self.write(event if self.first else b",\n" + event)
            self.first = False
        self.objects.writelines(b",\n" + each for each in part.objects)
        for key, found in part.shared.items():
            self.shared.setdefault(key, found)
        self.matters |= part.matters
        for known, more in ((self.event_types, part.event_types), (self.object_types, part.object_types)):
            for name, attributes in more.items():
                declared = known.setdefault(name, {})
                for attribute, kind in attributes.items():
                    _declare(declared, attribute, kind)

    def end(self, totals: Totals) -> None:
        self.write(b'],\n"objects":[')
        shared = [each for key, each in sorted(self.shared.items()) if key not in self.matters]
        for each in shared:
            self.object_types.setdefault(each["type"], {}).update(_declared(each))
        self.write(b",\n".join(orjson.dumps(each) for each in shared))
        self.objects.seek(0)
        if not shared:
            self.objects.read(2)  # the comma of the first one
        shutil.copyfileobj(self.objects, self.sink)
        self.objects.close()
        self.write(b'],\n"eventTypes":' + _types(self.event_types))
        self.write(b',\n"objectTypes":' + _types(self.object_types) + b"}\n")


class _Matter:
    """The objects and events of one matter, put into a part."""

    def __init__(self, judged: Judged, about: About, part: Part) -> None:
        self.judged, self.about, self.part = judged, about, part
        self.own: dict[str, dict[str, Any]] = {}
        self.id = judged.matter.id

    def put(self) -> None:
        matter = self.own[self.id] = _object(self.id, self.judged.matter.kind)
        self.part.matters.add(self.id)
        acts = {e.data["of"] for e in self.judged.events if isinstance(e.data.get("of"), str)}
        points: dict[str, list[tuple[str, str]]] = {}
        for verdict in self.judged.verdicts:
            self._verdict(verdict, points)
        for event in in_order(self.judged.events):
            for link in event.links or ():
                self._shared(link.matter, OUTSIDE)
                _relate(matter, link.matter, link.rel)
            self._event(event, acts, points.get(event.id, ()))
        for each in self.own.values():
            self.part.objects.append(orjson.dumps(each))
            self.part.object_types.setdefault(each["type"], {}).update(_declared(each))

    def _event(self, event: Event, acts: set[str], points: Iterable[tuple[str, str]]) -> None:
        flat: dict[str, Any] = {"recorded_at": as_timestamp(event.recorded_at)}
        if event.at is None:
            flat["date_only"] = True
        if event.id not in self.judged.matter.positions:
            flat["counted"] = False
        document: dict[str, Any] = {
            "id": event.id,
            "type": event.activity,
            "time": as_timestamp(event.occurred_at),
            "attributes": [],
            "relationships": [],
        }
        _relate(document, self.id, "matter")
        _relate(document, self._agency(event.agency), "by")
        for actor in event.actors or ():
            _relate(document, self._person(actor.id), actor.role)
        if event.id in acts:
            _relate(document, self._numbered(ACT, event.id), "made")
        for name, value in event.data.items():
            if name == "of" and isinstance(value, str):
                _relate(document, self._numbered(ACT, value), "of")
            elif name in NUMBERED and value is not None:
                for number in value if isinstance(value, list) else [value]:
                    _relate(document, self._numbered(NUMBERED[name], str(number)), NUMBERED[name])
            elif name == "party" and isinstance(value, Mapping):
                _relate(document, self._party(value), "party")
            else:
                _flatten(name, value, flat)
        for verdict, how in points:
            _relate(document, verdict, how)
        types = self.part.event_types.setdefault(event.activity, {})
        for name, value in flat.items():
            document["attributes"].append({"name": name, "value": _said(value)})
            _declare(types, name, "time" if name == "recorded_at" else _type_of(value))
        self.part.events.append(orjson.dumps(document))

    def _verdict(self, verdict: Verdict, points: dict[str, list[tuple[str, str]]]) -> None:
        key = f"verdict#{self.id}#{verdict.rule}#{verdict.subject or ''}"
        document = verdict.to_json()
        citation = document.pop("citation")
        document |= {name: citation[name] for name in ("law", "article")}
        made = self.own[key] = _object(key, "verdict")
        when = self.about.as_of.isoformat(timespec="seconds")
        for name, value in document.items():
            if name not in {"matter", "subject"} and value is not None:
                _attribute(made, name, value, when)
        _relate(made, self.id, "about")
        _relate(made, self._rule(verdict), "applies")
        if verdict.subject is not None:
            points.setdefault(verdict.subject, []).append((key, "subject_of"))
        for event in verdict.events:
            if event != verdict.subject:
                points.setdefault(event, []).append((key, "evidence_of"))

    def _numbered(self, kind: str, number: str) -> str:
        key = f"{kind}#{self.id}#{number}"
        if key not in self.own:
            made = self.own[key] = _object(key, kind)
            _attribute(made, "number", number, ALWAYS)
            _relate(made, self.id, "in")
        return key

    def _party(self, party: Mapping[str, Any]) -> str:
        key = f"party#{party.get('id')}"
        made = self._shared(key, "party")
        if not made["attributes"] and party.get("kind"):
            _attribute(made, "kind", party["kind"], ALWAYS)
        return key

    def _person(self, number: str) -> str:
        """A person by certificate; the registers say for which body, and since when."""
        key = f"person#{number}"
        if key not in self.part.shared:
            made = self._shared(key, "person")
            for row in self.about.registers.where("officers", "id", number):
                since = f"{row['valid_from']}T00:00:00+08:00"
                _attribute(made, "agency", row["agency"], since)
                _relate(made, self._agency(row["agency"]), "of")
        return key

    def _agency(self, code: str) -> str:
        key = f"agency#{code}"
        if key not in self.part.shared:
            made = self._shared(key, "agency")
            for row in self.about.registers.where("agencies", "code", code)[:1]:
                for name in ("name_zh", "kind", "level"):
                    if row.get(name):
                        _attribute(made, name, row[name], ALWAYS)
                if row.get("parent"):
                    _relate(made, self._agency(row["parent"]), "parent")
        return key

    def _rule(self, verdict: Verdict) -> str:
        key = f"rule#{verdict.rule}"
        if key not in self.part.shared:
            made = self._shared(key, "rule")
            rule = verdict.definition
            for name, value in (
                ("law", rule.facts.law),
                ("article", rule.facts.article),
                ("duty", rule.duty_zh),
                ("severity", rule.facts.severity),
            ):
                _attribute(made, name, value, ALWAYS)
        return key

    def _shared(self, key: str, kind: str) -> dict[str, Any]:
        return self.part.shared.setdefault(key, _object(key, kind))


def _object(key: str, kind: str) -> dict[str, Any]:
    return {"id": key, "type": kind, "attributes": [], "relationships": []}


def _relate(one: dict[str, Any], other: str, how: str) -> None:
    relation = {"objectId": other, "qualifier": how}
    if relation not in one["relationships"]:
        one["relationships"].append(relation)


def _attribute(made: dict[str, Any], name: str, value: Any, since: str) -> None:
    made["attributes"].append({"name": name, "value": _said(value), "time": since})


def _flatten(name: str, value: Any, into: dict[str, Any]) -> None:
    """An object's fields under dotted names; what is known not to exist is listed in ``known_none``."""
    if isinstance(value, Mapping):
        for inner, each in value.items():
            _flatten(f"{name}.{inner}", each, into)
    elif value is None:
        into["known_none"] = f"{into['known_none']} {name}" if "known_none" in into else name
    else:
        into[name] = value


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "integer" if isinstance(value, int) else "float" if isinstance(value, float) else "string"


def _declare(types: dict[str, str], name: str, kind: str) -> None:
    """The type of an attribute; text where two events write it differently (a sender's own field may)."""
    types[name] = kind if types.get(name, kind) == kind else "string"


_TYPED = {"days_used": "integer", "days_limit": "integer"}


def _declared(made: Mapping[str, Any]) -> dict[str, str]:
    return {each["name"]: _TYPED.get(each["name"], "string") for each in made["attributes"]}


def _types(types: Types) -> bytes:
    return orjson.dumps(
        [
            {
                "name": name,
                "attributes": [{"name": each, "type": kind} for each, kind in sorted(attributes.items())],
            }
            for name, attributes in sorted(types.items())
        ]
    )
