"""Dated numbers of the law: how long, how much, how many, under which text and from when; general rows with those that stand in for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import Rule
from plumbline.vocabulary import load_vocabulary

UNITS_ZH = {
    "wd": "个工作日",
    "cd": "日",
    "h": "小时",
    "m": "个月",
    "y": "年",
    "CNY": "元",
    "persons": "人",
    "%": "%",
    "%/day": "% 每日",
    "docs": "份",
}
FAMILIES = {"wd": "工作日", "cd": "自然日", "h": "小时", "m": "月", "y": "年", "CNY": "数额"}


@dataclass(frozen=True)
class Term:
    """A number in force from a day to a day, in all fields or in one."""

    facts: RuleFacts
    scope: str
    general: bool
    runs: bool

    @property
    def amount(self) -> str:
        facts = self.facts
        if facts.n is None:
            return "见条文"
        return f"{facts.n:,g} {UNITS_ZH.get(facts.unit, facts.unit)}"

    @property
    def url(self) -> str:
        return f"/law/rules/{self.facts.id}"


@dataclass(frozen=True)
class Duty:
    """A duty with every number it has had or has in some field."""

    title: str
    rule: Rule | None
    terms: tuple[Term, ...]


def duties(*, unit: str = "", domain: str = "", on: date | None = None, text: str = "") -> list[Duty]:
    """Every duty with a number, the general row first; filtered by unit, field, the day it is in force, and words."""
    domains = load_vocabulary().enums["domain"]
    facts_of = rule_facts()
    standing = {o.row: rule for rule in rule_book().rules for o in rule.overlays}
    groups: dict[str, list[RuleFacts]] = {}
    for facts in facts_of.values():
        if facts.unit in UNITS_ZH:
            rule = standing.get(facts.id)
            groups.setdefault(rule.id if rule else facts.id, []).append(facts)
    found = []
    for key, rows in groups.items():
        rule = rule_book().by_id.get(key)
        terms = tuple(
            Term(
                row,
                domains.get(row.domain, "") or ("旧法" if row.effective_to else "一般规定"),
                row.id == key,
                row.id in standing or row.id in rule_book().by_id,
            )
            for row in sorted(rows, key=lambda r: (r.id != key, r.domain, r.effective_from or date.min))
            if (not unit or row.unit == unit)
            and (not domain or row.domain in {"", domain})
            and (on is None or row.in_force(on))
        )
        title = rule.duty_zh if rule else facts_of[key].law + facts_of[key].article
        said = " ".join([title, *(f"{t.facts.id} {t.facts.law}{t.facts.article}" for t in terms)]).lower()
        if terms and all(word in said for word in text.lower().split()):
            found.append(Duty(title, rule, terms))
    return sorted(found, key=lambda each: each.rule is None)  # in the order of the register, what runs first
