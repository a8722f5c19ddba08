"""住房和城乡建设行政处罚程序规定第十五条: fifteen working days to look into the clue, ten more with the head's approval."""

from plumbline.rules import Example
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock

from ..families.filing import filing

RULE = filing(
    "MOHURD-15-check-15wd",
    domain="housing_construction",
    clock=Clock(15, "wd"),
    more=10,
    last_day="2026-03-23",
    day_after="2026-03-24",
    last_day_extended="2026-04-07",
    day_after_extended="2026-04-08",
    limit_zh="十五个工作日",
    handed_on=True,
    others=("clue_verified",),
    examples=(
        Example(
            "最后一日核查完毕，此后才立案",
            "met",
            (
                step("clue_received", "2026-03-02", domain="housing_construction"),
                step("clue_verified", "2026-03-23", established=True),
                step(
                    "case_filed",
                    "2026-03-26",
                    item="X-1",
                    domain="housing_construction",
                    party={"id": "P-1", "kind": "legal_person"},
                ),
            ),
            "2026-06-01",
            CALENDAR,
            due="2026-03-23",
        ),
    ),
)
