"""Facts, comparisons and selections on a small history: what they answer, what they read, and how they are said."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.rules import language as say
from plumbline.rules.expression import literal
from plumbline.rules.nodes.all_of import AllOf
from plumbline.rules.nodes.any_matter import EarlierInAnyMatter
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.field import Field, Item, ItField, walk
from plumbline.rules.nodes.pick import Pick
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.total import Total
from plumbline.rules.scope import Scope
from plumbline.vocabulary import MISSING, Event
from tests.rules.asking import at, event, gone, told

PAYMENTS = [
    event(
        "e1",
        "decision_made",
        "2026-03-02",
        outcome="penalty",
        n=3,
        none=None,
        inner={"a": {"b": 5}, "nil": None},
    ),
    event("e2", "payment_received", "2026-03-05", amount=100, of="x"),
    event("e3", "payment_received", "2026-03-05", amount=250, of="y"),
    event("e4", "payment_received", "2026-03-09", amount=50, of="x"),
    event("e5", "case_closed", "2026-03-10", of="x"),
]
HERE = at(PAYMENTS)


@pytest.mark.parametrize(
    ("how", "answers"),
    [
        ("eq", [False, True, False]),
        ("ne", [True, False, True]),
        ("lt", [False, False, True]),
        ("le", [False, True, True]),
        ("gt", [True, False, False]),
        ("ge", [True, True, False]),
    ],
)
def test_comparison_with_a_number_and_with_a_fact(how: str, answers: list[bool]) -> None:
    fact = Field("n")
    assert [told(getattr(fact, how)(other), HERE) for other in (2, 3, 4)] == answers
    sums = [literal(2).plus(0), literal(1).plus(2), literal(2).times(2)]
    assert [told(getattr(fact, how)(other), HERE) for other in sums] == answers
    nothing = Field("none")
    against_null = {"eq": (True, False), "ne": (False, True)}.get(how, (False, False))
    assert (told(getattr(nothing, how)(None), HERE), told(getattr(fact, how)(None), HERE)) == against_null
    assert (
        told(getattr(nothing, how)(nothing), HERE),
        told(getattr(fact, how)(nothing), HERE),
    ) == against_null
    assert told(getattr(nothing, how)(3), HERE) is (how == "ne")
    assert told(getattr(nothing, how)(fact), HERE) is (how == "ne")
    assert told(getattr(Field("absent"), how)(3), HERE) == gone("decision_made.absent")
    both = getattr(Field("absent"), how)(Field("lost"))
    assert told(both, HERE) == gone("decision_made.absent", "decision_made.lost")
    assert told(getattr(fact, how)(Field("lost")), HERE) == gone("decision_made.lost")
    assert told(getattr(Field("lost"), how)(fact), HERE) == gone("decision_made.lost")
    assert list(both.reads()) == ["subject.absent", "subject.lost"]


def test_comparison_in_words() -> None:
    assert Field("fine").ge(600_000).phrase().endswith("不低于6,000 元")
    assert Field("fine").gt(150).phrase().endswith("超过2 元")
    assert Field("fine").eq(Field("fine")).phrase().count("元") == 0
    assert Field("outcome").eq(3).phrase().endswith("为3")
    assert Envelope("on").lt("2026-01-01").phrase() == "日期早于2026-01-01"
    assert Field("n").le(Envelope("on")).phrase().endswith("不晚于日期")


def test_fields_of_the_subject_the_candidate_and_the_element() -> None:
    assert told(Field("outcome"), HERE) == "penalty"
    assert told(Field("inner.a.b"), HERE) == 5
    assert told(Field("inner.nil.b"), HERE) is None
    assert told(Field("inner.a.c"), HERE) == gone("decision_made.inner.a.c")
    assert told(Field("inner.a.b").eq(5), HERE) is True and told(Field("outcome").eq("x"), HERE) is False
    assert told(Field("inner.a.c").eq(5), HERE) == gone("decision_made.inner.a.c")
    assert walk(MISSING, ("a",)) is MISSING and walk({"a": 1}, ()) == {"a": 1}
    HERE.it = PAYMENTS[1]
    assert told(ItField("amount"), HERE) == 100 and told(ItField("amount").eq(100), HERE) is True
    assert told(ItField("lost"), HERE) == told(ItField("lost").eq(1), HERE) == gone("payment_received.lost")
    assert (
        told(ItField("lost.a"), HERE)
        == told(ItField("lost.a").eq(1), HERE)
        == gone("payment_received.lost.a")
    )
    HERE.it = {"name": "row", "deep": {"a": 1}}
    assert told(ItField("name"), HERE) == "row" and told(ItField("name").eq("row"), HERE) is True
    assert told(ItField("deep.a"), HERE) == 1
    assert told(ItField("lost"), HERE) == told(ItField("lost").eq(1), HERE) == gone("registers.lost")
    HERE.item = {"a": {"b": 2}}
    assert told(Item(), HERE) == {"a": {"b": 2}} and told(Item("a.b"), HERE) == 2
    assert told(Item("a.c"), HERE) == gone("item.a.c")
    HERE.it = HERE.item = None
    assert list(Item("a").reads()) == [] and list(Field("a").reads()) == ["subject.a"]
    assert list(ItField("a").reads()) == ["it.a"]
    assert Item().phrase() == "该项"


def test_envelope_facts() -> None:
    HERE.it = PAYMENTS[3]
    facts = [told(Envelope(what), HERE) for what in ("agency", "kind", "id", "activity", "on", "as_of")]
    assert facts == ["A-1", "penalty", "e1", "decision_made", "2026-03-02", "2026-03-31"]
    of_it = [told(Envelope(what, "it"), HERE) for what in ("id", "activity", "on")]
    assert of_it == ["e4", "payment_received", "2026-03-09"]
    assert told(Envelope("id").eq("e1"), HERE) is True
    assert told(Envelope("id", "it").eq("e4"), HERE) is True
    assert told(Envelope("on").eq("2026-03-02"), HERE) is True
    assert told(Envelope("on", "it").eq("2026-03-09"), HERE) is True
    assert told(Envelope("as_of").eq("2026-03-31"), HERE) is True
    HERE.it = None
    assert list(Envelope("as_of").reads()) == [] and list(Envelope("on").reads()) == ["@on"]
    assert Envelope("id").phrase() == "本事件" and Envelope("id", "it").phrase() == "事件号"
    assert Envelope("on").phrase() == "日期"


def paid(place: Any = "anywhere", **more: Any) -> Selection:
    return Selection(("payment_received",), place, **more)


def found(selection: Selection, scope: Scope) -> list[str]:
    matching, unknown = selection.compile()(scope)
    return [e.id for e in matching] + (sorted(unknown.paths) if unknown is not None else [])


@pytest.mark.parametrize(
    ("place", "by_subject"),
    [
        ("anywhere", {"e1": "234", "e3": "234", "e5": "234"}),
        ("before", {"e1": "", "e3": "2", "e4": "23", "e5": "234"}),
        ("after", {"e1": "234", "e2": "34", "e3": "4", "e4": "", "e5": ""}),
        ("not_after", {"e1": "", "e2": "23", "e3": "23", "e4": "234", "e5": "234"}),
        ("same_day", {"e1": "", "e2": "23", "e4": "4"}),
    ],
)
def test_places_of_a_selection(place: Any, by_subject: dict[str, str]) -> None:
    for subject, numbers in by_subject.items():
        scope = at(PAYMENTS, subject)
        assert found(paid(place), scope) == [f"e{n}" for n in numbers]
        several = Selection(("case_closed", "payment_received"), place)
        assert [e for e in found(several, scope) if e != "e5"] == [f"e{n}" for n in numbers]
    assert found(Selection(("payment_received", "case_closed"), "anywhere"), HERE) == ["e2", "e3", "e4", "e5"]
    assert found(Selection(("statement_made",), place), HERE) == []
    assert found(Selection((), place), HERE) == found(Selection(("statement_made", "case_filed")), HERE) == []


def test_joins_of_a_selection() -> None:
    closed = at(PAYMENTS, "e5")
    assert found(paid(same=("of",)), closed) == ["e2", "e4"]
    assert found(paid(same=("of", "amount")), closed) == ["case_closed.amount"]
    assert found(paid(same=("of",), where=ItField("amount").gt(60)), closed) == ["e2"]
    assert found(paid(same=("amount",), where=ItField("of").eq("z")), closed) == []
    assert found(paid(where=ItField("of").eq(Field("of"))), closed) == ["e2", "e4"]
    assert found(paid("after", where=ItField("of").eq(Field("of"))), closed) == []
    both = ItField("of").eq("x")
    assert found(paid(where=say.all_of(both, ItField("amount").lt(60))), closed) == ["e4"]
    assert found(paid(where=AllOf((both,))), closed) == ["e2", "e4"]
    three = say.all_of(both, ItField("amount").lt(120), ItField("amount").gt(60))
    assert found(paid(where=three), closed) == ["e2"]
    assert found(paid(where=ItField("of").eq("z")), closed) == []
    assert found(paid(where=ItField("of").eq(Field("lost"))), closed) == ["case_closed.lost"]
    assert found(paid(where=ItField("lost").eq(1)), closed) == ["payment_received.lost"]
    assert closed.it is None
    partly = [*PAYMENTS[:3], event("e4", "payment_received", "2026-03-09", amount=50), *PAYMENTS[4:]]
    assert found(paid(where=ItField("of").eq("x")), at(partly, "e5")) == ["e2", "payment_received.of"]
    assert found(paid(same=("of",)), at(partly, "e5")) == ["e2", "payment_received.of"]


def test_a_selection_says_what_it_reads() -> None:
    where = say.all_of(ItField("of").eq(Field("own")), say.exists(Selection(("case_filed",))))
    chosen = Selection(("payment_received", "case_closed"), "before", ("of",), where)
    reads = ["payment_received", "payment_received.of", "case_closed", "case_closed.of"]
    reads += ["payment_received.of", "case_closed.of", "subject.own", "case_filed"]
    assert list(chosen.reads()) == reads
    assert list(chosen.all_activities()) == ["payment_received", "case_closed", "case_filed"]
    assert list(paid().reads()) == ["payment_received"] and list(paid().all_activities()) == [
        "payment_received"
    ]
    assert chosen.phrase().startswith("此前“") and "”或“" in chosen.phrase() and "（同一" in chosen.phrase()
    assert "且" in chosen.phrase() and "且" not in paid().phrase() and "同一" not in paid().phrase()


def test_asking_a_selection() -> None:
    scope = at(PAYMENTS, "e5")
    scope.touched = []
    assert told(say.exists(paid(where=ItField("of").eq("x"))), scope) is True
    assert [e.id for e in scope.touched] == ["e4"]
    assert told(say.exists(paid(where=ItField("of").eq("z"))), scope) is False
    assert told(say.exists(paid(where=ItField("lost").eq(1))), scope) == gone("payment_received.lost")
    assert told(say.count(paid()), scope) == 3
    assert told(say.count(paid(where=ItField("lost").eq(1))), scope) == gone("payment_received.lost")
    assert told(Total(paid(), ItField("amount")), scope) == 400
    assert told(Total(paid(), ItField("lost")), scope) == gone("payment_received.lost")
    assert told(Total(paid("after"), ItField("amount")), scope) == 0
    none = [*PAYMENTS[:3], event("e4", "payment_received", "2026-03-09", amount=None), PAYMENTS[4]]
    assert told(Total(paid(), ItField("amount")), at(none, "e5")) == 350
    scope.touched = []
    assert [
        told(Pick(which, paid(), ItField("amount"), literal(7)), scope) for which in ("first", "last")
    ] == [100, 50]
    assert [e.id for e in scope.touched] == ["e2", "e4"]
    assert told(Pick("last", paid("after"), ItField("amount"), literal(7)), scope) == 7
    assert told(Pick("last", paid(), ItField("lost"), literal(7)), scope) == gone("payment_received.lost")
    doubtful = Pick("last", paid(where=ItField("lost").eq(1)), ItField("of"), literal(7))
    assert told(doubtful, scope) == gone("payment_received.lost")
    picked = Pick("first", paid(), ItField("of").eq(Field("own")), Field("other"))
    assert list(picked.reads()) == ["payment_received", "payment_received.of", "subject.own", "subject.other"]
    assert list(Total(paid(), ItField("of").eq(Field("own"))).reads()) == [
        "payment_received",
        "payment_received.of",
        "subject.own",
    ]
    assert picked.phrase().startswith("首次") and Pick(
        "last", paid(), ItField("of"), literal(1)
    ).phrase().startswith("最近一次")
    assert scope.it is None


def test_by_then_counts_the_candidate_itself() -> None:
    scope = at(PAYMENTS, "e1")
    for candidate, answer in (("e1", False), ("e2", False), ("e3", True), ("e4", True)):
        scope.it = next(e for e in PAYMENTS if e.id == candidate)
        assert told(say.by_then(paid(where=ItField("of").eq("y"))), scope) is answer
    assert told(say.by_then(paid(where=ItField("lost").eq("y"))), scope) == gone("payment_received.lost")


@pytest.mark.parametrize(
    ("party", "act", "earlier"),
    [
        ("P-5", "V-5", True),
        ("P-4", "V-5", False),
        ("P-6", "V-5", False),
        ("P-5", "V-4", False),
        ("P-5", "V-6", False),
    ],
)
def test_an_earlier_event_about_the_same_party_and_act(party: str, act: str, earlier: bool) -> None:
    def filed(number: str, on: str, party: str, act: str, matter: str) -> Event:
        of = {"party": {"id": party, "kind": "legal_person"}, "violation": {"act": act}}
        return event(number, "case_filed", on, matter=matter, ok=True, **of)

    other = filed("e2", "2026-03-01", party, act, "M-2")
    asked = EarlierInAnyMatter(Field("ok").eq(True))
    here = [filed("e1", "2026-03-02", "P-5", "V-5", "M-1")]
    near = at(here, others={"M-2": [other]}.get, affair=lambda party, act: ["M-1", "M-2"])
    assert told(asked, near) is earlier
    assert told(EarlierInAnyMatter(Field("ok").eq(False)), near) is False
    assert told(asked, at(here)) == gone("@links")
    later = filed("e3", "2026-03-03", party, act, "M-2")
    assert told(asked, at(here, others={"M-2": [later]}.get, affair=lambda party, act: ["M-2"])) is False
