"""The event contract as data: kinds, activities, enums, objects, registers. Read from YAML, never retyped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

CONTRACT_FILE = Path(__file__).with_name("event-contract.yaml")
Fields = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Activity:
    """What may happen in some kinds of matter, with its fields (those of an included object among them)."""

    name: str
    name_zh: str
    kinds: frozenset[str]
    fields: Fields


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The contract, read once. ``extended_by`` names the file of a pack that adds its own words, if any."""

    types: Mapping[str, Mapping[str, Any]]
    enums: Mapping[str, Mapping[str, str]]
    objects: Mapping[str, Fields]
    envelope: Fields
    activities: Mapping[str, Activity]
    registers: Mapping[str, Fields]
    register_objects: Mapping[str, Fields]
    complete_registers: frozenset[str]
    lookup_registers: frozenset[str]
    case_attributes: tuple[str, ...]
    activity_groups: Mapping[str, tuple[str, ...]]
    intervals: Mapping[str, Mapping[str, Any]]
    approver_groups: Mapping[str, tuple[str, ...]]
    overlays: Mapping[str, tuple[Mapping[str, Any], ...]]
    rule_specs: Mapping[str, Mapping[str, Any]]
    domain_rules: Any
    error_codes: Mapping[str, Mapping[str, str]]
    extended_by: str = ""

    @property
    def kinds(self) -> Mapping[str, str]:
        return self.enums["kind"]

    def label(self, enum: str, value: str) -> str:
        """The Chinese word for an enum value; the value itself when it is not in the list."""
        return self.enums.get(enum, {}).get(value, value)

    def activity_zh(self, name: str) -> str:
        found = self.activities.get(name)
        return found.name_zh if found else name


@cache
def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """The contract; with ``extra``, a pack's own YAML in the same grammar is added (enums, objects, activities)."""
    if extra is None:
        return _vocabulary(_contract(), extended_by="")
    return _vocabulary(_extended(_contract(), yaml.safe_load(extra.read_bytes())), extended_by=str(extra))


def extended_vocabulary(extra: Mapping[str, Any]) -> Vocabulary:
    """The contract with words added that stand in no file; ``extra`` has the grammar of a pack's own YAML."""
    return _vocabulary(_extended(_contract(), extra), extended_by="words of a program")


@cache
def _contract() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(CONTRACT_FILE.read_bytes(), Loader=loader)  # type: ignore[no-any-return]


def _vocabulary(raw: dict[str, Any], *, extended_by: str) -> Vocabulary:
    objects: dict[str, Fields] = raw["objects"]
    all_kinds = frozenset(raw["enums"]["kind"])
    activities = {}
    for name, body in raw["activities"].items():
        included = objects[body["include"]] if "include" in body else {}
        activities[name] = Activity(
            name=name,
            name_zh=body["zh"],
            kinds=all_kinds if body["kinds"] == "all" else frozenset(body["kinds"]),
            fields=MappingProxyType({**included, **body["data"]}),
        )
    meaning = raw["registers_meaning"]
    return Vocabulary(
        types=raw["types"],
        enums=raw["enums"],
        objects=objects,
        envelope=raw["envelope"],
        activities=activities,
        registers=raw["registers"],
        register_objects=raw["register_objects"],
        complete_registers=frozenset(meaning["complete"]),
        lookup_registers=frozenset(meaning["lookup"]),
        case_attributes=tuple(raw["case_attributes"]),
        activity_groups={name: tuple(members) for name, members in raw["activity_groups"].items()},
        intervals=raw["intervals"],
        approver_groups={name: tuple(members) for name, members in raw["approver_groups"].items()},
        overlays={rule: tuple(rows) for rule, rows in raw["overlays"].items()},
        rule_specs=raw["rules"],
        domain_rules=raw["domain_rules"],
        error_codes=raw["error_codes"],
        extended_by=extended_by,
    )


def _extended(raw: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """``raw`` with a pack's words added. A word the contract has already keeps its meaning: naming it again is an error."""
    enums = {name: dict(values) for name, values in raw["enums"].items()}
    for name, values in (extra.get("enums") or {}).items():
        known = enums.setdefault(name, {})
        _demand_new(values, known)
        known.update(values)
    merged = {**raw, "enums": enums}
    for section in ("objects", "activities"):
        added = extra.get(section) or {}
        _demand_new(added, raw[section])
        merged[section] = {**raw[section], **added}
    return merged


def _demand_new(added: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    twice = sorted(set(added) & set(known))
    if twice:
        raise ValueError(
            f"the pack's vocabulary gives the contract's words another meaning: {', '.join(twice)}"
        )
