"""Each requirement form on a small history: the verdict at each side of its edges, and what leaves it open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from plumbline.rules import language as say
from plumbline.rules.expression import literal
from plumbline.rules.forms.outcome import Form, Outcome, later_than
from plumbline.rules.nodes.field import Field, ItField
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.verdict_of import VerdictOf
from plumbline.vocabulary import CHINA, end_of
from tests.rules.asking import at, event, told

FILED = event("e1", "case_filed", "2026-03-02", begun="2026-03-03", nil=None, flag=True)
NO, YES = literal(1).eq(2), literal(1).eq(1)
PAID = Selection(("payment_received",), "after")
DUE = say.Stop(PAID)


def days(n: int, unit: str = "cd", *, roll: bool = False) -> say.Clock:
    return say.Clock(n, unit, roll)


def answer(form: Form, *events: Any, as_of: str = "2026-03-31", **more: Any) -> Outcome:
    """The outcome for the filing, followed by some events."""
    scope = at([FILED, *events], **more)
    scope.as_of = end_of(date.fromisoformat(as_of))
    return form.compile()(scope)


def said(outcome: Outcome) -> tuple[str, ...]:
    return outcome.verdict, *sorted(outcome.missing)


def pay(on: str, number: str = "e2", **data: Any) -> Any:
    return event(number, "payment_received", on, **data)


def test_a_moment_is_late_by_the_day_or_by_the_instant() -> None:
    day, noon = date(2026, 3, 2), datetime(2026, 3, 2, 12, tzinfo=CHINA)
    assert [later_than(date(2026, 3, n), day) for n in (1, 2, 3)] == [False, False, True]
    assert later_than(noon, day) is False and later_than(noon, date(2026, 3, 1)) is True
    assert later_than(noon, noon) is False and later_than(noon.replace(minute=1), noon) is True
    assert [later_than(date(2026, 3, n), noon) for n in (1, 2, 3)] == [False, None, True]


def test_within_a_term() -> None:
    form = say.Within(days(3), (DUE,))
    assert said(answer(form, pay("2026-03-05"))) == ("met",)
    assert said(answer(form, pay("2026-03-06"))) == ("breached",)
    assert said(answer(form, as_of="2026-03-05")) == ("pending",)
    assert said(answer(form, as_of="2026-03-06")) == ("breached",)
    late = answer(form, pay("2026-03-06"))
    assert (late.due, late.used, late.limit, late.unit, late.stop) == (
        date(2026, 3, 5),
        4,
        3,
        "cd",
        date(2026, 3, 6),
    )
    assert [e.id for e in late.events] == ["e2"]
    assert late.flags == () and answer(form, pay("2026-03-05")).flags == ("recorded_after_due",)
    waiting = answer(form, as_of="2026-03-04")
    assert (waiting.used, waiting.stop, waiting.events) == (2, None, [])


def test_within_a_term_from_another_day() -> None:
    form = say.Within(days(3), (DUE,), start=Field("begun"))
    assert answer(form).due == date(2026, 3, 6)
    assert said(answer(say.Within(days(3), (DUE,), start=Field("nil")))) == ("not_applicable",)
    lost = answer(say.Within(days(3), (DUE,), start=Field("lost")))
    assert said(lost) == ("unknown", "case_filed.lost") and (lost.limit, lost.unit) == (3, "cd")


def test_within_a_term_something_uncertain_may_have_happened() -> None:
    form = say.Within(days(3), (say.Stop(Selection(("payment_received",), where=ItField("ok").eq(True))),))
    assert said(answer(form, pay("2026-03-05"))) == ("unknown", "payment_received.ok")
    assert said(answer(form, pay("2026-03-05"), as_of="2026-03-05")) == ("pending",)
    assert said(answer(form, pay("2026-03-04"), pay("2026-03-05", "e3", ok=True))) == ("met",)
    assert said(answer(form, pay("2026-03-04"), pay("2026-03-07", "e3", ok=True))) == (
        "unknown",
        "payment_received.ok",
    )
    assert said(answer(form, pay("2026-03-04", ok=False), pay("2026-03-07", "e3", ok=True))) == ("breached",)


def test_within_a_term_as_another_day_or_the_same_one() -> None:
    same = say.Within(days(3), (DUE,), unless_same_day=Field("flag").eq(True))
    assert answer(same).due == date(2026, 3, 2)
    other = say.Within(days(3), (DUE,), unless_same_day=Field("flag").eq(False))
    assert answer(other).due == date(2026, 3, 5)
    deferral = say.Replacement(Selection(("deferral_approved",)), "until")
    deferred = say.Within(days(3), (DUE,), replaced_by=(deferral,))
    for on, due in (("2026-03-05", 20), ("2026-03-06", 5)):
        found = answer(deferred, event("e2", "deferral_approved", on, until="2026-03-20"))
        assert found.due == date(2026, 3, due)
        assert [e.id for e in found.events] == (["e2"] if due == 20 else [])


def test_a_term_ends_with_what_it_was_for() -> None:
    form = say.Within(days(3), (DUE,), ended_by=Selection(("decision_revoked",)))
    over = answer(form, event("e2", "decision_revoked", "2026-03-05"))
    assert said(over) == ("not_applicable",) and [e.id for e in over.events] == ["e2"]
    assert said(answer(form, event("e2", "decision_revoked", "2026-03-06"))) == ("breached",)


@pytest.mark.parametrize(
    ("also", "met", "pending", "breached"),
    [
        (YES, ("met",), ("pending",), ("breached",)),
        (NO, ("breached",), ("breached",), ("breached",)),
        (Field("lost").eq(1), ("unknown", "case_filed.lost"), ("pending",), ("breached",)),
    ],
)
def test_a_further_condition(also: Any, met: Any, pending: Any, breached: Any) -> None:
    within = say.Within(days(3), (DUE,), also=also)
    assert said(answer(within, pay("2026-03-05"))) == met
    assert said(answer(within, as_of="2026-03-05")) == pending
    assert said(answer(within)) == breached
    wait = say.Wait(days(3), PAID, also=also)
    assert said(answer(wait, pay("2026-03-06"))) == met
    assert said(answer(wait, as_of="2026-03-05")) == pending
    assert said(answer(wait, pay("2026-03-05"))) == breached
    ahead = say.Ahead(days(3), Selection(("notice_given",)), Field("begun"), also=also)
    given = [event("e2", "notice_given", on) for on in ("2026-02-27", "2026-02-28")]
    assert said(answer(ahead, given[0])) == met
    assert said(answer(ahead, as_of="2026-02-27")) == pending
    assert said(answer(ahead, given[1])) == breached


def test_hours_against_days() -> None:
    hours = say.Within(days(24, "h"), (DUE,))
    assert said(answer(hours, pay("2026-03-02"))) == ("met",)
    assert said(answer(hours, pay("2026-03-03"))) == ("unknown", "@occurred_at")
    assert said(answer(hours, pay("2026-03-03T00:00:00+08:00"))) == ("met",)
    assert said(answer(hours, pay("2026-03-03T00:00:01+08:00"))) == ("unknown", "@occurred_at")
    assert said(answer(hours, pay("2026-03-04"))) == ("breached",)
    assert said(answer(hours, as_of="2026-03-02")) == ("pending",)
    assert said(answer(hours, as_of="2026-03-03")) == ("unknown", "@occurred_at")
    assert said(answer(hours, as_of="2026-03-04")) == ("breached",)
    wait = say.Wait(days(24, "h"), PAID)
    assert said(answer(wait, pay("2026-03-02"))) == ("breached",)
    assert said(answer(wait, pay("2026-03-03"))) == ("unknown", "@occurred_at")
    assert said(answer(wait, pay("2026-03-04"))) == ("met",)
    assert said(answer(wait, as_of="2026-03-02")) == ("pending",)
    assert said(answer(wait, as_of="2026-03-04")) == ("met",)


def test_a_term_beyond_the_calendar() -> None:
    form = say.Within(days(60, "wd"), (DUE,))
    assert said(answer(form, pay("2026-03-30"))) == ("met",)
    assert said(answer(form, as_of="2026-03-30")) == ("pending",)
    short = say.Within(days(1, "wd"), (DUE,))
    assert said(answer(short, pay("2026-03-03"), calendar=None)) == ("met",)
    assert said(answer(short, pay("2026-03-04"), calendar=None)) == ("unknown", "registers.holidays")
    wait = say.Wait(days(1, "wd"), PAID)
    assert said(answer(wait, pay("2026-03-03"), calendar=None)) == ("breached",)
    assert said(answer(wait, pay("2026-03-04"), calendar=None)) == ("unknown", "registers.holidays")
    assert said(answer(wait, as_of="2026-03-03", calendar=None)) == ("pending",)


def test_the_sum_and_the_date_that_stop_a_term() -> None:
    summed = say.Within(days(3), (say.Stop(PAID, sum_of="amount", reaching=literal(100)),))
    assert said(answer(summed, pay("2026-03-04", amount=60), pay("2026-03-05", "e3", amount=40))) == ("met",)
    assert said(answer(summed, pay("2026-03-04", amount=60), pay("2026-03-05", "e3", amount=39))) == (
        "breached",
    )
    assert said(answer(summed, pay("2026-03-04", amount=160))) == ("met",)
    partly = [pay("2026-03-04"), pay("2026-03-05", "e3", amount=40)]
    assert said(answer(summed, *partly)) == ("unknown", "payment_received.amount")
    assert said(answer(summed, *partly, pay("2026-03-05", "e4", amount=60))) == ("met",)
    unknown = say.Within(days(3), (say.Stop(PAID, sum_of="amount", reaching=Field("lost")),))
    assert said(answer(unknown, *partly)) == ("unknown", "case_filed.lost")
    dated = say.Within(days(3), (say.Stop(PAID, on=ItField("value_date"), flag="in_transit_excluded"),))
    late, early = pay("2026-03-10", value_date="2026-03-05"), pay("2026-03-11", "e3", value_date="2026-03-04")
    found = answer(dated, late, early)
    assert (found.verdict, found.stop, found.flags) == (
        "met",
        date(2026, 3, 4),
        ("in_transit_excluded", "recorded_after_due"),
    )
    assert said(answer(dated, pay("2026-03-04", value_date=None))) == ("breached",)
    assert said(answer(dated, pay("2026-03-04"))) == ("unknown", "payment_received.value_date")
    either = say.Within(days(3), (DUE, say.Stop(Selection(("case_closed",)))))
    assert answer(either, pay("2026-03-05"), event("e3", "case_closed", "2026-03-04")).stop == date(
        2026, 3, 4
    )
    assert answer(either, pay("2026-03-04"), event("e3", "case_closed", "2026-03-04")).events[0].id == "e2"
    instants = pay("2026-03-04T10:00:00+08:00"), event("e3", "case_closed", "2026-03-04T09:00:00+08:00")
    assert answer(either, *instants).events[0].id == "e3"


def test_waiting_for_the_end_of_a_term() -> None:
    wait = say.Wait(days(3), PAID)
    assert [said(answer(wait, pay(f"2026-03-0{n}"))) for n in (5, 6)] == [("breached",), ("met",)]
    assert [said(answer(wait, as_of=f"2026-03-0{n}")) for n in (5, 6)] == [("pending",), ("met",)]
    free = say.Wait(days(3), PAID, last_day_free=True)
    assert [said(answer(free, pay(f"2026-03-0{n}"))) for n in (4, 5)] == [("breached",), ("met",)]
    own = say.Wait(days(3), None, start=Field("begun"))
    assert said(answer(own)) == ("breached",)
    assert said(answer(say.Wait(days(3), None, start=literal("2026-02-26")))) == ("met",)
    assert said(answer(say.Wait(days(3), None, start=Field("nil")))) == ("breached",)
    lost = answer(say.Wait(days(3), None, start=Field("lost")))
    assert said(lost) == ("unknown", "case_filed.lost") and (lost.limit, lost.unit) == (3, "cd")
    for unless, verdict in (
        (YES, ("met",)),
        (NO, ("breached",)),
        (ItField("ok").eq(1), ("unknown", "payment_received.ok")),
    ):
        assert said(answer(say.Wait(days(3), PAID, unless=unless), pay("2026-03-05"))) == verdict
    dated = say.Wait(days(3), PAID, act_on=ItField("begins"))
    assert said(answer(dated, pay("2026-03-04", begins="2026-03-06"))) == ("met",)
    assert said(answer(dated, pay("2026-03-07", begins="2026-03-05T08:00:00+08:00"))) == ("breached",)
    doubtful = say.Wait(days(3), Selection(("payment_received",), "after", where=ItField("ok").eq(True)))
    assert said(answer(doubtful, pay("2026-03-09"))) == ("unknown", "payment_received.ok")
    assert said(answer(doubtful, pay("2026-03-04", ok=True), pay("2026-03-09", "e3"))) == ("breached",)
    assert said(answer(doubtful, pay("2026-03-08"), pay("2026-03-09", "e3", ok=True))) == (
        "unknown",
        "payment_received.ok",
    )


def test_days_ahead_of_something() -> None:
    ahead = say.Ahead(days(3), Selection(("notice_given",), where=ItField("ok").ne(False)), Field("begun"))

    def given(on: str, **data: Any) -> Any:
        return event("e2", "notice_given", on, **data)

    assert [said(answer(ahead, given(f"2026-02-{n}", ok=True))) for n in (27, 28)] == [
        ("met",),
        ("breached",),
    ]
    assert [said(answer(ahead, as_of=f"2026-02-{n}")) for n in (27, 28)] == [("pending",), ("breached",)]
    assert said(answer(ahead, given("2026-02-28"))) == ("unknown", "notice_given.ok")
    two = given("2026-02-28", ok=True), event("e3", "notice_given", "2026-03-01")
    assert said(answer(ahead, *two)) == ("unknown", "notice_given.ok")
    assert answer(ahead).due == date(2026, 2, 27)
    own = say.Ahead(days(1), Selection(("notice_given",)))
    assert answer(own).due == date(2026, 2, 28)
    plain = Selection(("notice_given",))
    assert said(answer(say.Ahead(days(3), plain, Field("nil")))) == ("not_applicable",)
    assert said(answer(say.Ahead(days(3), plain, Field("lost")))) == ("unknown", "case_filed.lost")
    assert said(answer(say.Ahead(days(3, "wd"), plain, Field("begun"), unless=YES))) == (
        "unknown",
        "registers.holidays",
    )
    for unless, verdict in (
        (YES, ("met",)),
        (NO, ("breached",)),
        (Field("lost").eq(1), ("unknown", "case_filed.lost")),
    ):
        assert said(answer(say.Ahead(days(3), plain, Field("begun"), unless=unless))) == verdict
    for unit in ("m", "y", "h"):
        with pytest.raises(ValueError, match="backwards"):
            say.Ahead(days(3, unit), plain).compile()


def test_promptly_before_the_matter_is_closed() -> None:
    form = say.Promptly(Selection(("payment_received",), "after", where=ItField("ok").ne(False)))
    closed = event("e4", "case_closed", "2026-03-10")
    assert said(answer(form)) == ("pending",)
    assert said(answer(form, closed)) == ("breached",)
    assert said(answer(form, pay("2026-03-09", ok=True), closed)) == ("met",)
    assert said(answer(form, pay("2026-03-11", ok=True), closed)) == ("breached",)
    assert said(answer(form, pay("2026-03-09"), closed)) == ("unknown", "payment_received.ok")
    assert [e.id for e in answer(form, event("e5", "matter_closed", "2026-03-09"), closed).events] == ["e5"]
    # The closing itself is not what had to be done before it.
    assert said(answer(say.Promptly(Selection(("case_closed",), "after")), closed)) == ("breached",)
    for fails, verdict in (
        (YES, ("breached",)),
        (NO, ("met",)),
        (Field("lost").eq(1), ("unknown", "case_filed.lost")),
    ):
        assert said(answer(say.Promptly(PAID, fails), pay("2026-03-09"))) == verdict
    assert said(answer(say.Promptly(PAID, Field("lost").eq(1)), closed)) == ("breached",)


def test_a_day_that_is_set_never_rolls() -> None:
    form = say.Fixed(Field("until"), (DUE,))

    def set_to(until: Any, *events: Any) -> Outcome:
        scope = at([event("e1", "case_filed", "2026-03-02", until=until), *events])
        return form.compile()(scope)

    assert set_to("2026-03-08").due == date(2026, 3, 8)
    found = set_to("2026-03-08T09:00:00+08:00", pay("2026-03-09"))
    assert (found.verdict, found.limit, found.used, found.unit) == ("breached", 6, 7, "cd")
    assert said(set_to(None)) == ("not_applicable",)
    assert said(answer(form)) == ("unknown", "case_filed.until")


def test_deciding_by_conditions() -> None:
    lost = Field("lost").eq(1)

    def decided(*cases: tuple[str, Any]) -> tuple[str, ...]:
        return said(answer(say.Decide(cases, "pending")))

    assert decided(("breached", NO), ("met", YES)) == ("met",)
    assert decided(("breached", YES), ("met", YES)) == ("breached",)
    assert decided(("breached", NO)) == ("pending",)
    assert decided(("breached", lost), ("met", YES)) == ("unknown", "case_filed.lost")
    assert decided(("met", lost), ("met", YES)) == ("met",)
    assert decided(("pending", lost)) == ("pending",)
    assert decided(("met", lost), ("breached", Field("gone").eq(1))) == (
        "unknown",
        "case_filed.gone",
        "case_filed.lost",
    )


def test_one_form_or_the_other() -> None:
    met, breached, unknown = (say.Check(c) for c in (YES, NO, Field("lost").eq(1)))

    def of(case: Any, then: Form, otherwise: Form) -> tuple[str, ...]:
        return said(answer(say.ByCase(case, then, otherwise)))

    open_case = Field("gone").eq(1)
    assert of(YES, met, breached) == ("met",) and of(NO, met, breached) == ("breached",)
    assert of(open_case, met, met) == ("met",)
    assert of(open_case, met, breached) == ("unknown", "case_filed.gone")
    assert of(open_case, unknown, unknown) == (
        "unknown",
        "case_filed.gone",
        "case_filed.lost",
        "case_filed.lost",
    )
    assert answer(say.Check(YES, literal("2026-03-09"))).due == date(2026, 3, 9)
    assert answer(say.Check(YES, Field("lost"))).due is None


def test_a_right_that_is_lost_is_nobodys_breach() -> None:
    form = say.Right(say.Within(days(3), (DUE,)))
    assert said(answer(form)) == ("not_applicable",)
    assert said(answer(form, pay("2026-03-06"))) == ("breached",)
    assert said(answer(form, pay("2026-03-05"))) == ("met",)
    verdict = VerdictOf(form)
    assert told(verdict, at([FILED])) == "not_applicable"
    assert told(VerdictOf(say.Check(Field("lost").eq(1))), at([FILED])) == {"case_filed.lost"}


def test_two_stages_each_with_its_own_term() -> None:
    first, second = Selection(("payment_received",), "after"), Selection(("case_closed",), "after")
    form = say.TwoStage(days(3), Field("begun"), first, second)
    assert said(answer(form)) == ("breached",) and answer(form).due == date(2026, 3, 6)
    assert said(answer(form, pay("2026-03-07"))) == ("breached",)
    for day, verdict in ((9, "met"), (10, "breached")):
        found = answer(form, pay("2026-03-06"), event("e3", "case_closed", f"2026-03-{day:02}"))
        assert (found.verdict, found.due) == (verdict, date(2026, 3, 9))
        assert [e.id for e in found.events] == ["e2", "e3"]
    assert said(answer(say.TwoStage(days(3), Field("nil"), first, second))) == ("not_applicable",)
    assert said(answer(say.TwoStage(days(3), Field("lost"), first, second))) == ("unknown", "case_filed.lost")
