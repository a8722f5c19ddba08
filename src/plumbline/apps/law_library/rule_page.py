"""What a rule's page shows: its count in words, its versions, its results, and what stands on the same article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind
from plumbline.rules import Rule

UNITS_ZH = {"wd": "个工作日", "cd": "日", "h": "小时", "m": "个月", "y": "年"}
BOUND_ZH = {
    "enforcement_agency": "行政执法机关",
    "party": "当事人",
    "officer": "执法人员",
    "penalty agency": "作出处罚的机关",
    "every agency": "各行政执法机关",
    "reconsideration organ": "行政复议机关",
    "respondent agency": "被申请人",
}
READING = ("supervision.supervise", "cases.view", "cases.handle", "supervision.sign")


def verdicts_seen(actor: Actor, rule: str) -> Any:
    """The rule's verdicts within the agencies the actor may read."""
    rows = StoredVerdict.objects.unscoped("规则页的结论，按可见机关").filter(rule=rule)
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_code__in=reach)


@dataclass(frozen=True)
class Share:
    """One kind of verdict: its number and its part of the whole, as a stretch of the bar from ``x``."""

    value: str
    label: str
    n: int
    percent: str
    x: float
    width: float


def shares(actor: Actor, rule: str) -> list[Share]:
    counts = dict(verdicts_seen(actor, rule).values_list("verdict").annotate(n=Count("pk")))
    total = sum(counts.values())
    found, x = [], 0.0
    for value, label in VerdictKind.choices:
        n = counts.get(value, 0)
        width = round(100 * n / total, 2) if total else 0.0
        found.append(Share(value, label, n, f"{100 * n / total:.1f}%" if total else "—", x, width))
        x = round(x + width, 2)
    return found


def counting(facts: RuleFacts) -> list[tuple[str, str]]:
    """The count in words: who is bound, how long, what does not count, what happens on a rest day."""
    lines = [("义务人", BOUND_ZH.get(facts.bound, facts.bound if _chinese(facts.bound) else "见检查对象"))]
    if facts.n is not None and facts.unit in UNITS_ZH:
        lines.append(("期限", f"{facts.n:g} {UNITS_ZH[facts.unit]}"))
        start = "从事件发生的时刻起算" if facts.unit == "h" else "开始的当日不计入"
        lines.append(("起点", start))
        if facts.unit == "wd":
            lines.append(("休息日", "法定节假日和休息日不计，调休上班的计入"))
        elif facts.unit != "h":
            lines.append(("届满遇假", "最后一日是休息日的，顺延至下一个工作日"))
    return lines


def _chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


@dataclass(frozen=True)
class Version:
    """A text that gives the rule its force for some time or some field."""

    row: str
    from_on: date | None
    to_on: date | None
    source: str
    domain: str
    requirement: str


def versions(facts: RuleFacts, rule: Rule | None, domains: Mapping[str, str]) -> list[Version]:
    """The row itself, then the rows that stand in for it: in a field of their own, or before it came into force."""
    own = Version(
        facts.id,
        facts.effective_from,
        facts.effective_to,
        facts.law + facts.article,
        "一般规定",
        rule.require.phrase() if rule else "",
    )
    others = [
        Version(
            each.row,
            each.facts.effective_from,
            each.facts.effective_to,
            each.facts.law + each.facts.article,
            domains.get(each.domain, "旧法" if each.facts.effective_to else "特别规定"),
            each.require.phrase(),
        )
        for each in (rule.overlays if rule else ())
    ]
    return [own, *sorted(others, key=lambda each: each.from_on or date.min, reverse=True)]


def neighbours(facts: RuleFacts) -> list[RuleFacts]:
    """Other rows of the register that stand on the same article."""
    return [
        each
        for each in rule_facts().values()
        if each.law == facts.law and each.article == facts.article and each.id != facts.id
    ]
