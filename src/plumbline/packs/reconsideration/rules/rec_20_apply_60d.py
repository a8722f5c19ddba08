"""A party has sixty days to apply for reconsideration (行政复议法第二十条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, field

from ..party_period import period


def _received(on: str, **data: Any) -> dict[str, object]:
    return step("reconsideration_application_received", on, **data)


def _told(on: str, known: str = "2026-06-01", **data: Any) -> dict[str, object]:
    return _received(on, act_known_on=known, told_of_rights=True, **data)


def _not_told(on: str, known: str = "2025-06-02", **data: Any) -> dict[str, object]:
    return _received(on, act_known_on=known, told_of_rights=False, **data)


#: The sixtieth day after 1 June 2026 is 31 July, after 6 May Sunday 5 July. A year after 2 June 2025 is 2 June 2026.
RULE = Rule(
    id="REC-20-apply-60d",
    subject=("reconsideration_application_received",),
    kinds=("reconsideration",),
    require=period(
        "reconsideration_application_received",
        Clock(60, "cd"),
        since="act_known_on",
        not_told=field("told_of_rights").is_false(),
        learned_on="rights_known_on",
        posted_on="posted_on",
    ),
    breach_zh="复议申请超过申请期限",
    duty_zh="复议申请应在知道行政行为后的六十日内提出；没有告知复议权利的，从知道该权利时起算，总共不超过一年",
    remedy_zh="请核对知道行政行为、知道复议权利和交邮的日期，以及有无不可抗力等正当理由，再决定是否受理。",
    examples=(
        Example("第六十日收到", "met", (_told("2026-07-31"),), "2026-08-10", CALENDAR, due="2026-07-31"),
        Example(
            "末日为星期日，顺延",
            "met",
            (_told("2026-07-06", "2026-05-06"),),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example(
            "期内交邮，期后收到",
            "met",
            (_told("2026-08-04", posted_on="2026-07-31"),),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "期满后才交邮",
            "breached",
            (_told("2026-08-04", posted_on="2026-08-01"),),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "顺延之后才交邮",
            "breached",
            (_told("2026-07-08", "2026-05-06", posted_on="2026-07-07"),),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example("期后收到，没有填报交邮日", "unknown", (_told("2026-08-01"),), "2026-08-10", CALENDAR),
        Example(
            "没有填报知道行为之日",
            "unknown",
            (_received("2026-07-31", told_of_rights=True),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "未告知权利，从知道权利之日起六十日",
            "met",
            (_not_told("2026-03-11", rights_known_on="2026-01-10"),),
            "2026-08-10",
            CALENDAR,
            due="2026-03-11",
        ),
        Example(
            "未告知权利，知道后的第六十一日",
            "breached",
            (_not_told("2026-03-12", rights_known_on="2026-01-10", posted_on="2026-03-12"),),
            "2026-08-10",
            CALENDAR,
            due="2026-03-11",
        ),
        Example(
            "知道权利后的六十日超出一年，以一年为限",
            "met",
            (_not_told("2026-06-02", rights_known_on="2026-05-20"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "超过一年",
            "breached",
            (_not_told("2026-06-03", rights_known_on="2026-05-20", posted_on="2026-06-03"),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "始终不知道权利，一年之内",
            "met",
            (_not_told("2026-06-02", rights_known_on=None),),
            "2026-08-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "未告知权利，没有填报何时知道", "unknown", (_not_told("2026-03-11"),), "2026-08-10", CALENDAR
        ),
        Example(
            "未填报何时知道权利，但在最短的六十日内",
            "met",
            (_not_told("2025-08-01"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "未填报何时知道权利，但已超过一年",
            "breached",
            (_not_told("2026-06-10", posted_on="2026-06-09"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，在六十日内",
            "met",
            (_received("2026-07-31", act_known_on="2026-06-01"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，已过六十日",
            "unknown",
            (_received("2026-08-01", act_known_on="2026-06-01", posted_on="2026-08-01"),),
            "2026-08-10",
            CALENDAR,
        ),
        Example(
            "新法施行以前收到", "not_applicable", (_told("2023-12-29", "2023-12-01"),), "2024-02-01", CALENDAR
        ),
    ),
)
