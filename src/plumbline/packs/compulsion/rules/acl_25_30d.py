"""Property is sealed or seized for thirty days, at most sixty with approval (行政强制法第二十五条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step

from ..histories import WORKING_DAYS, disposed, extended, lifted, taken
from ..measures import SEIZING, SEIZURE_PERIOD

_SEALED = taken("2026-06-01")


def _tested(**changes: Any) -> dict[str, Any]:
    stated = {"planned_until": "2026-06-20", "told_in_writing": True, "measures": ["C1"], **changes}
    kept = {name: value for name, value in stated.items() if value != "not stated"}
    return step("test_started", "2026-06-08", **{"test": "T1", "test_kind": "inspection", **kept})


_RESULT = step("test_ended", "2026-06-17", test="T1")

RULE = Rule(
    id="ACL-25-30d",
    subject=SEIZING,
    require=SEIZURE_PERIOD,
    breach_zh="查封扣押超期",
    duty_zh="查封扣押应在三十日内作出处理或者解除；情况复杂经负责人批准的，最多再延三十日",
    remedy_zh="请立即作出处理决定，或者解除并退还财物。",
    examples=(
        *(
            Example(
                f"{how}{when}", verdict, (_SEALED, ended(on)), "2026-07-20", WORKING_DAYS, due="2026-07-01"
            )
            for how, ended in (("解除，", lifted), ("处理，", disposed))
            for when, verdict, on in (
                ("第三十日", "met", "2026-07-01"),
                ("第三十一日", "breached", "2026-07-02"),
            )
        ),
        Example("尚未到期", "pending", (_SEALED,), "2026-07-01", WORKING_DAYS, due="2026-07-01"),
        Example("到期仍未处理", "breached", (_SEALED,), "2026-07-02", WORKING_DAYS, due="2026-07-01"),
        Example(
            "末日是星期日，顺延到星期一",
            "met",
            (taken("2026-06-05", "seized"), lifted("2026-07-06")),
            "2026-07-20",
            WORKING_DAYS,
            due="2026-07-06",
        ),
        Example(
            "顺延之后仍未处理",
            "breached",
            (taken("2026-06-05", "seized"), lifted("2026-07-07")),
            "2026-07-20",
            WORKING_DAYS,
            due="2026-07-06",
        ),
        Example(
            "两项措施，只解除了一项",
            "breached",
            (_SEALED, taken("2026-06-01", measure="C2"), lifted("2026-06-30", "C2")),
            "2026-07-20",
            WORKING_DAYS,
            subject="e1",
        ),
        *(
            Example(
                f"经批准延长三十日，{when}",
                verdict,
                (_SEALED, extended("2026-07-01"), lifted(on)),
                "2026-08-20",
                WORKING_DAYS,
                due="2026-07-31",
            )
            for when, verdict, on in (
                ("第六十日解除", "met", "2026-07-31"),
                ("第六十一日解除", "breached", "2026-08-01"),
            )
        ),
        *(
            Example(
                title,
                "breached",
                (_SEALED, grant, lifted("2026-07-20")),
                "2026-08-20",
                WORKING_DAYS,
                due="2026-07-01",
            )
            for title, grant in (
                ("到期后批准的延长不算", extended("2026-07-02")),
                ("科室负责人批准的延长不算", extended("2026-06-20", by="section_head")),
                ("延长的是另一项措施", extended("2026-06-20", measure="C2")),
            )
        ),
        Example(
            "批准延长四十五日，只算三十日",
            "breached",
            (_SEALED, extended("2026-06-20", days=45), lifted("2026-08-01")),
            "2026-08-20",
            WORKING_DAYS,
            due="2026-07-31",
        ),
        Example(
            "第二次延长不算",
            "breached",
            (_SEALED, extended("2026-06-20"), extended("2026-07-30"), lifted("2026-08-03")),
            "2026-08-20",
            WORKING_DAYS,
            due="2026-07-31",
        ),
        *(
            Example(
                f"扣除检验九日，{when}",
                verdict,
                (_SEALED, _tested(), _RESULT, lifted(on)),
                "2026-07-20",
                WORKING_DAYS,
                due="2026-07-10",
            )
            for when, verdict, on in (
                ("末日解除", "met", "2026-07-10"),
                ("末日次日解除", "breached", "2026-07-11"),
            )
        ),
        Example("检验尚未结束，期限停止", "pending", (_SEALED, _tested()), "2026-07-20", WORKING_DAYS),
        *(
            Example(
                f"检验不能扣除：{why}",
                "breached",
                (_SEALED, _tested(**fact), _RESULT, lifted("2026-07-10")),
                "2026-07-20",
                WORKING_DAYS,
                due="2026-07-01",
            )
            for why, fact in (
                ("没有书面告知", {"told_in_writing": False}),
                ("期间不明确", {"planned_until": None}),
                ("检验的是其他财物", {"measures": ["C2"]}),
                ("不是检验类", {"test_kind": "site_survey"}),
            )
        ),
        *(
            Example(
                f"检验能否扣除不明：{what}没有填报，{on} 解除",
                verdict,
                (_SEALED, _tested(**{name: "not stated"}), _RESULT, lifted(on)),
                "2026-07-20",
                WORKING_DAYS,
            )
            for what, name in (
                ("书面告知", "told_in_writing"),
                ("检验期间", "planned_until"),
                ("所检财物", "measures"),
            )
            for verdict, on in (("unknown", "2026-07-10"), ("met", "2026-07-01"), ("breached", "2026-07-11"))
        ),
        Example("没有日历且过了三十日", "unknown", (_SEALED,), "2026-07-02"),
        Example("行政强制法施行前", "not_applicable", (taken("2011-12-31"),), "2012-02-01", WORKING_DAYS),
    ),
)
