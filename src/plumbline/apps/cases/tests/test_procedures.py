"""The declarations hold together: every name in them is a name of the contract, the lawbook, or the forms."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.fields import contract_spec
from plumbline.apps.cases.fills import FILLS
from plumbline.apps.cases.policies import POSTS
from plumbline.apps.cases.reading import DECLARED
from plumbline.lawbook import rule_facts
from plumbline.packs.penalty.procedures import PROCEDURES, procedure, procedure_for
from plumbline.packs.procedures import Phase, Procedure, Step
from plumbline.platform.events.declared import declared_activities
from plumbline.vocabulary import load_vocabulary

STEPS = [(each, step) for each in PROCEDURES for step in each.steps.values()]
ACTIVITIES = load_vocabulary().activities
ACTORS = {"officers", "approver", "reviewer", "presider"}
KINDS = {
    "", "item", "domain", "officers", "presider", "open", "held", "evidence", "benchmark", "agency", "ended_on", "options:normative_documents",
}  # fmt: skip


@pytest.mark.parametrize(("each", "step"), STEPS, ids=[f"{p.key}-{s.key}" for p, s in STEPS])
def test_a_step_names_only_what_exists(each: Procedure, step: Step) -> None:
    named = {step.activity, *step.until, *(a for group in step.after for a in group)}
    if step.of is not None:
        named |= {*step.of.start, *step.of.ends}
    assert named <= ACTIVITIES.keys() | DECLARED
    assert {*step.settles, *step.cures, *step.demands} <= rule_facts().keys() | {"SAMR-18-filing-15wd"}
    assert step.capability in POSTS and step.actors in ACTORS and step.basis
    assert step.phase in {phase.key for phase in each.phases}
    if step.declared:
        assert step.activity in declared_activities() and step.activity not in ACTIVITIES
        assert all(ask.is_detail for ask in step.asks), "what no contract knows is a detail"
        assert set(step.states) <= {ask.path[1:] for ask in step.asks}
        return
    assert each.kind in ACTIVITIES[step.activity].kinds
    for path in [ask.path for ask in step.asks if not ask.is_detail] + [step.approver_field]:
        if path:
            assert contract_spec(step.activity, path)
    for path in (*step.fixed, *step.numbers):
        assert path.startswith("x_") or contract_spec(step.activity, path)
    for ask in step.asks:
        # ``a|b``: the second where the first is not known; three are asked for and known by nobody yet.
        wanted = set(ask.fill.split("|")) - {""}
        assert wanted <= FILLS.keys() | {"complex", "major", "major_public_interest"}
        assert ask.is_detail or ask.kind in KINDS
        assert not ask.is_detail or ask.label
        assert not ask.given or ask.given in ACTIVITIES


@pytest.mark.parametrize("each", PROCEDURES, ids=lambda p: p.key)
def test_a_phase_leads_to_steps_that_exist(each: Procedure) -> None:
    for phase in each.phases:
        assert set(phase.done_by) <= ACTIVITIES.keys() | DECLARED
        assert set(phase.main) <= each.steps.keys(), phase.key
        assert all(rule in rule_facts() for rule in (phase.needed_by, *phase.timed_by) if rule)


def test_every_required_field_of_the_contract_is_asked_or_fixed() -> None:
    for each, step in STEPS:
        if step.declared:
            continue
        given = {ask.path.split(".")[0] for ask in step.asks} | {
            p.split(".")[0] for p in (*step.fixed, *step.numbers)
        }
        given.add(step.approver_field)
        required = {name for name, spec in ACTIVITIES[step.activity].fields.items() if spec.get("required")}
        assert required <= given, (each.key, step.key, required - given)


def test_a_case_keeps_the_version_in_force_when_it_was_opened() -> None:
    from datetime import date

    found = procedure_for("ordinary", date(2026, 3, 1))
    assert procedure("ordinary", found.version) is found
    with pytest.raises(KeyError):
        procedure_for("ordinary", date(2020, 1, 1))


def test_a_stray_step_is_refused() -> None:
    from datetime import date

    stray = Step("x", "某步", "clue_verified", phase="nowhere", basis="条", procedures=("p",))
    with pytest.raises(ValueError, match="without a phase: x"):
        Procedure.declare(
            "p", label="p", version="1", in_force_from=date(2021, 1, 1), basis="条", steps=[stray],
            phases=[Phase("a", "甲", "条", done_by=(), responsible="cases.handle")],
        )  # fmt: skip
