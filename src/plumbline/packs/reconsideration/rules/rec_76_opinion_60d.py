"""What a reconsideration opinion asks for is done and reported within sixty days (行政复议法第七十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event

#: The sixtieth day after 1 June 2026 is Friday 31 July, after 6 May Sunday 5 July.
_RECEIVED = step("reconsideration_opinion_received", "2026-06-01")
_EARLIER = step("reconsideration_opinion_received", "2026-05-06")


def _reported(on: str) -> dict[str, object]:
    return step("correction_reported", on)


RULE = Rule(
    id="REC-76-opinion-60d",
    subject=("reconsideration_opinion_received",),
    kinds=("reconsideration",),
    require=Within(Clock(60, "cd"), (Stop(event("correction_reported", place="after")),)),
    breach_zh="复议意见书逾期未报告纠正",
    duty_zh="收到行政复议意见书的机关，应在六十日内纠正，并向复议机关报送情况",
    remedy_zh="请立即纠正，并把情况报送制发意见书的复议机关。",
    examples=(
        Example(
            "第六十日报送",
            "met",
            (_RECEIVED, _reported("2026-07-31")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "第六十一日报送",
            "breached",
            (_RECEIVED, _reported("2026-08-01")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "末日为星期日，顺延",
            "met",
            (_EARLIER, _reported("2026-07-06")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example(
            "顺延之后才报送",
            "breached",
            (_EARLIER, _reported("2026-07-07")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example("届满日尚未报送", "pending", (_RECEIVED,), "2026-07-31", CALENDAR, due="2026-07-31"),
        Example("届满后仍未报送", "breached", (_RECEIVED,), "2026-08-01", CALENDAR, due="2026-07-31"),
        Example("没有日历，不知末日是否顺延", "unknown", (_EARLIER, _reported("2026-07-06")), "2026-08-10"),
        Example(
            "新法施行以前",
            "not_applicable",
            (step("reconsideration_opinion_received", "2023-12-20"),),
            "2024-06-01",
            CALENDAR,
        ),
    ),
)
