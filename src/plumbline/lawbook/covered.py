"""What becomes of every row of the register of rules: computed, left to somebody, not computable, or switched off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("coverage.yaml")
STATES = {
    "implemented": "已实现",
    "needs_a_human": "须人判断",
    "not_computable": "无法计算",
    "switched_off": "未启用",
}
#: How a row is implemented: a rule of its id, a row that replaces a rule, or the calendar itself.
HOW = {"rule": "规则", "overlay": "替换规则", "calendar": "期间计算"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row. ``how`` and ``of`` (the rule replaced) or ``test`` where it is implemented, else ``reason``.

    ``asked_at`` says where the product asks whoever has to judge: ``step <key>`` of a procedure or ``page <address>``.
    """

    id: str
    state: str
    how: str = ""
    of: str = ""
    test: str = ""
    reason: str = ""
    asked_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is only remembered and has no text: it is no row of the register, and no rule computes it."""

    id: str
    about: str
    reason: str


class CoverageDefect(Exception):
    """The register of coverage says something twice, or in words that are not its own."""


@cache
def coverage() -> dict[str, Coverage]:
    """Every row by its id, in the order of the register; that all of the register is there a test tells."""
    found: dict[str, Coverage] = {}
    for row in _read()["rows"]:
        how, asked = row.pop("as", ""), tuple(row.pop("asked_at", ()))
        each = Coverage(**row, how=how, asked_at=asked)
        if each.id in found:
            raise CoverageDefect(f"{each.id} stands there twice")
        if each.state not in STATES or (each.state == "implemented") is not (each.how in HOW):
            raise CoverageDefect(f"{each.id}: {each.state} {each.how}")
        found[each.id] = each
    return found


@cache
def remembered() -> tuple[Remembered, ...]:
    """The things only remembered, which never run."""
    return tuple(Remembered(**row) for row in _read()["remembered"])


def _read() -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(FILE.read_bytes(), Loader=loader)
