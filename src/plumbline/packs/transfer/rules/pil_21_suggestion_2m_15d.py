"""A suggestion in the public interest is answered in two months, in fifteen days while harm grows (检察公益诉讼解释第二十一条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR
from plumbline.rules.language import ByCase, Clock, Stop, Within, field

from ..suggestions import REPLIED, received, replied


def _received(growing: bool | None = False, on: str = "2026-04-10") -> dict[str, object]:
    data: dict[str, Any] = {} if growing is None else {"harm_growing": growing}
    return received(on, "public_interest", **data)


_REPLIED = (Stop(REPLIED),)

RULE = Rule(
    id="PIL-21-suggestion-2m-15d",
    subject=("procuratorial_suggestion_received",),
    when=field("suggestion_kind").eq("public_interest"),
    require=ByCase(
        field("harm_growing").is_true(),
        Within(Clock(15, "cd"), _REPLIED),
        Within(Clock(2, "m"), _REPLIED),
    ),
    breach_zh="公益诉讼检察建议逾期未回复",
    duty_zh="收到公益诉讼检察建议后两个月内履行职责并书面回复，损害仍在扩大的十五日内回复",
    remedy_zh="请立即履行监管职责并书面回复检察院，逾期可能被提起公益诉讼。",
    examples=(
        Example(
            "两个月届满日回复",
            "met",
            (_received(), replied("2026-06-10")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "两个月届满次日回复",
            "breached",
            (_received(), replied("2026-06-11")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "两个月的末日是端午节，顺延",
            "met",
            (_received(on="2026-04-19"), replied("2026-06-22")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延后的次日回复",
            "breached",
            (_received(on="2026-04-19"), replied("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "损害扩大，顺延后的第十五日回复",
            "met",
            (_received(True), replied("2026-04-27")),
            "2026-07-01",
            CALENDAR,
            due="2026-04-27",
        ),
        Example(
            "损害扩大，次日回复",
            "breached",
            (_received(True), replied("2026-04-28")),
            "2026-07-01",
            CALENDAR,
            due="2026-04-27",
        ),
        Example(
            "届满日尚未回复",
            "pending",
            (_received(),),
            "2026-06-10",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "损害扩大，届满后仍未回复",
            "breached",
            (_received(True),),
            "2026-04-28",
            CALENDAR,
            due="2026-04-27",
        ),
        Example(
            "没有填报损害是否扩大，一个月时回复",
            "unknown",
            (_received(None), replied("2026-05-12")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报损害是否扩大，十五日内回复",
            "met",
            (_received(None), replied("2026-04-27")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报损害是否扩大，两个月后回复",
            "breached",
            (_received(None), replied("2026-06-11")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "其他检察建议由另一条管",
            "not_applicable",
            (received("2026-04-10", "social_governance"),),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "损害扩大，第十五日是工作日",
            "met",
            (_received(True, on="2026-04-13"), replied("2026-04-28")),
            "2026-07-01",
            CALENDAR,
            due="2026-04-28",
        ),
    ),
)
