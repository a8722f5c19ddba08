"""A party has six months to sue, and fifteen days after a reconsideration decision (行政诉讼法第四十六条、第四十五条).

Where nobody told of the time for suing it runs from the day of learning of it, a year at most; the same holds for a
reconsideration decision that was silent on it (最高法行诉解释第六十四条).
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import ByCase, Clock, field

from ..party_period import period

_NOT_TOLD = field("told_of_term").is_false()


def _sued(on: str, **data: Any) -> dict[str, object]:
    return step("lawsuit_filed", on, **data)


def _direct(on: str, known: str = "2026-01-15", **data: Any) -> dict[str, object]:
    return _sued(on, after_reconsideration=False, act_known_on=known, **({"told_of_term": True} | data))


def _after(on: str, received: str = "2026-06-01", **data: Any) -> dict[str, object]:
    return _sued(on, after_reconsideration=True, reconsideration_received_on=received, **data)


#: Six months after 15 January 2026 is 15 July, after 31 August 2025 Saturday 28 February 2026 (a working one). A year after
#: 2 June 2025 is 2 June 2026. Fifteen days after 1 June 2026 is 16 June, after 6 June Sunday 21 June.
RULE = Rule(
    id="ALL-46-sue-6m",
    subject=("lawsuit_filed",),
    kinds=("litigation",),
    require=ByCase(
        field("after_reconsideration").is_true(),
        period(
            "lawsuit_filed",
            Clock(15, "cd"),
            since="reconsideration_received_on",
            # The contract counts fifteen days wherever nobody says that the decision was silent on them.
            not_told=_NOT_TOLD.or_if_missing(False),
            learned_on="term_known_on",
        ),
        period(
            "lawsuit_filed",
            Clock(6, "m"),
            since="act_known_on",
            not_told=_NOT_TOLD,
            learned_on="term_known_on",
        ),
    ),
    breach_zh="起诉超过起诉期限",
    duty_zh="直接起诉的，应在知道行政行为后六个月内提出；经过复议的，应在收到复议决定后十五日内提出",
    remedy_zh="请核对知道行政行为、收到复议决定和知道起诉期限的日期，据以向法院说明。",
    examples=(
        Example("六个月的末日", "met", (_direct("2026-07-15"),), "2026-08-10", CALENDAR, due="2026-07-15"),
        Example(
            "六个月的次日", "breached", (_direct("2026-07-16"),), "2026-08-10", CALENDAR, due="2026-07-15"
        ),
        Example(
            "没有相应日，以月末为末日",
            "met",
            (_direct("2026-02-28", "2025-08-31"),),
            "2026-08-10",
            CALENDAR,
            due="2026-02-28",
        ),
        Example(
            "月末之后才起诉",
            "breached",
            (_direct("2026-03-01", "2025-08-31"),),
            "2026-08-10",
            CALENDAR,
            due="2026-02-28",
        ),
        Example("复议后第十五日", "met", (_after("2026-06-16"),), "2026-08-10", CALENDAR, due="2026-06-16"),
        Example(
            "复议后第十六日", "breached", (_after("2026-06-17"),), "2026-08-10", CALENDAR, due="2026-06-16"
        ),
        Example(
            "复议后末日为假日，顺延",
            "met",
            (_after("2026-06-22", "2026-06-06"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延之后才起诉",
            "breached",
            (_after("2026-06-23", "2026-06-06"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "复议决定没有告知起诉期限，从知道时起算",
            "met",
            (_after("2026-06-16", "2026-03-02", told_of_term=False, term_known_on="2026-06-01"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "未告知起诉期限，从知道时起算六个月",
            "met",
            (_direct("2026-04-10", "2025-06-02", told_of_term=False, term_known_on="2025-10-10"),),
            "2026-08-10",
            CALENDAR,
            due="2026-04-10",
        ),
        Example(
            "知道起诉期限后的六个月届满",
            "breached",
            (_direct("2026-04-11", "2025-06-02", told_of_term=False, term_known_on="2025-10-10"),),
            "2026-08-10",
            CALENDAR,
            due="2026-04-10",
        ),
        Example(
            "未告知起诉期限，以一年为限",
            "met",
            (_direct("2026-06-02", "2025-06-02", told_of_term=False, term_known_on="2026-05-25"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "超过一年",
            "breached",
            (_direct("2026-06-03", "2025-06-02", told_of_term=False, term_known_on="2026-05-25"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "没有填报是否告知，六个月内",
            "met",
            (_sued("2026-07-15", after_reconsideration=False, act_known_on="2026-01-15"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，已过六个月",
            "unknown",
            (_sued("2026-07-16", after_reconsideration=False, act_known_on="2026-01-15"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有填报是否经过复议",
            "unknown",
            (_sued("2026-07-15", act_known_on="2026-01-15", told_of_term=True),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有填报知道行为之日",
            "unknown",
            (_sued("2026-07-15", after_reconsideration=False, told_of_term=True),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有收到复议决定",
            "not_applicable",
            (_sued("2026-07-15", after_reconsideration=True, reconsideration_received_on=None),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "修改后的法律施行以前",
            "not_applicable",
            (_direct("2017-06-30", "2017-03-01"),),
            "2026-08-10",
            CALENDAR,
        ),
    ),
)
