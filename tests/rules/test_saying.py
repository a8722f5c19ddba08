"""How operators and forms are said in Chinese, and of which events and facts they say that they depend."""

from __future__ import annotations

import pytest

from plumbline.rules import language as say
from plumbline.rules.expression import Expression, literal
from plumbline.rules.forms.outcome import Form
from plumbline.rules.nodes.calendar_day import LAST, CalendarDay
from plumbline.rules.nodes.choose import Choose
from plumbline.rules.nodes.days import DateAfter, DaysBetween
from plumbline.rules.nodes.each import Each
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.field import Field, Item, ItField
from plumbline.rules.nodes.negation import Negation
from plumbline.rules.nodes.people import People
from plumbline.rules.nodes.pick import Pick
from plumbline.rules.nodes.range_bound import RangeBound
from plumbline.rules.nodes.required_version import RequiredVersion
from plumbline.rules.nodes.row_exists import RowExists
from plumbline.rules.nodes.row_value import RowValue
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.separate import Separate
from plumbline.rules.nodes.total import Total
from plumbline.rules.nodes.verdict_of import VerdictOf

ON = Envelope("on")
PAID = Selection(("payment_received",), "after")
CLOSED = Selection(("case_closed",), "after")
ASKS = say.exists(Selection(("statement_made",), where=ItField("a").eq(Field("b"))))
STOP = say.Stop(PAID)
PLAIN = say.Clock(3, "cd")


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (Each("every", Field("x"), Item("y")), "x中每一项都y"),
        (Each("some", Field("x"), Item()), "x中有一项该项"),
        (CalendarDay(Field("x"), 0, 3, 31), "x的当年3月31日"),
        (CalendarDay(Field("x"), 1, 2, LAST), "x的次年2月最后一日"),
        (CalendarDay(Field("x"), 2, 2, 1), "x的之后第2年2月1日"),
        (Negation(Field("x")), "不属于“x”"),
        (Choose(Field("x"), Field("y"), Field("z")), "x时y，否则z"),
        (DaysBetween(Field("x"), Field("y")), "从x到y的天数"),
        (DateAfter(ON, 3, "wd"), "日期之后3个工作日"),
        (People("officer"), "执法人员人数"),
        (People("officer", literal(1).eq(1)), "执法人员（证件当日有效）人数"),
        (RangeBound(RequiredVersion(), "min", literal(1)), "法定罚款下限"),
        (RangeBound(RequiredVersion(), "max", literal(1)), "法定罚款上限"),
        (Field("x").plus(1), "x加1"),
        (Field("x").times(2), "x乘以2"),
        (Field("x").one_of(1, 2), "x为1、2之一"),
        (Field("x").holds_any("p", "q"), "x含有p、q"),
        (Field("x").holds_only("p"), "x只有p"),
        (Field("x").is_stated(), "报送了x"),
        (say.any_of(Field("x"), Field("y")), "x，或者y"),
        (say.any_of(Negation(Field("x")), Field("y")), "x的，应当y"),
        (say.any_of(Negation(Field("x")), Negation(Field("y"))), "不属于“x”，或者不属于“y”"),
        (say.all_of(Field("x"), Field("y")), "x，并且y"),
        (RowExists("officers", "id", Field("x")), "登记册 执法人员当日有x的有效记录"),
        (RowExists("officers", "id", Field("x"), ItField("y")), "登记册 执法人员当日有x的有效记录且y"),
        (say.count(Selection(("case_closed",), "before")), "此前“结案”的次数"),
        (say.exists(Selection(("case_closed", "case_filed"), "same_day")), "有当日“结案”或“立案”"),
    ],
)
def test_an_operator_in_words(node: Expression, words: str) -> None:
    assert node.phrase() == words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (say.Within(PLAIN, (say.Stop(CLOSED),)), "3日内应有“结案”"),
        (say.Within(PLAIN, (say.Stop(CLOSED), say.Stop(CLOSED))), "3日内应有“结案”"),
        (say.Right(say.Within(say.Clock(2, "m"), (say.Stop(CLOSED),))), "2个月内应有“结案”"),
        (say.Wait(PLAIN, CLOSED), "3日届满前不得“结案”"),
        (say.Wait(PLAIN, None), "3日届满前不得该行为"),
        (say.Ahead(PLAIN, CLOSED), "提前3日应有此后“结案”"),
        (say.Ahead(PLAIN, CLOSED, also=Field("x")), "提前3日应有此后“结案”，并且x"),
        (say.Promptly(CLOSED), "应及时“结案”"),
        (say.Fixed(Field("x"), (say.Stop(CLOSED),)), "在x之前应有“结案”"),
        (say.TwoStage(PLAIN, ON, CLOSED, CLOSED), "3日内“结案”，再3日内“结案”"),
        (say.ByCase(Field("x"), say.Check(Field("y")), say.Check(Field("z"))), "x的，y；其他情形，z"),
        (say.Decide((("met", Field("x")), ("breached", Field("y"))), "met"), "x；y"),
        (say.Decide((), "breached"), "即为违反"),
    ],
)
def test_a_form_in_words(form: Form, words: str) -> None:
    assert form.phrase() == words


OF_ASKS = {"statement_made", "statement_made.a", "subject.b"}
OF_PAID, OF_CLOSED = {"payment_received"}, {"case_closed"}
SUSPENSIONS = {"investigation_suspended", "test_started"}


@pytest.mark.parametrize(
    ("form", "activities", "facts"),
    [
        (say.Within(PLAIN, (STOP,)), OF_PAID, set()),
        (
            say.Within(PLAIN, (STOP,), extension_clock="decision"),
            OF_PAID | SUSPENSIONS | {"extension_approved"},
            set(),
        ),
        (say.Within(PLAIN, (STOP,), extension_clock="service"), OF_PAID | {"extension_approved"}, set()),
        (
            say.Within(PLAIN, (STOP,), excludes=(say.Exclusion("refund"),)),
            OF_PAID | SUSPENSIONS | {"refund_ordered", "refund_ended"},
            set(),
        ),
        (
            say.Within(PLAIN, (STOP,), excludes=(say.Exclusion("test", ("x",), ASKS),)),
            OF_PAID | SUSPENSIONS | {"test_ended", "statement_made"},
            OF_ASKS,
        ),
        (
            say.Within(
                PLAIN,
                (STOP,),
                extensions=(say.ExtensionStep("head", 3, ItField("z")),),
                extended_by="deferral_approved",
            ),
            OF_PAID | {"deferral_approved"},
            {"deferral_approved.z"},
        ),
        (
            say.Within(PLAIN, (STOP,), extensions=(say.ExtensionStep("head", 3, ASKS),)),
            OF_PAID | {"extension_approved", "statement_made"},
            OF_ASKS,
        ),
        (
            say.Within(PLAIN, (STOP,), replaced_by=(say.Replacement(CLOSED, "until"),)),
            OF_PAID | OF_CLOSED,
            {"case_closed.until"},
        ),
        (say.Within(PLAIN, (STOP,), ended_by=CLOSED), OF_PAID | OF_CLOSED, set()),
        (
            say.Within(PLAIN, (STOP,), start=ASKS, also=Field("q")),
            OF_PAID | {"statement_made"},
            OF_ASKS | {"subject.q"},
        ),
        (say.Within(PLAIN, (STOP,), unless_same_day=ASKS), OF_PAID | {"statement_made"}, OF_ASKS),
        (say.Within(PLAIN, (say.Stop(PAID, on=ItField("d")),)), OF_PAID, {"payment_received.d"}),
        (
            say.Within(PLAIN, (say.Stop(PAID, sum_of="n", reaching=Field("q")),)),
            OF_PAID,
            {"payment_received.n", "subject.q"},
        ),
        (say.Wait(PLAIN, CLOSED, unless=ASKS), OF_CLOSED | {"statement_made"}, OF_ASKS),
        (
            say.Wait(PLAIN, None, start=Field("s"), act_on=Field("t"), also=Field("u")),
            set(),
            {"subject.s", "subject.t", "subject.u"},
        ),
        (
            say.Ahead(PLAIN, CLOSED, Field("s"), ASKS, Field("u")),
            OF_CLOSED | {"statement_made"},
            OF_ASKS | {"subject.s", "subject.u"},
        ),
        (
            say.Promptly(CLOSED, ASKS, ("matter_closed",)),
            OF_CLOSED | {"statement_made", "matter_closed"},
            OF_ASKS,
        ),
        (say.Fixed(Field("s"), (STOP, say.Stop(CLOSED))), OF_PAID | OF_CLOSED, {"subject.s"}),
        (say.TwoStage(PLAIN, Field("s"), PAID, CLOSED), OF_PAID | OF_CLOSED, {"subject.s"}),
        (say.Right(say.Within(PLAIN, (STOP,), start=Field("s"))), OF_PAID, {"subject.s"}),
        (
            say.ByCase(ASKS, say.Within(PLAIN, (STOP,)), say.Promptly(CLOSED, None, ())),
            OF_PAID | OF_CLOSED | {"statement_made"},
            OF_ASKS,
        ),
        (
            say.Decide((("met", ASKS), ("breached", Field("s"))), "met"),
            {"statement_made"},
            OF_ASKS | {"subject.s"},
        ),
        (say.Check(ASKS, Field("s")), {"statement_made"}, OF_ASKS | {"subject.s"}),
    ],
)
def test_a_form_says_on_what_it_depends(form: Form, activities: set[str], facts: set[str]) -> None:
    assert set(form.activities()) == activities
    # A rule leaves the candidate's own name for a fact ("it") out, and names it by its activity.
    read = {path for path in form.reads() if not path.startswith("it.")}
    assert read - activities == facts - activities
    inner = VerdictOf(form)
    assert set(inner.activities()) == activities and set(inner.reads()) == set(form.reads())


@pytest.mark.parametrize(
    ("node", "activities", "facts"),
    [
        (Total(CLOSED, ASKS), {"case_closed", "statement_made"}, OF_ASKS),
        (
            Pick("last", CLOSED, ItField("x"), ASKS),
            {"case_closed", "statement_made"},
            OF_ASKS | {"case_closed.x"},
        ),
        (say.exists(CLOSED), OF_CLOSED, set()),
        (say.count(CLOSED), OF_CLOSED, set()),
        (say.by_then(CLOSED), OF_CLOSED, set()),
        (Separate("officer", "reviewer", CLOSED), OF_CLOSED, {"@actors"}),
        (People("officer", ASKS), {"statement_made"}, OF_ASKS | {"@actors"}),
        (People("officer", ItField("id").eq(1)), set(), {"@actors"}),
        (
            RowExists("officers", "id", Field("x"), ASKS),
            {"statement_made"},
            OF_ASKS | {"registers.officers.id", "subject.x"},
        ),
        (
            RowValue("officers", "id", Field("x"), "agency", ASKS),
            {"statement_made"},
            {"registers.officers.agency", "subject.x"},
        ),
        (Choose(ASKS, Field("x"), Field("y")), {"statement_made"}, OF_ASKS | {"subject.x", "subject.y"}),
        (Each("some", Field("x"), ASKS), {"statement_made"}, OF_ASKS | {"subject.x"}),
    ],
)
def test_an_operator_says_on_what_it_depends(node: Expression, activities: set[str], facts: set[str]) -> None:
    assert set(node.activities()) == activities
    assert {path for path in node.reads() if path not in activities} == facts - activities


#: A condition that reads the candidate, the subject, the case, the envelope and a register.
MIXED = say.all_of(
    ItField("z").eq(Field("q")), say.case("domain").eq("x"), RowExists("officers", "id", Envelope("agency"))
)
AROUND = {"subject.q", "case.domain", "@agency", "registers.officers.id"}


def test_only_the_candidates_facts_are_named_by_its_activity() -> None:
    closed = Selection(("case_closed",), where=MIXED)
    of_closed = AROUND | {"case_closed", "case_closed.z"}
    assert set(closed.reads()) == of_closed
    assert set(Total(Selection(("case_closed",)), MIXED).reads()) == of_closed
    assert set(Pick("first", Selection(("case_closed",)), MIXED, literal(1)).reads()) == of_closed
    assert set(People("officer", MIXED).reads()) == AROUND | {"@actors"}
    rows = RowExists("reviewers", "id", Field("q"), MIXED)
    assert set(rows.reads()) == AROUND | {"registers.reviewers.id", "registers.reviewers.z"}
    granted = say.Within(PLAIN, (STOP,), extensions=(say.ExtensionStep("head", 3, MIXED),))
    assert {path for path in granted.reads() if path in AROUND or "." in path} == AROUND | {
        "extension_approved.z"
    }
    tested = say.Within(PLAIN, (STOP,), excludes=(say.Exclusion("test", ("x",), MIXED),))
    assert {path for path in tested.reads() if path in AROUND or "." in path} == AROUND | {"test_started.z"}
