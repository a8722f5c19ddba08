"""Every example beside every rule is a test; every rule shows at least two verdicts."""

from __future__ import annotations

import pytest

from plumbline.rules import Example, Rule, RuleBook
from plumbline.rules.book import STANDARD_PACKS
from tests.rules.judged import History, by_reader

PACKS = [*STANDARD_PACKS, "plumbline.packs.traffic_fines"]
BOOK = RuleBook.load(PACKS)
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{example.title}")
    for rule in BOOK.rules
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    history = History.of(rule, example)
    assert not history.faults()
    verdicts = by_reader(history)
    assert verdicts, "the example has no subject for the rule"
    found = (
        verdicts[-1] if example.subject is None else next(v for v in verdicts if v.subject == example.subject)
    )
    told = found.explanation_zh
    assert found.verdict == example.verdict, told + found.fault
    if example.due is not None:
        assert found.due_text == example.due, told
    if example.overlay is not None:
        assert found.overlay == example.overlay
    if found.verdict == "unknown":
        assert found.missing
    assert "None" not in told
    assert rule.duty_zh.rstrip("。") in told


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_rule_shows_what_it_can_say(rule: Rule) -> None:
    shown = {example.verdict for example in rule.examples}
    assert len(shown) >= 2
    assert rule.duty_zh
    assert rule.remedy_zh
    assert rule.reads()
