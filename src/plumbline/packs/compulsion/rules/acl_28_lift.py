"""What may no longer be held is released, and the goods go back the same day (行政强制法第二十八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import (
    Decide,
    all_of,
    any_of,
    as_of,
    choose,
    comes_before,
    event,
    exists,
    first,
    it,
    it_on,
    not_,
    verdict_of,
)

from ..histories import WORKING_DAYS, disposed, extended, lifted, taken
from ..measures import ENDED, LIFTED, SEIZING, SEIZURE_PERIOD, of_the_measure

_IS_LIFTED = exists(LIFTED)
_LIFTED_ON = first(LIFTED, it_on())
_RETURNED = of_the_measure("goods_returned", place="anywhere")
# Without a number, 立即 is the same local date.
_RETURNED_AT_ONCE = exists(of_the_measure("goods_returned", place="anywhere", where=it_on().eq(_LIFTED_ON)))
# What was returned later was there to be returned, even where nobody stated it.
_NOTHING_TO_RETURN = choose(
    exists(_RETURNED),
    first(LIFTED, it("nothing_to_return").or_if_missing(False)),
    first(LIFTED, it("nothing_to_return")),
).is_true()

_NOT_PUNISHED = event("decision_made", place="after", where=it("outcome").one_of("no_penalty", "dismissed"))
_CLEARED_WHILE_HELD = comes_before(_NOT_PUNISHED, ENDED)
_HELD_TOO_LONG = all_of(not_(exists(ENDED)), verdict_of(SEIZURE_PERIOD).eq("breached"))

_SEALED = taken("2026-06-01")
_CLOSED = step("case_closed", "2026-06-20")


def _decided(on: str, outcome: str = "dismissed") -> dict[str, Any]:
    return step("decision_made", on, outcome=outcome, procedure="ordinary")


def _returned(on: str, measure: str = "C1") -> dict[str, Any]:
    return step("goods_returned", on, measure=measure)


RULE = Rule(
    id="ACL-28-lift",
    subject=SEIZING,
    when=any_of(_IS_LIFTED, _CLEARED_WHILE_HELD, _HELD_TOO_LONG),
    require=Decide(
        (
            ("met", all_of(_IS_LIFTED, any_of(_RETURNED_AT_ONCE, _NOTHING_TO_RETURN))),
            ("pending", all_of(_IS_LIFTED, as_of().le(_LIFTED_ON))),
            ("breached", _IS_LIFTED),
            ("breached", _HELD_TOO_LONG),
            ("breached", exists(event("case_closed", place="after"))),
        ),
        "pending",
    ),
    breach_zh="应解除未解除或未当日退还财物",
    duty_zh="没有违法行为、决定不予处罚或者期限已满的，应当解除查封扣押；解除的当日退还财物",
    remedy_zh="请立即作出解除决定并退还财物。",
    examples=(
        Example(
            "解除当日退还",
            "met",
            (_SEALED, lifted("2026-06-10"), _returned("2026-06-10")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "次日才退还",
            "breached",
            (_SEALED, lifted("2026-06-10"), _returned("2026-06-11")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "没有需要退还的财物",
            "met",
            (_SEALED, lifted("2026-06-10", nothing_to_return=True)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        *(
            Example(
                f"解除{when}，尚未退还",
                verdict,
                (_SEALED, lifted("2026-06-10", nothing_to_return=False)),
                as_of,
                WORKING_DAYS,
            )
            for when, verdict, as_of in (
                ("当日", "pending", "2026-06-10"),
                ("次日", "breached", "2026-06-11"),
            )
        ),
        Example(
            "没有退还，有无财物没有填报",
            "unknown",
            (_SEALED, lifted("2026-06-10")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "退还的是另一项措施的财物",
            "breached",
            (_SEALED, lifted("2026-06-10", nothing_to_return=False), _returned("2026-06-10", "C2")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        *(
            Example(
                f"{zh}，尚未解除",
                "pending",
                (_SEALED, _decided("2026-06-10", outcome)),
                "2026-06-20",
                WORKING_DAYS,
            )
            for zh, outcome in (("违法事实不成立", "dismissed"), ("不予处罚", "no_penalty"))
        ),
        Example(
            "不予处罚，没有解除就结案",
            "breached",
            (_SEALED, _decided("2026-06-10", "no_penalty"), _CLOSED),
            "2026-06-21",
            WORKING_DAYS,
        ),
        Example(
            "不予处罚后解除并当日退还",
            "met",
            (_SEALED, _decided("2026-06-10"), lifted("2026-06-12"), _returned("2026-06-12")),
            "2026-06-21",
            WORKING_DAYS,
        ),
        *(
            Example(f"期限{when}", verdict, (_SEALED,), as_of, WORKING_DAYS)
            for when, verdict, as_of in (
                ("最后一日", "not_applicable", "2026-07-01"),
                ("届满后第一日", "breached", "2026-07-02"),
            )
        ),
        Example("延长期内", "not_applicable", (_SEALED, extended("2026-06-25")), "2026-07-20", WORKING_DAYS),
        Example("已作处理", "not_applicable", (_SEALED, disposed("2026-06-20")), "2026-07-20", WORKING_DAYS),
        Example(
            "处理之后才决定不予处罚",
            "not_applicable",
            (_SEALED, disposed("2026-06-09"), _decided("2026-06-10")),
            "2026-06-20",
            WORKING_DAYS,
        ),
        Example("没有日历，期满与否不明", "unknown", (_SEALED,), "2026-07-02"),
    ),
)
