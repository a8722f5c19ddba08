"""What is forwarded for review comes back with an opinion within sixty days (行政复议法第六十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event

#: The sixtieth day after 1 June 2026 is Friday 31 July.
_FORWARDED = step("incidental_review_forwarded", "2026-06-01")
#: The sixtieth day after 6 May 2026 is Sunday 5 July.
_EARLIER = step("incidental_review_forwarded", "2026-05-06")


def _returned(on: str) -> dict[str, object]:
    return step("incidental_review_returned", on)


RULE = Rule(
    id="REC-60-forwarded-60d",
    subject=("incidental_review_forwarded",),
    kinds=("reconsideration",),
    require=Within(Clock(60, "cd"), (Stop(event("incidental_review_returned", place="after")),)),
    breach_zh="转送的附带审查逾期未回复",
    duty_zh="收到转送的附带审查的机关，应在六十日内向转送的复议机关回复处理意见",
    remedy_zh="请立即作出处理，并向转送的复议机关回复。",
    examples=(
        Example(
            "第六十日回复",
            "met",
            (_FORWARDED, _returned("2026-07-31")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "第六十一日回复",
            "breached",
            (_FORWARDED, _returned("2026-08-01")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "末日为星期日，顺延后的当日回复",
            "met",
            (_EARLIER, _returned("2026-07-06")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example(
            "顺延之后才回复",
            "breached",
            (_EARLIER, _returned("2026-07-07")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example("届满日尚未回复", "pending", (_FORWARDED,), "2026-07-31", CALENDAR, due="2026-07-31"),
        Example("届满后仍未回复", "breached", (_FORWARDED,), "2026-08-01", CALENDAR, due="2026-07-31"),
        Example("没有日历，不知末日是否顺延", "unknown", (_EARLIER, _returned("2026-07-06")), "2026-08-10"),
        Example(
            "新法施行以前",
            "not_applicable",
            (step("incidental_review_forwarded", "2023-12-29"),),
            "2024-06-01",
            CALENDAR,
        ),
    ),
)
