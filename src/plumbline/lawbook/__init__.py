"""The lawbook: facts of the law as data (titles, dates, numbers, units), read by lawyers. No text of a statute is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from .covered import Coverage, Remembered, coverage, remembered

__all__ = [
    "Coverage",
    "Remembered",
    "RuleFacts",
    "cited",
    "coverage",
    "data_file",
    "remembered",
    "rule_facts",
]


def data_file(name: str) -> Path:
    """A data file of the lawbook."""
    return Path(__file__).with_name(name)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What the register of rules says about one row: where it stands, from when to when, its number and unit."""

    id: str
    law: str
    article: str
    area: str
    trigger: str
    requirement: str
    limit: str
    n: int | float | None
    unit: str
    extend: str
    suspend: str
    severity: str
    effective_from: date | None
    effective_to: date | None
    tier: str
    domain: str
    core: bool
    bound: str
    dates_verified: bool

    def in_force(self, on: date) -> bool:
        return (self.effective_from is None or self.effective_from <= on) and (
            self.effective_to is None or on <= self.effective_to
        )

    @property
    def rolls_by_default(self) -> bool:
        """The text does not say what happens when the last day is a day of rest (民法典第二百零三条 applies)."""
        return self.law in _left_open()[0]

    @property
    def unit_left_open(self) -> bool:
        """The text does not say whether its days are working days."""
        return self.law in _left_open()[1] or self.id in _left_open()[2]


@cache
def _left_open() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Laws silent on rolling, laws silent on the kind of day, and single rows silent on it."""
    open_points = yaml.safe_load(data_file("counting.yaml").read_text(encoding="utf-8"))
    unit = open_points["unit_left_open"]
    return frozenset(open_points["rolls_by_default"]), frozenset(unit["laws"]), frozenset(unit["rows"])


@cache
def rule_facts() -> dict[str, RuleFacts]:
    """The facts of all rows of the register of rules, by id."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(data_file("rules.yaml").read_bytes(), Loader=loader)
    facts = {}
    for row in rows:
        values = {name: row[name] for name in RuleFacts.__slots__ if name in row}
        for name in ("effective_from", "effective_to"):
            # A star marks a date that was not found in the text itself.
            values[name] = date.fromisoformat(row[name].rstrip("*")) if row[name] else None
        values["dates_verified"] = "*" not in row["effective_from"] + row["effective_to"]
        facts[row["id"]] = RuleFacts(**values)
    return facts


def cited(rule: str) -> str:
    """Law and article of a rule as a page cites them; empty for an id that the register does not hold."""
    facts = rule_facts().get(rule)
    return f"{facts.law}{facts.article}" if facts else ""
