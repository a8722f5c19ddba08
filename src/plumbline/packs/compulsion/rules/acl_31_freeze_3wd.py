"""The freezing decision reaches the party within three working days (行政强制法第三十一条、第六十九条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Clock, Stop, Within

from ..histories import WORKING_DAYS, taken
from ..measures import of_the_measure

_FROZEN = taken("2026-06-04", "deposits_frozen")


def _handed_over(on: str, measure: str = "C1") -> dict[str, Any]:
    return step("freeze_decision_served", on, method="direct", measure=measure)


RULE = Rule(
    id="ACL-31-freeze-3wd",
    subject=("deposits_frozen",),
    require=Within(Clock(3, "wd"), (Stop(of_the_measure("freeze_decision_served")),)),
    breach_zh="冻结决定书超期未交付",
    duty_zh="冻结存款、汇款后，应在三个工作日内把冻结决定书交给当事人",
    remedy_zh="请立即向当事人交付冻结决定书。",
    examples=(
        Example(
            "第三个工作日交付",
            "met",
            (_FROZEN, _handed_over("2026-06-09")),
            "2026-06-20",
            WORKING_DAYS,
            due="2026-06-09",
        ),
        Example(
            "第四个工作日交付",
            "breached",
            (_FROZEN, _handed_over("2026-06-10")),
            "2026-06-20",
            WORKING_DAYS,
            due="2026-06-09",
        ),
        Example("尚未到期", "pending", (_FROZEN,), "2026-06-09", WORKING_DAYS, due="2026-06-09"),
        Example("到期仍未交付", "breached", (_FROZEN,), "2026-06-10", WORKING_DAYS, due="2026-06-09"),
        Example(
            "交付的是另一项冻结的决定书",
            "breached",
            (_FROZEN, _handed_over("2026-06-09", "C2")),
            "2026-06-20",
            WORKING_DAYS,
        ),
        Example(
            "遇端午节顺延",
            "met",
            (taken("2026-06-18", "deposits_frozen"), _handed_over("2026-06-24")),
            "2026-06-30",
            WORKING_DAYS,
            due="2026-06-24",
        ),
        Example("没有日历且在三日内交付", "met", (_FROZEN, _handed_over("2026-06-07")), "2026-06-20"),
        Example("没有日历且晚于三日", "unknown", (_FROZEN, _handed_over("2026-06-08")), "2026-06-20"),
        Example(
            "行政强制法施行前",
            "not_applicable",
            (taken("2011-12-31", "deposits_frozen"),),
            "2012-02-01",
            WORKING_DAYS,
        ),
    ),
)
