"""Shapes that few rules have, by both readers: the tree and the array kernel say the same of the same small history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plumbline.law import statutory_calendar
from plumbline.lawbook import rule_facts
from plumbline.rules import Rule
from plumbline.rules import language as say
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import expand, filed, fined, step
from plumbline.rules.expression import Expression, literal
from plumbline.rules.forms.outcome import Form
from plumbline.rules.nodes.days import DateAfter, DaysBetween
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.field import Field, ItField
from plumbline.rules.nodes.people import People
from plumbline.rules.nodes.pick import Pick
from plumbline.rules.nodes.row_exists import RowExists
from plumbline.rules.nodes.row_value import RowValue
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.total import Total
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary
from tests.parity.readers import by_tree, differences

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

FACTS = replace(rule_facts()["APL-58-legal-review"], effective_from=None, effective_to=None)
MOMENT = date(2026, 6, 30)
REGISTERS = {
    "registers": 1,
    "officers": [
        {"id": "E-1", "agency": "A-1", "valid_from": "2022-01-01", "valid_to": "2026-03-31"},
        {"id": "E-1", "agency": "A-2", "valid_from": "2026-04-01", "valid_to": None},
        {"id": "E-2", "agency": "A-1", "valid_from": "2022-01-01", "valid_to": "2026-03-03"},
    ],
}
OFFICERS = [{"id": "E-1", "role": "officer"}, {"id": "E-2", "role": "officer"}]
STEPS = [
    filed("2026-03-02", domain="other", violation={"ended_on": "2026-02-20", "discovered_on": "2026-02-25"}),
    step("record_made", "2026-03-03", actors=OFFICERS, record="interview"),
    step("record_made", "2026-03-04T22:30:00+08:00", actors=OFFICERS[:1], record="site"),
    step("record_made", "2026-03-05"),
    fined("2026-04-07", 600_000),
    step("fine_paid", "2026-04-20", amount=200_000),
    step("fine_paid", "2026-04-22", amount=400_000),
    step("case_closed", "2026-05-06"),
]
PAID, RECORDS = ("fine_paid",), ("record_made",)


def agency(**more: Any) -> Expression:
    return RowValue("officers", "id", say.person("officer"), "agency", **more)


HERE = ItField("agency").eq(Envelope("agency"))
CONDITIONS: dict[str, tuple[str, Expression]] = {
    "a column, latest row": ("record_made", agency().eq("A-2")),
    "a column, row of the day": ("record_made", agency(dated=True).eq("A-1")),
    "a column, row chosen": ("record_made", agency(where=HERE).eq("A-1")),
    "a row of the day chosen": ("record_made", RowExists("officers", "id", say.person("officer"), HERE)),
    "a row of any day": ("record_made", RowExists("officers", "id", say.person("officer"), dated=False)),
    "a row of the day": ("record_made", RowExists("officers", "id", say.person("officer"))),
    "people of the day": ("record_made", People("officer", RowExists("officers", "id", ItField("id"))).ge(2)),
    "people": ("record_made", People("officer").eq(2)),
    "night": ("record_made", say.at_night()),
    "a sum": ("case_closed", Total(Selection(PAID, "before"), ItField("amount")).eq(600_000)),
    "a sum of some": (
        "case_closed",
        Total(Selection(PAID, where=ItField("amount").gt(300_000)), ItField("amount")).eq(400_000),
    ),
    "a count": ("fine_paid", say.count(Selection(PAID, "not_after")).eq(2)),
    "the first": ("case_closed", Pick("first", Selection(PAID), ItField("amount"), literal(0)).eq(200_000)),
    "the last": ("case_closed", Pick("last", Selection(PAID), ItField("amount"), literal(0)).eq(400_000)),
    "none to pick": (
        "case_filed",
        Pick("last", Selection(PAID, "before"), ItField("amount"), literal(7)).eq(7),
    ),
    "after it": ("fine_paid", say.exists(Selection(PAID, "after"))),
    "same day": (
        "record_made",
        say.exists(Selection(RECORDS, "same_day", where=ItField("record").eq("interview"))),
    ),
    "same record": ("record_made", say.count(Selection(RECORDS, same=("record",))).eq(1)),
    "several": ("case_closed", say.count(Selection((*PAID, *RECORDS), "before")).eq(5)),
    "days between": ("decision_made", DaysBetween(say.case("violation.ended_on"), Envelope("on")).eq(46)),
    "a date after": ("decision_made", DateAfter(Envelope("on"), 15, "wd").eq("2026-04-28")),
    "a date rolled": ("decision_made", DateAfter(Envelope("on"), 4, "cd", True).eq("2026-04-13")),
    "sums and products": ("fine_paid", Field("amount").plus(1).times(2).eq(400_002)),
    "one of": ("fine_paid", Field("amount").one_of(1, 200_000)),
    "kind of day": ("case_filed", say.kind_of_day().eq("workday")),
    "the domain": ("case_closed", say.case("domain").eq("other")),
}


def term(n: int, unit: str, **more: Any) -> Form:
    return say.Within(
        say.Clock(n, unit, more.pop("roll", True)), (say.Stop(Selection(PAID, "after")),), **more
    )


def summed(fen: int) -> say.Stop:
    return say.Stop(Selection(PAID, "after"), sum_of="amount", reaching=literal(fen))


FORMS: dict[str, tuple[str, Form]] = {
    **{
        f"{n}{unit}": ("decision_made", term(n, unit))
        for n, unit in ((8, "wd"), (9, "wd"), (12, "cd"), (13, "cd"), (1, "m"))
    },
    "hours": ("decision_made", term(24 * 13, "h")),
    "rolled or not": ("decision_made", term(4, "cd", roll=False)),
    "from another day": ("decision_made", term(13, "cd", start=literal("2026-04-08"))),
    "no day to start from": ("case_filed", term(13, "cd", start=say.case("violation.ended_on"))),
    "sum": ("decision_made", say.Within(say.Clock(14, "cd", False), (summed(600_000),))),
    "sum in time": ("decision_made", say.Within(say.Clock(15, "cd", False), (summed(600_000),))),
    "sum never": ("decision_made", say.Within(say.Clock(15, "cd", False), (summed(600_001),))),
    "wait": ("decision_made", say.Wait(say.Clock(13, "cd", False), Selection(PAID, "after"))),
    "wait over": ("decision_made", say.Wait(say.Clock(12, "cd", False), Selection(PAID, "after"))),
    "last day free": (
        "decision_made",
        say.Wait(say.Clock(13, "cd", False), Selection(PAID, "after"), last_day_free=True),
    ),
    "ahead": ("decision_made", say.Ahead(say.Clock(35, "cd", False), Selection(RECORDS, "before"))),
    "ahead by a day less": (
        "decision_made",
        say.Ahead(say.Clock(34, "cd", False), Selection(RECORDS, "before")),
    ),
    "promptly": ("decision_made", say.Promptly(Selection(PAID, "after"))),
    "too late": ("case_closed", say.Promptly(Selection(PAID, "after"))),
    "of the same record": (
        "record_made",
        say.Within(say.Clock(1, "cd", False), (say.Stop(Selection(RECORDS, "after", same=("record",))),)),
    ),
    "fixed": ("decision_made", say.Fixed(literal("2026-04-19"), (say.Stop(Selection(PAID, "after")),))),
    "two stages": (
        "case_filed",
        say.TwoStage(
            say.Clock(36, "cd", False),
            Envelope("on"),
            Selection(("decision_made",), "after"),
            Selection(PAID, "after"),
        ),
    ),
    "a right": ("decision_made", say.Right(term(3, "cd"))),
    "by case": (
        "fine_paid",
        say.ByCase(Field("amount").gt(200_000), say.Check(literal(1).eq(1)), term(1, "wd")),
    ),
    "decided": ("fine_paid", say.Decide((("breached", Field("amount").gt(200_000)),), "met")),
}
ASKED = {**{k: (a, say.Check(c)) for k, (a, c) in CONDITIONS.items()}, **FORMS}


@pytest.mark.parametrize("name", ASKED)
def test_the_kernel_says_what_the_tree_says(name: str) -> None:
    activity, form = ASKED[name]
    rule = Rule(id="OWN", subject=(activity,), require=form, duty_zh="应当如此。", own_facts=FACTS)
    events = [Event.from_json(d, n) for n, d in enumerate(expand(STEPS, "penalty"), 1)]
    matter = Matter.of(events, MOMENT)
    for document in (REGISTERS, {"registers": 1}):
        registers, errors = Registers.parse(load_vocabulary(), document)
        assert not errors
        for calendar in (statutory_calendar(), None):
            compiled = compile_rules([rule], registers=registers, calendar=calendar)
            assert differences(compiled, [matter], MOMENT) == []
    said = by_tree([rule], [matter], registers=registers, calendar=statutory_calendar(), as_of=MOMENT)
    assert said and "error" not in {row[3] for row in said}


def grant(on: str, days: int, by: str, **data: Any) -> dict[str, Any]:
    return step("extension_approved", on, clock="decision", days=days, approved_by=by, **data)


INTERRUPTED = [
    filed("2026-03-02"),
    step("investigation_suspended", "2026-03-04", approved_by="agency_head"),
    step("investigation_resumed", "2026-03-06"),
    step("test_started", "2026-03-06", test="T1", test_kind="inspection", told_in_writing=True),
    step("test_started", "2026-03-07", test="T2", test_kind="quarantine"),
    step("hearing_requested", "2026-03-09"),
    step("statement_waived", "2026-03-10", waives=["hearing"]),
    step("hearing_ended", "2026-03-12", hearing="H1"),
    step("test_ended", "2026-03-13", test="T1"),
    grant("2026-03-14", 5, "agency_head", party_told=True),
    grant("2026-03-15", 40, "collective"),
    step("refund_ordered", "2026-03-16"),
    step("refund_ended", "2026-03-18"),
    step("challenge_started", "2026-03-18", route="litigation"),
    step("challenge_ended", "2026-03-20", route="reconsideration", outcome="upheld"),
    step("challenge_ended", "2026-03-24", route="litigation", outcome="upheld"),
    step("announcement_service_started", "2026-03-24", document="decision"),
    step("case_closed", "2026-05-06"),
]
HEAD, REST = say.ExtensionStep("head", 10), say.ExtensionStep("collective", None)
TOLD = ItField("told_in_writing").eq(True)
CLOCKS: dict[str, dict[str, Any]] = {
    **{
        name: {"excludes": (say.Exclusion(name),)}
        for name in ("investigation_suspension", "hearing", "refund", "challenge", "announcement")
    },
    "tests": {"excludes": (say.Exclusion("test", ("inspection",)),)},
    "tests with a condition": {"excludes": (say.Exclusion("test", ("inspection", "quarantine"), TOLD),)},
    "everything": {
        "excludes": (say.Exclusion("hearing"), say.Exclusion("refund"), say.Exclusion("challenge"))
    },
    "one extension": {"extensions": (HEAD,), "extension_clock": "decision"},
    "two extensions": {"extensions": (HEAD, REST), "extension_clock": "decision"},
    "of another clock": {"extensions": (HEAD,), "extension_clock": "service"},
    "of any clock": {"extensions": (HEAD, say.ExtensionStep("", 3))},
    "with a condition": {"extensions": (say.ExtensionStep("head", 10, ItField("party_told").eq(True)), REST)},
    "never granted": {"extensions": (say.ExtensionStep("superior", 10),), "extension_clock": "decision"},
    "nothing counts": {"extension_clock": "decision"},
    "nothing looked at": {},
    "same day": {"unless_same_day": say.case("domain").eq("other")},
    "ended": {"ended_by": Selection(("refund_ended",), "after")},
}


@pytest.mark.parametrize("name", CLOCKS)
def test_both_take_the_same_time_off_and_grant_the_same(name: str) -> None:
    events = [Event.from_json(d, n) for n, d in enumerate(expand(INTERRUPTED, "penalty"), 1)]
    matter = Matter.of(events, MOMENT)
    stop = say.Stop(Selection(("case_closed",), "after"))
    rules = [
        Rule(
            id=f"OWN-{n}{unit}",
            subject=("case_filed",),
            require=say.Within(say.Clock(n, unit), (stop,), **CLOCKS[name]),
            duty_zh="应当如此。",
            own_facts=FACTS,
        )
        for n, unit in ((13, "cd"), (20, "cd"), (45, "cd"), (12, "wd"), (1, "m"))
    ]
    compiled = compile_rules(rules, registers=Registers.none(), calendar=statutory_calendar())
    assert differences(compiled, [matter], MOMENT) == []
    said = by_tree(rules, [matter], registers=Registers.none(), calendar=statutory_calendar(), as_of=MOMENT)
    assert len(said) == len(rules) and "error" not in {row[3] for row in said}
