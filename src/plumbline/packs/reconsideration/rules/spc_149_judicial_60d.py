"""A court's suggestion on an unlawful document is answered within sixty days (最高法行诉解释第一百四十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event, field


def _received(on: str = "2026-06-01", about: str = "normative_document") -> dict[str, object]:
    return step("judicial_suggestion_received", on, about=about)


def _replied(on: str) -> dict[str, object]:
    return step("reply_sent", on)


#: The sixtieth day after 1 June 2026 is Friday 31 July, after 6 May Sunday 5 July.
RULE = Rule(
    id="SPC-149-judicial-60d",
    subject=("judicial_suggestion_received",),
    kinds=("litigation", "normative_document"),
    when=field("about").eq("normative_document"),
    require=Within(Clock(60, "cd"), (Stop(event("reply_sent", place="after")),)),
    breach_zh="司法建议逾期未答复",
    duty_zh="法院就规范性文件提出司法建议的，收到的机关应在六十日内书面答复",
    remedy_zh="请立即书面答复法院，并说明对文件的处理。",
    examples=(
        Example(
            "第六十日答复",
            "met",
            (_received(), _replied("2026-07-31")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "第六十一日答复",
            "breached",
            (_received(), _replied("2026-08-01")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "末日为星期日，顺延",
            "met",
            (_received("2026-05-06"), _replied("2026-07-06")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example(
            "顺延之后才答复",
            "breached",
            (_received("2026-05-06"), _replied("2026-07-07")),
            "2026-08-10",
            CALENDAR,
            due="2026-07-06",
        ),
        Example("届满日尚未答复", "pending", (_received(),), "2026-07-31", CALENDAR, due="2026-07-31"),
        Example("届满后仍未答复", "breached", (_received(),), "2026-08-01", CALENDAR, due="2026-07-31"),
        Example(
            "没有日历，不知末日是否顺延",
            "unknown",
            (_received("2026-05-06"), _replied("2026-07-06")),
            "2026-08-10",
        ),
        Example(
            "就负责人不出庭提出的建议",
            "not_applicable",
            (_received(about="head_absence"),),
            "2026-08-10",
            CALENDAR,
        ),
    ),
)
