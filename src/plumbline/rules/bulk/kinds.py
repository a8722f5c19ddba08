"""What kind of value a field holds in columns, read off the contract's type names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from plumbline.vocabulary import Vocabulary


@dataclass(frozen=True)
class Kind:
    """``what`` is bool, int, code (any text that is only compared for equality), moment, list, object, row or nothing.

    ``inner`` is the kind of a list's elements; ``name`` the object's or the register's name.
    """

    what: str
    inner: Kind | None = None
    name: str = ""

    def __str__(self) -> str:
        return f"list of {self.inner}" if self.what == "list" else self.name or self.what


BOOL, INT, CODE, MOMENT, NOTHING = (Kind(w) for w in ("bool", "int", "code", "moment", "nothing"))
_SCALARS = {"boolean": BOOL, "integer": INT}


class NotInColumns(Exception):
    """A rule that the flat program cannot hold; the message says which part of it and why."""


def kind_of_type(vocabulary: Vocabulary, type_name: str, *, in_registers: bool = False) -> Kind:
    """The kind of a contract type: ``X``, ``X?`` or ``[X]``."""
    name = str(type_name).strip().removesuffix("?")
    if name.startswith("["):
        inner = kind_of_type(vocabulary, name[1:-1], in_registers=in_registers)
        return Kind("list", inner)
    if name in {"date", "instant", "time"}:
        return MOMENT
    if in_registers and name in vocabulary.register_objects:
        return Kind("object", name=f"registers.{name}")
    if name in vocabulary.objects:
        return Kind("object", name=name)
    if name in vocabulary.enums or name in {"activity"}:
        return CODE
    return _SCALARS.get(vocabulary.types.get(name, {}).get("json", "string"), CODE)


def fields_of(vocabulary: Vocabulary, kind: Kind) -> Mapping[str, Mapping[str, Any]]:
    """The fields of an object or a register row."""
    if kind.what == "row":
        return vocabulary.registers[kind.name]
    if kind.name.startswith("registers."):
        return vocabulary.register_objects[kind.name.removeprefix("registers.")]
    return vocabulary.objects[kind.name]


def kind_at(
    vocabulary: Vocabulary, fields: Mapping[str, Mapping[str, Any]], path: str, *, in_registers: bool = False
) -> Kind | None:
    """The kind under a nested path of some fields; None where there is no such field."""
    head, _, rest = path.partition(".")
    spec = fields.get(head)
    if spec is None:
        return None
    kind = kind_of_type(vocabulary, spec["type"], in_registers=in_registers)
    if not rest:
        return kind
    if kind.what != "object":
        return None
    return kind_at(
        vocabulary, fields_of(vocabulary, kind), rest, in_registers=kind.name.startswith("registers.")
    )


@cache
def field_kind(vocabulary: Vocabulary, activity: str, path: str) -> Kind | None:
    """The kind under a path of an activity's data; None where it has none. Asked for every activity and path again."""
    return kind_at(vocabulary, vocabulary.activities[activity].fields, path)


def one_kind(one: Kind, other: Kind) -> Kind:
    """The kind of two values that stand in for each other or are compared."""
    if one == NOTHING or one == other:
        return other
    if other == NOTHING:
        return one
    raise NotInColumns(f"a {one} and a {other} cannot stand in for each other")
