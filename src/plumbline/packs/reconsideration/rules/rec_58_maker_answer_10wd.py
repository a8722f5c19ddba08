"""Who made a document answers for it within ten working days when it is reviewed with a case (行政复议法第五十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event

#: The tenth working day after 1 June 2026 is 15 June.
_NOTICE = step("incidental_review_notice_received", "2026-06-01")


def _answered(on: str) -> dict[str, object]:
    return step("incidental_review_answered", on)


RULE = Rule(
    id="REC-58-maker-answer-10wd",
    subject=("incidental_review_notice_received",),
    kinds=("reconsideration",),
    require=Within(Clock(10, "wd"), (Stop(event("incidental_review_answered", place="after")),)),
    breach_zh="附带审查逾期未答复",
    duty_zh="规范性文件被附带审查的，制定机关收到通知后，应在十个工作日内书面答复其合法性",
    remedy_zh="请立即向复议机构提交书面答复和有关材料。",
    examples=(
        Example(
            "第十个工作日答复",
            "met",
            (_NOTICE, _answered("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "第十一个工作日答复",
            "breached",
            (_NOTICE, _answered("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example("届满日尚未答复", "pending", (_NOTICE,), "2026-06-15", CALENDAR, due="2026-06-15"),
        Example("届满后仍未答复", "breached", (_NOTICE,), "2026-06-16", CALENDAR, due="2026-06-15"),
        Example(
            "两次通知各自起算",
            "pending",
            (_NOTICE, _answered("2026-06-10"), step("incidental_review_notice_received", "2026-06-11")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-26",
        ),
        Example("没有日历且晚于十日", "unknown", (_NOTICE, _answered("2026-06-12")), "2026-06-20"),
        Example("没有日历但在十日之内", "met", (_NOTICE, _answered("2026-06-11")), "2026-06-20"),
        Example(
            "新法施行以前",
            "not_applicable",
            (step("incidental_review_notice_received", "2023-12-29"),),
            "2024-02-01",
            CALENDAR,
        ),
    ),
)
