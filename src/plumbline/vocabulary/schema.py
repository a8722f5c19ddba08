"""JSON Schema (draft 2020-12) of one event line, generated from the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .contract import Fields, Vocabulary
from .event import CONTRACT_VERSION
from .values import LARGEST_INTEGER

OWN_FIELDS = {"^x_": True}
NO_NUL = "^[^\\u0000]*$"


def json_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """A schema that accepts what the per-line validators accept, apart from what no schema can say: impossible dates, the order of
    times, and what a sender's own fields hold (no NUL, not too deep).
    """
    definitions: dict[str, Any] = {}
    for name, spec in vocabulary.types.items():
        definitions[name] = _scalar(spec)
    for name, values in vocabulary.enums.items():
        definitions[name] = {"enum": list(values)}
    for name, fields in vocabulary.objects.items():
        definitions[name] = _object(fields)
    envelope = _object(vocabulary.envelope, special={"activity", "data"})
    envelope["properties"]["activity"] = {"enum": list(vocabulary.activities)}
    envelope["properties"]["data"] = {"type": "object"}
    envelope["properties"]["v"] = {"const": CONTRACT_VERSION, "description": vocabulary.envelope["v"]["zh"]}
    envelope["allOf"] = [
        {
            "if": {"properties": {"activity": {"const": name}}, "required": ["activity"]},
            "then": {
                "properties": {
                    "kind": {"enum": sorted(activity.kinds)},
                    "data": {**_object(activity.fields), "description": activity.name_zh},
                },
                # Data left out states nothing, which an activity with required fields does not allow.
                **(
                    {"required": ["data"]} if any(f.get("required") for f in activity.fields.values()) else {}
                ),
            },
        }
        for name, activity in vocabulary.activities.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "准绳 Plumbline 事件契约：一行一个事件",
        **envelope,
        "$defs": definitions,
    }


def _reference(kind: str) -> dict[str, Any]:
    if kind.endswith("?"):
        return {"anyOf": [_reference(kind[:-1]), {"type": "null"}]}
    if kind.startswith("["):
        return {"type": "array", "items": _reference(kind[1:-1])}
    return {"$ref": f"#/$defs/{kind}"}


def _object(fields: Fields, special: set[str] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "object",
        "properties": {
            name: {
                **({} if special and spec["type"] in special else _reference(spec["type"])),
                "description": spec.get("zh", ""),
            }
            for name, spec in fields.items()
        },
        "patternProperties": OWN_FIELDS,
        "additionalProperties": False,
    }
    required = [name for name, spec in fields.items() if spec.get("required")]
    if required:
        body["required"] = required
    conditional = [
        _required_if(name, spec["required_if"]) for name, spec in fields.items() if "required_if" in spec
    ]
    if conditional:
        body["allOf"] = conditional
    return body


def _required_if(name: str, conditions: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    ((sister, condition),) = conditions.items()
    ((how, wanted),) = condition.items()  # {contains: X} of a list, {is: X} of a value
    holds = {"contains": {"const": wanted}} if how == "contains" else {"const": wanted}
    return {"if": {"properties": {sister: holds}, "required": [sister]}, "then": {"required": [name]}}


def _scalar(spec: Mapping[str, Any]) -> dict[str, Any]:
    if "any_of" in spec:
        return {"anyOf": [_reference(kind) for kind in spec["any_of"]]}
    body = {"type": spec["json"]}
    for ours, theirs in (("pattern", "pattern"), ("max_length", "maxLength"), ("minimum", "minimum")):
        if ours in spec:
            body[theirs] = spec[ours]
    if body["type"] == "string":
        body.setdefault("pattern", NO_NUL)
    if body["type"] == "integer":
        body = {"minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER, **body}
    return body
