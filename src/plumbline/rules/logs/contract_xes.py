"""Events of the contract as XES (IEEE 1849) and back, without loss, after section 10 of the contract.

Standard attributes carry what process-mining tools look for (``concept:name``, ``time:timestamp``, ``org:resource`` …);
what XES has no place for has a key that begins with ``plumbline.``. The contract keeps apart a value, a known *none*
(null) and what is not stated; XES has no null, so ``plumbline.null`` lists the paths that are null. An event that was not
sent in XES, or was sent by another system in its own words, is read by a mapping instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import quoteattr

import orjson

from plumbline.vocabulary import Event
from plumbline.vocabulary.event import CONTRACT_VERSION

from .reading import LogFault, xes_elements

#: Of the log: its events are the contract's own, in this version.
MARK = "plumbline.contract"
KIND = "plumbline.kind"
NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Identity", "identity"),
)
_IDS = uuid5(NAMESPACE_URL, "plumbline-event-contract")
_NOT_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIMPLE = {"string", "date", "int", "float", "boolean", "id"}


def attribute(key: str, value: Any, kind: str = "", inner: str = "") -> str:
    """One attribute of any kind a JSON value has; lists and objects become ``list`` and ``container``."""
    if isinstance(value, Mapping):
        return (
            f"<container key={_quoted(key)}>{''.join(attribute(k, v) for k, v in value.items())}</container>"
        )
    if isinstance(value, list | tuple):
        values = "".join(attribute(key, each) for each in value)
        return f"<list key={_quoted(key)}><values>{values}</values></list>"
    if isinstance(value, bool):
        kind, value = "boolean", "true" if value else "false"
    elif isinstance(value, int):
        kind = "int"
    elif isinstance(value, float):
        kind = "float"
    tag = kind or "string"
    closed = f">{inner}</{tag}>" if inner else "/>"
    return f"<{tag} key={_quoted(key)} value={_quoted(str(value))}{closed}"


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


# -- writing -----------------------------------------------------------------------------------------------------------


def event_attributes(event: Event) -> str:
    """All attributes of an event; the trace says its matter and kind."""
    stated, nulls, own = _split(event.data)
    parts = [
        attribute("concept:name", event.activity),
        attribute("lifecycle:transition", "complete"),
        attribute("identity:id", _uuid(event.id), "id"),
        attribute("plumbline.id", event.id),
        attribute("time:timestamp", as_timestamp(event.occurred_at), "date"),
        attribute("recorded_at", as_timestamp(event.recorded_at), "date"),
        attribute("org:group", event.agency),
    ]
    if event.at is None:
        parts.append(attribute("date_only", True))
    elif event.occurred_at != as_timestamp(event.occurred_at):
        parts.append(attribute("plumbline.occurred_at", event.occurred_at))
    if event.recorded_at != as_timestamp(event.recorded_at):
        parts.append(attribute("plumbline.recorded_at", event.recorded_at))
    if event.actors is not None:
        if event.actors:
            parts.append(attribute("org:resource", event.actors[0].id))
            parts.append(attribute("org:role", event.actors[0].role))
        parts.append(attribute("plumbline.actors", [{"id": a.id, "role": a.role} for a in event.actors]))
    parts += [attribute(name, value) for name, value in stated.items()]
    if nulls:
        parts.append(attribute("plumbline.null", nulls))
    if own:
        parts.append(attribute("plumbline.x", orjson.dumps(own).decode()))
    if event.links is not None:
        parts.append(attribute("plumbline.links", [{"matter": x.matter, "rel": x.rel} for x in event.links]))
    if event.source is not None:
        parts.append(attribute("plumbline.source", orjson.dumps(dict(event.source)).decode()))
    return "".join(parts)


def as_timestamp(moment: str) -> str:
    """A time of the contract as XML and JSON schemas want it: a bare date as 00:00, an instant with its seconds."""
    if len(moment) == 10:
        return f"{moment}T00:00:00+08:00"
    return moment if moment[16] == ":" else f"{moment[:16]}:00{moment[16:]}"


def _uuid(event_id: str) -> str:
    """The identity extension holds UUIDs, and some tools refuse anything else; the same id gives the same one."""
    try:
        return str(UUID(event_id))
    except ValueError:
        return str(uuid5(_IDS, event_id))


def _split(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str], list[Any]]:
    """What is stated, the paths of nulls, and the sender's own ``x_`` fields, each with its path."""
    nulls: list[str] = []
    own: list[Any] = []

    def kept(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, Mapping):
            stated = {}
            for name, inner in value.items():
                if name.startswith("x_"):
                    own.append([[*path, name], inner])
                elif inner is None:
                    nulls.append(".".join(map(str, (*path, name))))
                else:
                    stated[name] = kept(inner, (*path, name))
            return stated
        if isinstance(value, list):
            return [kept(inner, (*path, number)) for number, inner in enumerate(value)]
        return value

    return kept(data, ()), nulls, own


# -- reading -----------------------------------------------------------------------------------------------------------


def is_contract_log(path: Path) -> bool:
    """Whether an XES log says of itself that its events are the contract's own."""
    for moment, element, above in xes_elements(path):
        if moment == "start" and _tag(element) == "trace":
            return False
        if moment == "end" and len(above) == 1 and element.get("key") == MARK:
            if element.get("value") != str(CONTRACT_VERSION):
                raise LogFault(
                    f"{path.name} 是事件契约第 {element.get('value')} 版的日志，只支持第 {CONTRACT_VERSION} 版。"
                )
            return True
    return False


def contract_events(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of the events of such a log, in file order."""
    trace: dict[str, Any] = {}
    for moment, element, above in xes_elements(path):
        tag = _tag(element)
        if moment == "start":
            if tag == "trace":
                trace = {}
            continue
        parent = _tag(above[-1]) if above else ""
        if tag == "event" and parent == "trace":
            yield _document(trace, {child.get("key", ""): _value(child) for child in element})
        elif parent == "trace" and element.get("key"):
            trace[element.get("key", "")] = element.get("value")


def _document(trace: Mapping[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    occurred = stated.pop("time:timestamp", None)
    if stated.pop("date_only", False):
        occurred = str(occurred)[:10]
    recorded = stated.pop("recorded_at", None)
    document: dict[str, Any] = {
        "id": stated.pop("plumbline.id", None),
        "matter": trace.get("concept:name"),
        "kind": trace.get(KIND),
        "activity": stated.pop("concept:name", None),
        "occurred_at": stated.pop("plumbline.occurred_at", occurred),
        "recorded_at": stated.pop("plumbline.recorded_at", recorded),
        "agency": stated.pop("org:group", None),
    }
    for name in ("actors", "links"):
        if f"plumbline.{name}" in stated:
            document[name] = stated.pop(f"plumbline.{name}")
    if "plumbline.source" in stated:
        document["source"] = orjson.loads(stated.pop("plumbline.source"))
    nulls: list[str] = stated.pop("plumbline.null", [])
    own: list[Any] = orjson.loads(stated.pop("plumbline.x", "[]"))
    data = {
        name: value for name, value in stated.items() if ":" not in name and not name.startswith("plumbline.")
    }
    for path in nulls:
        _put(data, path.split("."), None)
    for steps, value in own:
        _put(data, steps, value)
    document["data"] = data
    return {name: value for name, value in document.items() if value is not None}


def _put(inside: Any, path: Sequence[str | int], value: Any) -> None:
    for step in path[:-1]:
        inside = inside[int(step)] if isinstance(inside, list) else inside[step]
    inside[path[-1]] = value


def _value(element: Any) -> Any:
    """The JSON value of an attribute; a wrong number stays text, so that the contract's reader names it."""
    tag, text = _tag(element), element.get("value")
    if tag == "list":
        return [_value(each) for values in element for each in values]
    if tag == "container":
        return {each.get("key", ""): _value(each) for each in element}
    if tag not in _SIMPLE or text is None:
        return None
    try:
        if tag == "int":
            return int(text)
        if tag == "float":
            return float(text)
    except ValueError:
        return text
    return text == "true" if tag == "boolean" else text


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
