"""Asking again only the rules that an event can touch gives what asking all of them gives."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.law import statutory_calendar
from plumbline.rules import Rule, RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.vocabulary import Event, Matter
from tests.rules.histories import AS_OF, CLOCKWORK, POOL, REGISTERS, events

BOOK = RuleBook.load(STANDARD_PACKS)


def stored(rules: tuple[Rule, ...], history: list[Event]) -> dict[tuple[str, str | None], dict[str, Any]]:
    """What is kept of the verdicts, by rule and subject."""
    found = evaluate(
        rules,
        Matter.of(history, AS_OF),
        registers=REGISTERS,
        calendar=statutory_calendar(),
        as_of=AS_OF,
    )
    return {(v.rule, v.subject): v.to_json() for v in found}


ACTIVITIES = st.sampled_from(CLOCKWORK) | st.sampled_from(POOL)


@settings(max_examples=150)
@given(st.data(), st.lists(ACTIVITIES, min_size=1, max_size=7), ACTIVITIES)
def test_incremental_is_full(data: st.DataObject, before: list[str], added: str) -> None:
    history = data.draw(events(before, 1))
    new = data.draw(events([added], len(history) + 1))
    kept = stored(BOOK.rules, history)
    touched = BOOK.touched_by([added])
    ids = {rule.id for rule in touched}
    updated = {key: value for key, value in kept.items() if key[0] not in ids}
    updated |= stored(touched, [*history, *new])
    full = stored(BOOK.rules, [*history, *new])
    assert updated.keys() == full.keys()
    differing = [key for key in full if full[key] != updated[key]]
    assert differing == []


@settings(max_examples=100)
@given(st.data(), st.lists(ACTIVITIES, min_size=1, max_size=8))
def test_every_history_is_judged_without_a_defect(data: st.DataObject, activities: list[str]) -> None:
    """Whatever lawful events say, no rule raises; an error names contradictory records and never a defect of ours."""
    for (rule, _), told in stored(BOOK.rules, data.draw(events(activities, 1))).items():
        assert told["explanation_zh"].endswith("。"), rule
        assert "None" not in told["explanation_zh"], told["explanation_zh"]
        if told["verdict"] == "error":
            assert "系统出错" not in told["explanation_zh"], told["explanation_zh"]
        if told["verdict"] == "unknown":
            assert told["missing"], rule


def test_a_voiding_touches_every_rule() -> None:
    assert BOOK.touched_by(["event_voided"]) == BOOK.rules
    assert BOOK.touched_by([]) == ()
    assert 0 < len(BOOK.touched_by(["prereg_disposed"])) < len(BOOK.rules)
