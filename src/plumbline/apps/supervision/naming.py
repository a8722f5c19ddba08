"""How an alert is called, what it is held against, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline.platform.verdicts.evaluation import rule_book

from .findings import finding_kind
from .models import Alert


@dataclass(frozen=True)
class Definition:
    """What an alert rests on: a rule, or a kind of finding; ``page`` explains it and ``page_zh`` says what that page is."""

    breach_zh: str
    duty_zh: str
    remedy_zh: str
    law: str
    article: str
    page: str
    page_zh: str
    effective_from: date | None = None


def definition_of(key: str) -> Definition | None:
    """The definition behind an alert's ``rule``; None where it is no longer installed."""
    rule = rule_book().by_id.get(key)
    if rule is not None:
        facts = rule.facts
        return Definition(
            rule.breach_zh, rule.duty_zh, rule.remedy_zh, facts.law, facts.article,
            f"/law/rules/{key}", "规则页", facts.effective_from,
        )  # fmt: skip
    kind = finding_kind(key)
    if kind is None:
        return None
    return Definition(
        kind.breach_zh, kind.duty_zh, kind.remedy_zh, kind.law, kind.article, kind.page, "核对清单"
    )


def breach_of(alert: Alert) -> str:
    """The breach in a few words, as its rule names it; the rule's id where the rule is no longer installed."""
    definition = definition_of(alert.rule)
    return (definition.breach_zh or alert.rule) if definition else alert.rule


def matter_named(matter_id: str, numbers: Mapping[str, str]) -> str:
    """A matter by its case number out of ``numbers``; a case that is there without one by its id, as are other matters."""
    return numbers.get(matter_id) or f"{'尚无案号，' if matter_id in numbers else ''}编号 {matter_id}"


def finding_of(alert: Alert) -> str:
    """The facts without the duty they are held against, which the verdict's sentence begins with."""
    definition = definition_of(alert.rule)
    duty = f"{definition.duty_zh}；" if definition else ""
    if duty and alert.facts.startswith(duty):
        return alert.facts.removeprefix(duty)
    # The duty was worded otherwise when the alert was raised: what was found is after its last semicolon.
    return alert.facts.rpartition("；")[2]
