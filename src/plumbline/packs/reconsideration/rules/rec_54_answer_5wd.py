"""In the summary procedure the respondent answers, with its evidence, in five working days (行政复议法第五十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import field

from ..answer_with_evidence import answer_within


def _copy(on: str = "2026-06-01", procedure: str = "summary") -> dict[str, object]:
    return step("reconsideration_copy_received", on, procedure=procedure)


def _answer(on: str, **data: Any) -> dict[str, object]:
    return step("reconsideration_answer_filed", on, **(data or {"with_evidence": True}))


#: The fifth working day after 1 June 2026 is 8 June.
RULE = Rule(
    id="REC-54-answer-5wd",
    subject=("reconsideration_copy_received",),
    kinds=("reconsideration",),
    when=field("procedure").eq("summary"),
    require=answer_within(5, "wd"),
    breach_zh="复议答复逾期或未附证据（简易程序）",
    duty_zh="复议适用简易程序的，被申请人应在五个工作日内书面答复，同时提交证据、依据和有关材料",
    remedy_zh="请立即提交书面答复和全部证据、依据；不提交的，行政行为将被视为没有证据、依据。",
    examples=(
        Example(
            "第五个工作日答复",
            "met",
            (_copy(), _answer("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "第六个工作日答复",
            "breached",
            (_copy(), _answer("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example("届满日尚未答复", "pending", (_copy(),), "2026-06-08", CALENDAR, due="2026-06-08"),
        Example("届满后仍未答复", "breached", (_copy(),), "2026-06-09", CALENDAR, due="2026-06-08"),
        Example(
            "期内答复但没有证据",
            "breached",
            (_copy(), _answer("2026-06-03", with_evidence=False)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "没有证据的答复，期限尚未届满",
            "pending",
            (_copy(), _answer("2026-06-03", with_evidence=False)),
            "2026-06-08",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "期内补交证据",
            "met",
            (_copy(), _answer("2026-06-03", with_evidence=False), _answer("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "没有填报是否附证据",
            "unknown",
            (_copy(), _answer("2026-06-08", x_note="已答复")),
            "2026-06-20",
            CALENDAR,
        ),
        Example("没有日历且晚于五日", "unknown", (_copy(), _answer("2026-06-08")), "2026-06-20"),
        Example("普通程序", "not_applicable", (_copy(procedure="ordinary"),), "2026-06-20", CALENDAR),
        Example("新法施行以前没有简易程序", "not_applicable", (_copy("2023-11-06"),), "2024-02-01", CALENDAR),
    ),
)
