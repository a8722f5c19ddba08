"""The declarations hold together: every name in them is one of the contract, of this app, the lawbook, or the forms."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.fields import contract_spec
from plumbline.apps.challenges import events  # noqa: F401 - declares its activities
from plumbline.apps.challenges.documents import PAPERS
from plumbline.lawbook import rule_facts
from plumbline.packs.procedures import Procedure, Step
from plumbline.packs.reconsideration.procedures import ENTRIES, PROCEDURES, procedure_for
from plumbline.platform.events.declared import declared_activities
from plumbline.vocabulary import load_vocabulary

STEPS = [(each, step) for each in PROCEDURES for step in each.steps.values()]
ACTIVITIES = load_vocabulary().activities
FILLS = {"", "approved_terms", "accepted_procedure", "orders_redo", "found_facts", "latest_decision"}


def known() -> set[str]:
    return ACTIVITIES.keys() | declared_activities().keys()


@pytest.mark.parametrize(("each", "step"), STEPS, ids=[f"{p.key}-{s.key}" for p, s in STEPS])
def test_a_step_names_only_what_exists(each: Procedure, step: Step) -> None:
    named = {step.activity, *step.until, *(a for group in step.after for a in group)}
    if step.of is not None:
        named |= {*step.of.start, *step.of.ends}
    assert named <= known()
    assert {*step.settles, *step.cures, *step.demands} <= rule_facts().keys()
    assert (
        step.capability in {"cases.handle", "challenges.reconsider"} and step.actors == "self" and step.basis
    )
    assert set(step.documents) <= PAPERS.keys() and step.approval in {"", "cases.approve"}
    for ask in step.asks:
        assert ask.is_detail or contract_spec(step.activity, ask.path)
        assert ask.fill in FILLS
        assert not ask.is_detail or ask.label
    contract = ACTIVITIES.get(step.activity)
    required = {name for name, spec in (contract.fields if contract else {}).items() if spec.get("required")}
    assert required <= {ask.path for ask in step.asks} | set(step.fixed) | set(step.numbers)
    if contract is not None:
        assert {"reconsideration", "litigation", "compensation"} & contract.kinds


@pytest.mark.parametrize("each", PROCEDURES, ids=lambda p: p.key)
def test_a_phase_leads_to_steps_that_exist(each: Procedure) -> None:
    for phase in each.phases:
        assert set(phase.done_by) <= known()
        assert set(phase.main) <= each.steps.keys(), phase.key


def test_a_way_in_opens_with_a_step_that_presupposes_nothing() -> None:
    for way in ENTRIES:
        assert way.first.after == () and way.kind in load_vocabulary().kinds
        assert procedure_for(way.procedure, max(p.in_force_from for p in PROCEDURES)).key == way.procedure
