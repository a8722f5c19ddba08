"""What a verdict says of itself: the sentence, the counting table, the conclusion, and the document it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plumbline.law import statutory_calendar
from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.rules import Example, Rule, RuleBook, Verdict, evaluate, explain
from plumbline.rules import language as say
from plumbline.rules.book import RuleBookDefect
from plumbline.rules.evaluate import ConflictingOverlays
from plumbline.rules.explain import conclusion_zh
from plumbline.rules.expression import Expression, literal
from plumbline.rules.forms.outcome import Form, Outcome
from plumbline.rules.nodes.field import Field, ItField
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.rule import Overlay
from plumbline.rules.scope import Scope, Unknown
from plumbline.rules.words import field_zh, path_zh, value_zh
from plumbline.vocabulary import Event, Matter, Registers
from tests.rules.asking import event

TABLE = statutory_calendar()
FACTS = replace(
    rule_facts()["APL-58-legal-review"],
    id="OWN",
    law="某法",
    article="第三条",
    effective_from=None,
    effective_to=None,
)
PAID = say.Stop(Selection(("payment_received",), "after"))
YES, NO, OPEN = literal(1).eq(1), literal(1).eq(2), Field("lost").eq(1)


def rule(require: Form, **more: Any) -> Rule:
    facts: RuleFacts = more.pop("facts", FACTS)
    return Rule(
        id=more.pop("id", "OWN"),
        subject=("case_filed",),
        require=require,
        duty_zh="应当缴清。",
        own_facts=facts,
        **more,
    )


def judged(asked: Rule, *events: Event, as_of: str = "2026-03-31", **more: Any) -> Verdict:
    (found,) = evaluate(
        [asked],
        Matter.of(
            [event("e1", "case_filed", "2026-03-02", domain="market"), *events], date.fromisoformat(as_of)
        ),
        registers=Registers.none(),
        calendar=TABLE,
        as_of=date.fromisoformat(as_of),
        **more,
    )
    return found


def within(n: int, unit: str = "cd", **more: Any) -> say.Within:
    return say.Within(say.Clock(n, unit), (PAID,), **more)


def pay(on: str) -> Event:
    return event("e2", "payment_received", on)


def finding(verdict: Verdict) -> str:
    sentence = verdict.explanation_zh
    assert sentence.startswith("应当缴清；2026-03-02立案") and sentence.endswith("。")
    return sentence.removeprefix("应当缴清；2026-03-02立案，").removesuffix("。")


def test_the_sentence_of_a_term() -> None:
    form = rule(within(20))
    late = judged(form, pay("2026-03-25"))
    assert finding(late) == "2026-03-23届满，2026-03-25完成，超期3日（最后一日为休息日，已顺延）"
    assert conclusion_zh(late) == "违反：超期3日"
    assert finding(judged(form)) == "2026-03-23届满，至今没有完成，超期9日（最后一日为休息日，已顺延）"
    waiting = judged(rule(within(10, "wd")), event("e2", "case_closed", "2026-03-03"), as_of="2026-03-31")
    assert waiting.verdict == "breached"
    in_time = judged(rule(within(60)), pay("2026-03-25"))
    assert finding(in_time) == "2026-05-06届满，2026-03-25完成（最后一日为休息日，已顺延）"
    assert conclusion_zh(in_time) == "符合"


def test_the_sentence_of_a_term_that_runs() -> None:
    running = judged(rule(within(30, "wd")))
    assert finding(running) == "2026-04-14届满，已用21个工作日"
    assert conclusion_zh(running) == "未到期：2026-04-14 届满"
    beyond = judged(rule(within(12, "m")))
    assert "所在年份的放假安排尚未公布，届满日为暂定" in finding(beyond)
    doubtful = say.Stop(Selection(("payment_received",), "after", where=ItField("ok").eq(True)))
    lacking = judged(rule(say.Within(say.Clock(20, "cd"), (doubtful,))), pay("2026-03-05"))
    assert finding(lacking).startswith(f"缺少{path_zh('payment_received.ok')}，不能判断")
    assert conclusion_zh(lacking) == "缺少事实，不能判断"


def test_the_sentence_without_a_term() -> None:
    assert finding(judged(rule(say.Check(YES)))) == "符合要求"
    assert finding(judged(rule(say.Check(NO)))) == f"不符合要求：未满足“{NO.phrase()}”"
    early = judged(rule(within(20, also=NO)), pay("2026-03-05"))
    assert early.verdict == "breached" and "超期" not in early.explanation_zh
    assert conclusion_zh(early) == "违反"
    both = say.all_of(NO, YES, literal(3).eq(4))
    named = judged(rule(say.Check(both)))
    assert finding(named).count("未满足") == 2 and "；" in finding(named)
    assert finding(judged(rule(say.Check(NO), breach_zh="没有缴清"))) == "不符合要求：没有缴清"
    assert conclusion_zh(judged(rule(say.Check(NO)))) == "违反"
    assert finding(judged(rule(say.Check(OPEN)))) == f"缺少{path_zh('case_filed.lost')}，不能判断"
    assert finding(judged(rule(say.Decide((), "pending")))) == "应做的事尚未完成"
    assert finding(judged(rule(say.Check(YES), when=NO))) == "本条不适用"
    assert conclusion_zh(judged(rule(say.Check(YES), when=NO))) == "不适用"
    assert judged(rule(say.Check(YES), when=OPEN)).missing == ("case_filed.lost",)
    suspended = within(20, excludes=(say.Exclusion("refund"),))
    still = judged(rule(suspended), event("e2", "refund_ordered", "2026-03-05"))
    assert finding(still) == "期限因中止等事由停止计算" and conclusion_zh(still) == "未到期"


def test_a_wait_is_never_said_to_be_over_its_term() -> None:
    act = Selection(("payment_received",), "after")
    early = judged(rule(say.Wait(say.Clock(20, "cd", False), act)), pay("2026-03-05"))
    assert early.verdict == "breached" and "超期" not in finding(early)
    long = replace(early.outcome, used=99, limit=1)
    again = Verdict(early.definition, early.event, long, None, FACTS, early.history)
    assert "超期" not in again.explanation_zh


def test_the_table_of_a_count() -> None:
    taken = within(20, excludes=(say.Exclusion("refund"),))
    events = (
        event("e2", "refund_ordered", "2026-03-05"),
        event("e3", "refund_ended", "2026-03-09"),
        event("e4", "payment_received", "2026-03-30"),
    )
    told = explain(judged(rule(taken), *events), calendar=TABLE, as_of=date(2026, 3, 31))
    rows = {line.label: (line.content, line.source) for line in told.lines}
    assert rows["起点"] == ("2026-03-02 立案", "事件记录")
    assert rows["期限"] == ("20 日，当日不计入", "某法第三条")
    assert rows["扣除"] == ("责令退款：2026-03-05 至 2026-03-09", "")
    assert rows["届满"] == ("2026-03-26", "")
    assert rows["应有事实"][1] == "2026-03-30"
    assert rows["依据"] == ("某法第三条", "")
    assert rows["结论"] == ("违反：超期4日", "规则“应当缴清”")
    assert {line.code for line in told.lines} == {"", "e1", "OWN"}
    assert [line.is_conclusion for line in told.lines] == [False] * 6 + [True]
    assert [e.id for e in told.events] == ["e2", "e4"]
    assert [d.day.day for d in told.strip.days if d.is_due] == [26]
    open_end = explain(judged(rule(taken), events[0]), calendar=TABLE, as_of=date(2026, 3, 31))
    assert "责令退款：2026-03-05 至 尚未结束" in [line.content for line in open_end.lines]
    working = explain(judged(rule(within(2, "wd"))), calendar=TABLE, as_of=date(2026, 3, 31))
    assert [line.content for line in working.lines if line.label == "期限"] == [
        "2 个工作日，当日不计入，休息日不计"
    ]
    assert [line.source for line in working.lines if line.label == "应有事实"] == ["未找到"]
    rolled = explain(judged(rule(within(20))), calendar=TABLE, as_of=date(2026, 3, 31))
    assert [line.source for line in rolled.lines if line.label == "届满"] == ["末日为休息日，顺延"]
    assert rolled.notes == ("最后一日为休息日，已顺延",)
    check = explain(judged(rule(say.Check(NO))), calendar=TABLE, as_of=date(2026, 3, 31))
    assert [line.label for line in check.lines] == ["起点", "应有事实", "不符之处", "依据", "结论"]
    assert check.strip.days == ()
    lost = explain(judged(rule(say.Check(OPEN))), calendar=TABLE, as_of=date(2026, 3, 31))
    assert [(line.label, line.source) for line in lost.lines][1:3] == [("应有事实", "—"), ("缺少的事实", "")]


def test_the_document_of_a_verdict() -> None:
    late = judged(rule(within(20)), pay("2026-03-25"), quote_of=lambda law, article: f"{law}/{article}")
    document = late.to_json()
    assert {
        k: document[k]
        for k in ("matter", "rule", "subject", "verdict", "due", "days_used", "days_limit", "unit")
    } == {
        "matter": "M-1",
        "rule": "OWN",
        "subject": "e1",
        "verdict": "breached",
        "due": "2026-03-23",
        "days_used": 23,
        "days_limit": 20,
        "unit": "cd",
    }
    assert document["events"] == ["e1", "e2"] and document["overlay"] is None
    assert document["citation"] == {"law": "某法", "article": "第三条", "quote": "某法/第三条"}
    assert document["flags"] == ["rolled_forward"] and "missing" not in document
    assert document["severity"] == FACTS.severity
    unknown = judged(rule(say.Check(OPEN))).to_json()
    assert unknown["missing"] == ["case_filed.lost"] and "flags" not in unknown and unknown["due"] is None
    assert judged(rule(say.Check(OPEN))).citation.quote == ""
    instant = judged(rule(within(20)), pay("2026-03-25"))
    hours = event("e1", "case_filed", "2026-03-02T10:00:00+08:00")
    (found,) = evaluate(
        [rule(say.Within(say.Clock(24, "h"), (PAID,)))],
        Matter.of([hours], date(2026, 3, 31)),
        registers=Registers.none(),
        calendar=None,
        as_of=date(2026, 3, 31),
    )
    assert found.due_text == "2026-03-03T10:00:00+08:00" and instant.due_text == "2026-03-23"
    assert "2026-03-03 10:00届满" in found.explanation_zh


def test_rules_without_a_subject_and_of_another_kind() -> None:
    def rows(asked: Rule, **more: Any) -> list[tuple[str, str | None]]:
        matter = Matter.of([event("e1", "case_filed", "2026-03-02")], date(2026, 3, 31))
        found = evaluate(
            [asked], matter, registers=Registers.none(), calendar=None, as_of=date(2026, 3, 31), **more
        )
        return [(v.verdict, v.subject) for v in found]

    assert rows(rule(say.Check(YES))) == [("met", "e1")]
    assert rows(rule(say.Check(YES), kinds=("penalty",))) == [("met", "e1")]
    assert rows(rule(say.Check(YES), kinds=("licence",))) == []
    assert rows(rule(say.Check(YES), kinds=("licence",)), with_untriggered=True) == [("not_applicable", None)]
    assert rows(rule(say.Check(YES)), with_untriggered=True) == [("met", "e1")]
    for counts, kept in ((YES, 1), (NO, 0), (OPEN, 0)):
        assert len(rows(rule(say.Check(YES), counts=counts))) == kept
    untriggered = evaluate(
        [rule(say.Check(YES), kinds=("licence",))],
        Matter.of([event("e1", "case_filed", "2026-03-02")], date(2026, 3, 31)),
        registers=Registers.none(),
        calendar=None,
        as_of=date(2026, 3, 31),
        with_untriggered=True,
    )[0]
    assert untriggered.explanation_zh == "应当缴清；，本条不适用。" and untriggered.events == ()


class Broken(Expression):
    def compile(self) -> Any:
        def value(scope: Scope) -> Any:
            raise KeyError("gone")

        return value


def test_a_defect_in_one_rule_is_its_own_verdict() -> None:
    broken = judged(rule(say.Check(Broken())))
    assert broken.verdict == "error" and "KeyError" in broken.fault
    assert broken.explanation_zh == f"应当缴清；本条未能判断（{broken.fault}）。"
    assert conclusion_zh(broken) == f"出错：{broken.fault}"
    assert judged(rule(say.Check(Broken()), counts=Broken())).verdict == "error"
    tests = [
        event("e2", "test_started", "2026-03-05", test="T1", test_kind="inspection"),
        event("e3", "test_ended", "2026-03-04", test="T1"),
    ]
    contradiction = judged(rule(within(20, excludes=(say.Exclusion("test", ("inspection",)),))), *tests)
    assert contradiction.verdict == "error" and contradiction.fault.startswith("检验 T1 的结束（2026-03-04）")


def test_the_row_of_the_domain_replaces_the_general_one() -> None:
    met, breached = say.Check(YES), say.Check(NO)

    def with_rows(*rows: Overlay) -> Verdict:
        return judged(rule(met, overlays=rows))

    def row(name: str = "APL-58-legal-review", **more: Any) -> Overlay:
        return Overlay(row=name, require=breached, **more)

    assert with_rows(row(domain="market")).verdict == "breached"
    assert with_rows(row(domain="market")).overlay == "APL-58-legal-review"
    assert with_rows(row(domain="market")).form is breached and with_rows(row(domain="other")).form is met
    assert with_rows(row(domain="other")).verdict == "met" and with_rows(row(domain="other")).overlay is None
    assert [with_rows(row(applies=each)).verdict for each in (YES, NO, OPEN)] == ["breached", "met", "met"]
    assert [with_rows(row(when=each)).verdict for each in (YES, NO, OPEN)] == [
        "breached",
        "not_applicable",
        "unknown",
    ]
    assert with_rows(row(domain="market"), row(domain="other")).verdict == "breached"
    two = with_rows(row(), row("APL-60-90d"))
    assert two.verdict == "error" and ConflictingOverlays.__name__ in two.fault
    assert "OWN: APL-58-legal-review、APL-60-90d" in two.fault and two.overlay is None
    homeless = evaluate(
        [rule(met, overlays=(row(domain="market"),))],
        Matter.of([event("e1", "case_filed", "2026-03-02")], date(2026, 3, 31)),
        registers=Registers.none(),
        calendar=None,
        as_of=date(2026, 3, 31),
    )[0]
    assert (homeless.verdict, homeless.missing) == ("unknown", ("case.domain",))


def test_a_rule_applies_while_its_text_is_in_force() -> None:
    for begins, ends, verdict in (
        (date(2026, 3, 2), date(2026, 3, 2), "met"),
        (date(2026, 3, 3), None, "not_applicable"),
        (None, date(2026, 3, 1), "not_applicable"),
    ):
        facts = replace(FACTS, effective_from=begins, effective_to=ends)
        assert judged(rule(say.Check(YES), facts=facts)).verdict == verdict


def test_open_points_of_a_text_are_flagged() -> None:
    left_open = next(f for f in rule_facts().values() if f.rolls_by_default)
    unit_open = next(f for f in rule_facts().values() if f.unit_left_open)
    free = {"effective_from": None, "effective_to": None}
    assert "counting_rule_by_default" in judged(rule(within(20), facts=replace(left_open, **free))).flags
    assert "counting_rule_by_default" not in judged(rule(within(21), facts=replace(left_open, **free))).flags
    assert "unit_not_defined_by_law" in judged(rule(within(21), facts=replace(unit_open, **free))).flags
    assert (
        "unit_not_defined_by_law"
        not in judged(rule(within(21, "wd"), facts=replace(unit_open, **free))).flags
    )
    assert judged(rule(within(21))).flags == ()


def test_what_a_rule_reads_and_what_can_change_it() -> None:
    form = say.Check(say.exists(Selection(("case_closed",), where=ItField("a").eq(Field("b")))))
    asked = rule(
        form,
        when=say.exists(Selection(("statement_made",))),
        counts=Field("own").eq(1),
        overlays=(
            Overlay(row="APL-60-90d", require=within(3), applies=Field("c").eq(1), when=Field("d").eq(1)),
        ),
    )
    assert {
        "case_closed.a",
        "case_filed.b",
        "case_filed.own",
        "case_filed.c",
        "case_filed.d",
    } <= asked.reads()
    assert not any(path.startswith(("it.", "subject.")) for path in asked.reads())
    assert {"case_filed", "case_closed", "statement_made", "payment_received"} <= asked.touched_by()
    assert asked.reads_case() and not rule(form).reads_case()
    assert rule(say.Check(say.case("domain").eq("x"))).reads_case()
    book = RuleBook([asked, rule(say.Check(YES), id="OTHER", gate=True)])
    assert [r.id for r in book.rules] == ["OTHER", "OWN"] == [r.id for r in book.by_subject["case_filed"]]
    assert [r.id for r in book.touched_by(["statement_made"])] == ["OWN"]
    assert book.touched_by(["event_voided"]) == book.rules and book.touched_by(["nothing"]) == ()
    assert [r.id for r in book.gates("case_filed")] == ["OTHER"] and book.gates("nothing") == ()
    with pytest.raises(RuleBookDefect, match=r"declared twice: OWN$"):
        RuleBook([asked, asked, rule(say.Check(YES), id="OTHER")])


def test_words_for_values_and_paths() -> None:
    assert [value_zh(each) for each in (True, False, None, 1, 0, "nobody-knows")] == [
        "是",
        "否",
        "无",
        "1",
        "0",
        "nobody-knows",
    ]
    assert value_zh([True, None]) == "是、无"
    assert field_zh("party.nobody") == "当事人的nobody"
    assert path_zh("registers.officers.id") == "登记册 执法人员" and path_zh("registers.own") == "登记册 own"
    assert path_zh("case.domain") == "案件的领域"
    assert path_zh("@links") == "关联事项" and path_zh("@other") == "@other"
    assert path_zh("case_filed") == "“立案”" and path_zh("case_filed.item") == "“立案”的执法事项"


def test_an_unknown_is_no_truth_value() -> None:
    one, other = Unknown("a", "b"), Unknown("b", "c")
    assert one.joined(other).paths == ("a", "b", "c") and repr(one) == "Unknown(a, b)"
    with pytest.raises(TypeError, match="unknown value"):
        bool(one)
    assert Outcome("met", due=date(2026, 1, 1), provisional=True).due_is_provisional
    assert not Outcome("met", provisional=True).due_is_provisional
    assert Example("t", "met", (), "2026-01-01").registers == {}
