"""Every verdict that a rule can give is given by its examples, by both readers, and every limit is shown from both sides.

What can be given is derived from the rule's form (``verdict_kinds``), the limits likewise (``limits``): nothing here is a list
of exceptions. The boundaries are the examples themselves and the same histories moved to the last moment of their periods.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from plumbline.rules import Rule, RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.forms.outcome import BREACHED, MET, NOT_APPLICABLE, PENDING, UNKNOWN
from plumbline.rules.language import (
    Ahead,
    Check,
    Clock,
    Decide,
    Fixed,
    Promptly,
    Stop,
    Wait,
    Within,
    all_of,
    case,
    event,
    exists,
    field,
    not_,
)
from tests.parity.readers import Row
from tests.rules.judged import History, at_the_edge, by_array, by_reader, rows
from tests.rules.limits import LimitShown, limits_of, with_limit_moved
from tests.rules.verdict_kinds import KINDS, kinds_it_can_give
from tests.structure.verdict_matrix import PAGE, page

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

BOOK = RuleBook.load(STANDARD_PACKS)
VERDICT = 3  # its place in a row
EACH_RULE = pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
EACH_LIMIT = [
    pytest.param(rule, limit, id=f"{limit.text}-{limit.n}{limit.unit}")
    for rule in BOOK.rules
    for limit in limits_of(rule)
]


@cache
def shown_by(rule_id: str) -> list[History]:
    rule = BOOK.by_id[rule_id]
    return [History.of(rule, example) for example in rule.examples]


@cache
def moved_of(rule_id: str) -> list[History]:
    """The examples at the edges of their periods, as far as the contract takes them."""
    edges = (edge for history in shown_by(rule_id) for edge in at_the_edge(history))
    return [edge for edge in edges if not edge.faults()]


@cache
def told_by_array() -> dict[str, list[list[Row]]]:
    """By rule: what the array kernel says of its examples and of what was moved, in that order."""
    everything = [h for rule in BOOK.rules for h in (*shown_by(rule.id), *moved_of(rule.id))]
    found: dict[str, list[list[Row]]] = defaultdict(list)
    for history, told in zip(everything, by_array(everything), strict=True):
        found[history.rule.id].append(told)
    return found


@EACH_RULE
def test_both_readers_agree_on_every_example_and_at_every_edge(rule: Rule) -> None:
    histories = [*shown_by(rule.id), *moved_of(rule.id)]
    for history, told in zip(histories, told_by_array()[rule.id], strict=True):
        assert rows(by_reader(history)) == told, history.title


@EACH_RULE
def test_the_examples_show_every_verdict_that_the_form_can_give_and_no_other(rule: Rule) -> None:
    possible = kinds_it_can_give(rule)
    assert {example.verdict for example in rule.examples} == possible
    examples = shown_by(rule.id)
    read = {verdict.verdict for history in examples for verdict in by_reader(history)}
    told = {row[VERDICT] for rows_of in told_by_array()[rule.id][: len(examples)] for row in rows_of}
    assert read == told == possible
    at_edges = {row[VERDICT] for rows_of in told_by_array()[rule.id] for row in rows_of}
    assert at_edges <= possible


@pytest.mark.parametrize(("rule", "limit"), EACH_LIMIT)
@pytest.mark.parametrize("by", [-1, 1], ids=["less", "more"])
def test_a_limit_is_shown_from_both_sides(rule: Rule, limit: LimitShown, by: int) -> None:
    """A limit off by one answers otherwise to some history: the last moment allowed, or the first that is not."""
    wrong = with_limit_moved(rule, limit, by)
    assert wrong != rule
    assert any(
        [v.verdict for v in by_reader(history)] != [v.verdict for v in by_reader(history, wrong)]
        for history in (*shown_by(rule.id), *moved_of(rule.id))
    ), f"no example of {rule.id} tells {limit.zh} from {limit.n + by}; add one at the edge"


def test_the_edges_are_many_and_say_different_things() -> None:
    moved = [history for rule in BOOK.rules for history in moved_of(rule.id)]
    assert len(moved) > 2000
    assert {v.verdict for history in moved for v in by_reader(history)} == set(KINDS)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.structure.verdict_matrix"


# -- the derivation itself ---------------------------------------------------------------------------------------------

_BARE = BOOK.by_id["APL-60-90d"]
_SERVED = event("decision_served", place="after")
_OPEN = field("complex")  # the contract lets it be left out


def _kinds(require: object, **parts: object) -> set[str]:
    stated = {"subject": ("decision_made",), "when": None, "overlays": (), "require": require, **parts}
    return set(kinds_it_can_give(replace(_BARE, **stated)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("require", "kinds"),
    [
        (Check(_OPEN.is_true()), {MET, BREACHED, UNKNOWN}),
        (Check(_OPEN.is_stated()), {MET, BREACHED}),
        (Check(field("outcome").eq("penalty")), {MET, BREACHED}),
        (Check(exists(_SERVED)), {MET, BREACHED}),
        (Check(case("domain").eq("market")), {MET, BREACHED, UNKNOWN}),
        (Check(all_of(exists(_SERVED), not_(exists(_SERVED)))), {MET, BREACHED}),
        (Within(Clock(7, "cd", roll=False), (Stop(_SERVED),)), {MET, BREACHED, PENDING}),
        (Within(Clock(7, "cd"), (Stop(_SERVED),)), {MET, BREACHED, PENDING, UNKNOWN}),
        (Within(Clock(7, "wd", roll=False), (Stop(_SERVED),)), {MET, BREACHED, PENDING, UNKNOWN}),
        (Wait(Clock(7, "cd", roll=False), _SERVED), {MET, BREACHED, PENDING}),
        (Wait(Clock(7, "cd", roll=False), None), {MET, BREACHED}),
        (Ahead(Clock(7, "cd"), event("penalty_notice_served")), {MET, BREACHED, UNKNOWN}),
        (Promptly(_SERVED), {MET, BREACHED, PENDING}),
        (Fixed(field("party_served_on"), (Stop(_SERVED),)), {MET, BREACHED, PENDING, UNKNOWN}),
        (Decide(((PENDING, exists(_SERVED)),), "met"), {MET, PENDING}),
        (Decide(((BREACHED, _OPEN.is_true()),), "met"), {MET, BREACHED, UNKNOWN}),
        (Decide(((BREACHED, _OPEN.is_true()),), "breached"), {BREACHED}),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, set) else "",
)
def test_what_a_form_can_give(require: object, kinds: set[str]) -> None:
    assert _kinds(require) == kinds | {NOT_APPLICABLE}


def test_what_the_condition_of_a_rule_settles() -> None:
    served = exists(_SERVED)
    assert _kinds(Check(not_(served)), when=served) == {BREACHED, NOT_APPLICABLE}
    assert _kinds(Check(served), when=all_of(served, _OPEN)) == {MET, UNKNOWN, NOT_APPLICABLE}
    assert _kinds(Check(served), when=_OPEN.is_true()) == {MET, BREACHED, UNKNOWN, NOT_APPLICABLE}
