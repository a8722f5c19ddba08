"""生态环境行政处罚办法第十八条: fifteen natural days, fifteen more with the head's approval."""

from plumbline.rules import Example
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock

from ..families.filing import filing

RULE = filing(
    "MEE-18-filing-15d",
    domain="ecology",
    clock=Clock(15, "cd"),
    more=15,
    last_day="2026-03-17",
    day_after="2026-03-18",
    last_day_extended="2026-04-01",
    day_after_extended="2026-04-02",
    limit_zh="十五日",
    examples=(
        Example(
            "第十五日是星期六，顺延至星期一",
            "met",
            (
                step("clue_received", "2026-03-06", domain="ecology"),
                step("case_not_filed", "2026-03-23", reason="违法事实不能成立"),
            ),
            "2026-06-01",
            CALENDAR,
            due="2026-03-23",
        ),
        Example(
            "施行前收到的线索",
            "not_applicable",
            (step("clue_received", "2023-06-30", domain="ecology"),),
            "2026-06-01",
            CALENDAR,
        ),
    ),
)
