"""A freeze is dealt with or lifted within thirty days, at most sixty with approval (行政强制法第三十二条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step

from ..histories import WORKING_DAYS, disposed, extended, lifted, taken
from ..measures import thirty_days

_FROZEN = taken("2026-06-01", "deposits_frozen")
# The article takes no test off: money is not tested.
_TESTED = (
    step(
        "test_started",
        "2026-06-08",
        test="T1",
        test_kind="appraisal",
        measures=["C1"],
        planned_until="2026-06-20",
        told_in_writing=True,
    ),
    step("test_ended", "2026-06-17", test="T1"),
)

RULE = Rule(
    id="ACL-32-freeze-30d",
    subject=("deposits_frozen",),
    require=thirty_days(),
    breach_zh="冻结超期",
    duty_zh="冻结存款、汇款应在三十日内作出处理或者解除；情况复杂经负责人批准的，最多再延三十日",
    remedy_zh="请立即作出处理决定，或者解除冻结。",
    examples=(
        *(
            Example(
                f"{how}{when}", verdict, (_FROZEN, ended(on)), "2026-07-20", WORKING_DAYS, due="2026-07-01"
            )
            for how, ended in (("解除，", lifted), ("处理，", disposed))
            for when, verdict, on in (
                ("第三十日", "met", "2026-07-01"),
                ("第三十一日", "breached", "2026-07-02"),
            )
        ),
        Example("尚未到期", "pending", (_FROZEN,), "2026-07-01", WORKING_DAYS, due="2026-07-01"),
        Example("到期仍未处理", "breached", (_FROZEN,), "2026-07-02", WORKING_DAYS, due="2026-07-01"),
        *(
            Example(
                f"末日是星期日，{when}",
                verdict,
                (taken("2026-06-05", "deposits_frozen"), lifted(on)),
                "2026-07-20",
                WORKING_DAYS,
                due="2026-07-06",
            )
            for when, verdict, on in (
                ("星期一解除", "met", "2026-07-06"),
                ("星期二解除", "breached", "2026-07-07"),
            )
        ),
        *(
            Example(
                f"经批准延长三十日，{when}",
                verdict,
                (_FROZEN, extended("2026-07-01"), lifted(on)),
                "2026-08-20",
                WORKING_DAYS,
                due="2026-07-31",
            )
            for when, verdict, on in (
                ("第六十日解除", "met", "2026-07-31"),
                ("第六十一日解除", "breached", "2026-08-01"),
            )
        ),
        Example(
            "科室负责人批准的延长不算",
            "breached",
            (_FROZEN, extended("2026-06-20", by="section_head"), lifted("2026-07-20")),
            "2026-08-20",
            WORKING_DAYS,
            due="2026-07-01",
        ),
        Example(
            "鉴定期间不扣除",
            "breached",
            (_FROZEN, *_TESTED, lifted("2026-07-02")),
            "2026-07-20",
            WORKING_DAYS,
            due="2026-07-01",
        ),
        Example("没有日历且过了三十日", "unknown", (_FROZEN,), "2026-07-02"),
        Example(
            "行政强制法施行前",
            "not_applicable",
            (taken("2011-12-31", "deposits_frozen"),),
            "2012-02-01",
            WORKING_DAYS,
        ),
    ),
)
