"""Reads ``docs/coverage.yaml``: which ids of the notice work, and by which page and test. ``-m`` prints the count."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "docs" / "coverage.yaml"
STATES = ("works", "part", "missing")


@dataclass(frozen=True)
class Entry:
    """One id or one capability of the register. ``what`` is its duty or name."""

    id: str
    what: str
    state: str
    capability: str = ""
    pages: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    lacks: str = ""
    manual: str = ""


class _OnceOnly(yaml.SafeLoader):
    """YAML lets a later key replace an earlier one in silence; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value)
        twice = [key for key, times in keys.items() if times > 1]
        if twice:
            raise ValueError(f"line {node.start_mark.line + 1}: written twice: {', '.join(twice)}")
        return super().construct_mapping(node, deep)


def read(text: str | None = None) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The ids and the capabilities, each by its id."""
    loaded = yaml.load(REGISTER.read_text(encoding="utf-8") if text is None else text, _OnceOnly)
    return (
        {key: _entry(key, row, "what") for key, row in loaded["ids"].items()},
        {key: _entry(key, row, "name") for key, row in loaded["capabilities"].items()},
    )


def _entry(key: str, row: dict[str, Any], called: str) -> Entry:
    several = {name: tuple(row[name]) for name in ("pages", "commands", "tests") if name in row}
    single = {k: v for k, v in row.items() if k not in {*several, called}}
    return Entry(id=key, what=row[called], **single, **several)


def counted(ids: dict[str, Entry]) -> Counter[str]:
    return Counter(entry.state for entry in ids.values())


def count_line(ids: dict[str, Entry]) -> str:
    """The line that the README carries, letter for letter."""
    states = counted(ids)
    return f"Coverage: {states['works']} of {len(ids)}, {states['part']} in part, {states['missing']} missing"


def main() -> int:
    ids, capabilities = read()
    print(count_line(ids))
    for state in STATES:
        print(f"{state:<8}{' '.join(e.id for e in capabilities.values() if e.state == state)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
