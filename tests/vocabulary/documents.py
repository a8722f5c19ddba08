"""Documents made from the contract alone: a minimal lawful event of every activity, and every way to spoil a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from plumbline.vocabulary import Vocabulary, load_vocabulary

WORDS = load_vocabulary()
ACTIVITIES = sorted(WORDS.activities)
_SCALARS = {
    "id": "ID-1",
    "code": "C-1",
    "text": "说明",
    "bool": True,
    "int": 1,
    "fen": 0,
    "bp": 100,
    "date": "2026-03-02",
    "instant": "2026-03-02T09:30:00+08:00",
    "time": "2026-03-02",
}


class Spoiled(NamedTuple):
    """A document with one fault: what was done, at which field, and the code it must be refused with."""

    what: str
    document: dict[str, Any]
    field: str
    code: str
    shown: str = ""


def value_of(kind: str, words: Vocabulary = WORDS) -> Any:
    """The simplest value of a type of the contract."""
    if kind.endswith("?"):
        return value_of(kind[:-1], words)
    if kind.startswith("["):
        return [value_of(kind[1:-1], words)]
    if kind in words.enums:
        return next(iter(words.enums[kind]))
    if kind in words.objects:
        return object_of(words.objects[kind], words)
    if kind in words.register_objects:
        return object_of(words.register_objects[kind], words)
    return _SCALARS[kind]


def object_of(
    fields: Mapping[str, Mapping[str, Any]], words: Vocabulary = WORDS, *, whole: bool = False
) -> Any:
    """The required fields (all of them when ``whole``), and those which the values of the others make required."""
    held = {
        name: value_of(spec["type"], words) for name, spec in fields.items() if whole or spec.get("required")
    }
    for name, spec in fields.items():
        for sister, condition in spec.get("required_if", {}).items():
            ((how, wanted),) = condition.items()
            if sister in held and (wanted in held[sister] if how == "contains" else held[sister] == wanted):
                held.setdefault(name, value_of(spec["type"], words))
    return held


def minimal(activity: str, *, whole: bool = False) -> dict[str, Any]:
    """A lawful event with nothing but what is required (or with every field)."""
    found = WORDS.activities[activity]
    return {
        "id": "E-1",
        "matter": "M-1",
        "kind": sorted(found.kinds)[0],
        "activity": activity,
        "occurred_at": "2026-03-02",
        "recorded_at": "2026-03-02T18:00:00+08:00",
        "agency": "A-1",
        "data": object_of(found.fields, whole=whole),
    }


def spoiled(activity: str) -> Iterator[Spoiled]:
    """Each field of the activity with each fault that its type can have."""
    whole = minimal(activity, whole=True)
    fields = WORDS.activities[activity].fields
    for name, spec in fields.items():
        path = f"data.{name}"
        if spec.get("required"):
            document = deepcopy(whole)
            del document["data"][name]
            yield Spoiled("left out", document, path, "E-REQUIRED")
        for what, value, code, where in bad_values(spec["type"]):
            document = deepcopy(whole)
            document["data"][name] = value
            yield Spoiled(what, document, path + where, code)
        document = deepcopy(whole)
        document["data"][name + "q"] = 1
        if name + "q" not in fields:
            yield Spoiled("unknown field", document, path + "q", "E-FIELD")


def bad_values(kind: str) -> Iterator[tuple[str, Any, str, str]]:
    """Values that a type must refuse: what, the value, the code, and where below the field."""
    if kind.endswith("?"):
        yield from (each for each in bad_values(kind[:-1]) if each[1] is not None)
        return
    yield "null", None, "E-TIME" if kind in {"date", "instant", "time"} else "E-TYPE", ""
    if kind.startswith("["):
        yield "no list", "x", "E-TYPE", ""
        yield from (
            (f"in list: {what}", [value], code, "[0]" + where)
            for what, value, code, where in bad_values(kind[1:-1])
        )
    elif kind in WORDS.enums:
        yield "number", 1, "E-TYPE", ""
        yield "no such value", "no_such_value", "E-ENUM", ""
    elif kind in WORDS.objects:
        yield "no object", "x", "E-TYPE", ""
        for name, spec in WORDS.objects[kind].items():
            if spec.get("required"):
                held = object_of(WORDS.objects[kind])
                del held[name]
                yield f"without {name}", held, "E-REQUIRED", f".{name}"
    elif kind in {"date", "instant", "time"}:
        yield "number", 20260302, "E-TIME", ""
        yield "other form", "2026/3/2", "E-TIME", ""
        yield "new line", "2026-03-02\n", "E-TIME", ""
        if kind != "instant":
            yield "full width", "２０２６-03-02", "E-TIME", ""
    elif kind == "bool":
        yield "word", "true", "E-TYPE", ""
        yield "one", 1, "E-TYPE", ""
    elif kind in {"int", "fen", "bp"}:
        yield "word", "1", "E-TYPE", ""
        yield "true", True, "E-TYPE", ""
        yield "fraction", 6000.5, "E-TYPE", ""
        yield "huge", 2**53, "E-TYPE", ""
        if kind != "int":
            yield "negative", -1, "E-TYPE", ""
    else:
        yield "number", 1, "E-TYPE", ""
        yield "NUL", "a\0b", "E-TYPE", ""
        if kind == "text":
            yield "too long", "字" * 4001, "E-TYPE", ""
        else:
            yield "empty", "", "E-TYPE", ""
            yield "blank inside", "A 1", "E-TYPE", ""
            yield "new line", "A-1\n", "E-TYPE", ""
            yield "too long", "A" * 101, "E-TYPE", ""


class UnknownKeyword(Exception):
    """The schema says something that this reader does not understand: it must be taught, not passed over."""


_PLAIN = {"description", "title", "$schema", "$defs", "then"}
_TYPES: dict[str, Any] = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
}


def accepts(schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]) -> bool:
    """Whether a JSON Schema accepts a value, after the specification of the keywords our schema uses (2020-12)."""
    return all(
        _keyword(name, argument, schema, value, root)
        for name, argument in schema.items()
        if name not in _PLAIN
    )


def _keyword(
    name: str, argument: Any, schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]
) -> bool:
    def number() -> bool:
        return isinstance(value, (int, float)) and not isinstance(value, bool)

    def same(option: Any) -> bool:
        return option == value and isinstance(option, bool) == isinstance(value, bool)

    match name:
        case "$ref":
            return accepts(root["$defs"][argument.removeprefix("#/$defs/")], value, root)
        case "type":
            return bool(_TYPES[argument](value))
        case "enum":
            return any(same(option) for option in argument)
        case "const":
            return same(argument)
        case "anyOf":
            return any(accepts(each, value, root) for each in argument)
        case "allOf":
            return all(accepts(each, value, root) for each in argument)
        case "if":
            return not accepts(argument, value, root) or accepts(schema["then"], value, root)
        case "required":
            return not isinstance(value, dict) or all(key in value for key in argument)
        case "properties":
            return not isinstance(value, dict) or all(
                accepts(each, value[key], root) for key, each in argument.items() if key in value
            )
        case "patternProperties":
            return set(argument.values()) == {True}
        case "additionalProperties":
            known = schema["properties"]
            own = list(schema["patternProperties"])
            return not isinstance(value, dict) or all(
                key in known or any(re.search(pattern, key) for pattern in own) for key in value
            )
        case "items":
            return not isinstance(value, list) or all(accepts(argument, each, root) for each in value)
        case "contains":
            return not isinstance(value, list) or any(accepts(argument, each, root) for each in value)
        case "pattern":
            # `$` of ECMA 262 matches only at the very end.
            return not isinstance(value, str) or bool(
                re.search(re.sub(r"\$$", r"\\Z", argument), value, re.ASCII)
            )
        case "maxLength":
            return not isinstance(value, str) or len(value) <= argument
        case "minimum":
            return not number() or value >= argument
        case "maximum":
            return not number() or value <= argument
    raise UnknownKeyword(name)
