"""What the reader for one matter leaves out to be quick changes no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plumbline.law import statutory_calendar
from plumbline.rules import Rule, RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.examples import CERTIFICATES, expand
from plumbline.rules.expression import Expression
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.field import Field, ItField
from plumbline.rules.nodes.row_exists import RowExists
from plumbline.rules.nodes.row_value import RowValue
from plumbline.rules.nodes.stated import Stated
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary

BOOK = RuleBook.load(STANDARD_PACKS)
OFFICERS_AND_AGENCY = {
    "registers": 1,
    **CERTIFICATES,
    "agencies": [{"code": "A-1", "kind": "department", "level": "district"}],
}
DOMAINS = ("other", "public_security", "housing_construction", "ecology")


def histories() -> Iterator[list[Event]]:
    """Some examples of every rule, in turn in each domain, so that overlays apply and others do not."""
    examples = [example for rule in BOOK.rules for example in rule.examples[:3] if example.events]
    for number, example in enumerate(examples):
        documents = expand(example.events, "penalty")
        for document in documents:
            if document["activity"] == "case_filed" and number % 5:
                document["data"] = {**document["data"], "domain": DOMAINS[number % 5 - 1]}
        yield [Event.from_json(document, place) for place, document in enumerate(documents, 1)]


def told(rules: list[Rule]) -> list[dict[str, Any]]:
    words = load_vocabulary()
    found = []
    for number, history in enumerate(histories()):
        held = OFFICERS_AND_AGENCY if number % 3 else {"registers": 1}
        registers, errors = Registers.parse(words, held)
        assert errors == []
        matter = Matter.of(history, date(2026, 8, 1))
        calendar = statutory_calendar() if number % 4 else None
        judged = evaluate(rules, matter, registers=registers, calendar=calendar, as_of=date(2026, 8, 1))
        found += [verdict.to_json() for verdict in judged]
    return found


def test_shortcuts_change_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Joins by index, overlays by domain, conditions fused with what they read: each against the long way round."""
    quick = told([replace(rule) for rule in BOOK.rules])
    assert {each["verdict"] for each in quick} >= {"met", "breached", "pending", "unknown", "not_applicable"}
    assert any(each["overlay"] for each in quick)

    monkeypatch.setattr(Matter, "with_value", lambda self, key, value: None)
    monkeypatch.setattr(Rule, "overlays_in", lambda self, domain: self.compiled_overlays)
    for node in (Field, ItField, Envelope):
        monkeypatch.setattr(node, "compile_then", Expression.compile_then)
    monkeypatch.setattr(Stated, "compile_negated", Expression.compile_negated)
    for row in (RowExists, RowValue):
        monkeypatch.setattr(row, "_by_key", row._by_condition)
    assert told([replace(rule) for rule in BOOK.rules]) == quick


def test_a_quick_way_that_leaves_something_out_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The histories reach the index: were it to find nothing, verdicts would differ."""
    quick = told([replace(rule) for rule in BOOK.rules])
    monkeypatch.setattr(Matter, "with_value", lambda self, key, value: ())
    assert told([replace(rule) for rule in BOOK.rules]) != quick
