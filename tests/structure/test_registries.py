"""The registries, walked: what is declared is whole, and what was declared stays."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from plumbline.lawbook import rule_facts
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.platform.actions import ActionSpec, registered_actions
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.identity.capabilities import CAPABILITIES
from plumbline.rules import RuleBook
from plumbline.vocabulary import load_vocabulary

from .registry import PACKS, collected, difference

ROOT = Path(__file__).parents[2]
# Drafts and phrases kept for oneself have no legal effect and leave no event. The event of a rating would lead to who gave it.
DRAFTS = {
    "challenges.save_draft",
    "challenges.drop_draft",
    "cases.save_draft",
    "cases.drop_draft",
    "cases.keep_phrase",
    "cases.drop_phrase",
    "linkage.save_draft",
    "linkage.drop_draft",
    "complaints.begin",
    "complaints.save_page",
    "complaints.keep_identity",
    "complaints.add_photo",
    "complaints.remove_photo",
    "volunteers.rate",
}

RESERVED = {"agency.administer", "law.view"}  # posts carry them already; no page asks for them yet


@pytest.fixture(scope="module")
def actions() -> dict[str, ActionSpec]:
    assert get_resolver().url_patterns  # some actions are declared beside their pages
    return registered_actions()


def _test_sources() -> str:
    places = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("src/**/tests/**/*.py")]
    return "\n".join(p.read_text() for p in places if p != Path(__file__))


def test_no_id_was_dropped_or_left_unlocked() -> None:
    """After a change that is meant: ``python -m tests.structure.registry --renew``, and review the diff."""
    lines = difference()
    assert not lines, "\n".join(["run: python -m tests.structure.registry --renew", *lines])
    assert all(collected().values())


def test_every_action_has_policy_events_purpose_and_basis(actions: dict[str, ActionSpec]) -> None:
    assert len(actions) >= 30
    known = set(load_vocabulary().activities) | set(declared_activities())
    for name, spec in actions.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name), name
        assert callable(spec.policy), name
        assert spec.policy.__name__.startswith("may_") or spec.policy.__doc__, f"{name}: policy unnamed"
        assert spec.records or name in DRAFTS, f"{name} records no event"
        assert set(spec.records) <= known, f"{name}: {set(spec.records) - known} is declared nowhere"
        assert inspect.getdoc(spec.function), f"{name} has no docstring"
        assert re.search(r"[一-鿿]", spec.basis), f"{name} names no basis"
        if spec.on:
            assert spec.on in inspect.signature(spec.function).parameters, name


def test_every_action_is_used_by_some_test(actions: dict[str, ActionSpec]) -> None:
    """By its id, or as a call of its function."""
    sources = _test_sources()
    called = set(re.findall(r"\b(\w+)\(", sources))
    unused = [
        name for name, spec in actions.items() if spec.function.__name__ not in called and name not in sources
    ]
    assert not unused, f"no test names {', '.join(unused)}"


def test_every_step_names_a_known_activity_document_rule_and_capability() -> None:
    activities, rules = load_vocabulary().activities, rule_facts()
    declared = declared_activities()
    for procedure in PROCEDURES:
        for key, step in procedure.steps.items():
            where = f"{procedure.key} {key}"
            assert step.key == key
            assert step.activity in (declared if step.declared else activities), where
            assert {a for group in step.after for a in group} <= {*activities, *declared}, where
            assert set(step.documents) <= set(TEMPLATES), where
            assert {*step.settles, *step.cures, *step.demands} <= rules.keys(), where
            assert {step.capability, step.approval} - {""} <= set(CAPABILITIES), where
            assert step.basis, f"{where} names no article"


def test_every_rule_has_a_citation_dates_and_examples() -> None:
    for rule in RuleBook.load(PACKS).rules:
        assert rule.facts.id == rule.id
        assert rule.examples, rule.id


def test_every_capability_is_asked_for_somewhere() -> None:
    sources = "\n".join(
        p.read_text()
        for p in (ROOT / "src").rglob("*.py")
        if p.name != "capabilities.py" and "tests" not in p.parts and "demo" not in p.parts
    )
    unasked = {name for name in CAPABILITIES if f'"{name}"' not in sources}
    assert unasked <= RESERVED, unasked - RESERVED
