"""Every example beside every rule is a test; every rule shows at least two verdicts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from plumbline.packs import traffic_fines
from plumbline.rules import Example, Rule, RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.examples import expand
from plumbline.vocabulary import (
    Event,
    Matter,
    end_of,
    group_by_matter,
    load_vocabulary,
    validate_event,
)
from tests.rules.stated import stated

PACKS = [*STANDARD_PACKS, "plumbline.packs.traffic_fines"]
BOOK = RuleBook.load(PACKS)
FINES = Path(traffic_fines.__file__).with_name("vocabulary.yaml")
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{example.title}")
    for rule in BOOK.rules
    for example in rule.examples
]


def judge(rule: Rule, example: Example):
    own = FINES if rule.own_facts else None
    vocabulary = load_vocabulary(own)
    kind = rule.kinds[0] if rule.kinds else _kind(example)
    documents = expand(example.events, kind)
    errors = [
        e.message_zh for number, d in enumerate(documents, 1) for e in validate_event(vocabulary, d, number)
    ]
    assert not errors
    registers, calendar = stated(dict(example.registers), vocabulary=own)
    as_of = (
        datetime.fromisoformat(example.as_of)
        if len(example.as_of) > 10
        else date.fromisoformat(example.as_of)
    )
    events = [Event.from_json(d, number) for number, d in enumerate(documents, 1)]
    matters = group_by_matter(events)
    matter = Matter.of(matters["M-1"], end_of(as_of))
    return evaluate(
        [rule],
        matter,
        registers=registers,
        calendar=calendar,
        as_of=as_of,
        others=matters.get,
        affair=lambda party, act: list(matters),
    )


def _kind(example: Example) -> str:
    return next((str(e["kind"]) for e in example.events if "kind" in e), "penalty")


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    verdicts = judge(rule, example)
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
    assert len(shown) >= 2 or rule.id == "ESR-33-no-duplicate"
    assert rule.duty_zh
    assert rule.remedy_zh
    assert rule.reads()
