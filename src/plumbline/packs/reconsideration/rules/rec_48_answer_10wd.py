"""In the ordinary procedure the respondent answers, with its evidence, in ten working days (行政复议法第四十八条).

Until the end of 2023 the ten days were natural days (行政复议法（2017）第二十三条; 第四十条 named only five and seven as working days).
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import field
from plumbline.rules.overlays import contract_overlays

from ..answer_with_evidence import answer_within

_GENERAL = answer_within(10, "wd")


def _copy(on: str = "2026-06-01", procedure: str = "ordinary") -> dict[str, object]:
    return step("reconsideration_copy_received", on, procedure=procedure)


def _answer(on: str, **data: Any) -> dict[str, object]:
    return step("reconsideration_answer_filed", on, **(data or {"with_evidence": True}))


#: The tenth working day after 1 June 2026 is 15 June; the tenth day after 6 November 2023 is 16 November.
RULE = Rule(
    id="REC-48-answer-10wd",
    subject=("reconsideration_copy_received",),
    kinds=("reconsideration",),
    when=field("procedure").eq("ordinary"),
    require=_GENERAL,
    overlays=contract_overlays("REC-48-answer-10wd", _GENERAL),
    breach_zh="复议答复逾期或未附证据",
    duty_zh="被申请人收到复议申请副本后，应在十个工作日内书面答复，同时提交证据、依据和有关材料",
    remedy_zh="请立即提交书面答复和全部证据、依据；不提交的，行政行为将被视为没有证据、依据。",
    examples=(
        Example(
            "第十个工作日答复",
            "met",
            (_copy(), _answer("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "第十一个工作日答复",
            "breached",
            (_copy(), _answer("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example("届满日尚未答复", "pending", (_copy(),), "2026-06-15", CALENDAR, due="2026-06-15"),
        Example("届满后仍未答复", "breached", (_copy(),), "2026-06-16", CALENDAR, due="2026-06-15"),
        Example(
            "期内答复但没有证据",
            "breached",
            (_copy(), _answer("2026-06-10", with_evidence=False)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "没有证据的答复，期限尚未届满",
            "pending",
            (_copy(), _answer("2026-06-10", with_evidence=False)),
            "2026-06-15",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "期内补交证据",
            "met",
            (_copy(), _answer("2026-06-10", with_evidence=False), _answer("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "期后才补交证据",
            "breached",
            (_copy(), _answer("2026-06-10", with_evidence=False), _answer("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "没有填报是否附证据",
            "unknown",
            (_copy(), _answer("2026-06-10", x_note="已答复")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "逾期答复，附没附证据都一样",
            "breached",
            (_copy(), _answer("2026-06-16", x_note="已答复")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example("没有日历且晚于十日", "unknown", (_copy(), _answer("2026-06-12")), "2026-06-20"),
        Example("简易程序", "not_applicable", (_copy(procedure="summary"),), "2026-06-20", CALENDAR),
        Example(
            "旧法第十日",
            "met",
            (_copy("2023-11-06"), _answer("2023-11-16")),
            "2023-12-31",
            CALENDAR,
            due="2023-11-16",
            overlay="REC17-23-answer-10d",
        ),
        Example(
            "旧法第十一日，仍在十个工作日内",
            "breached",
            (_copy("2023-11-06"), _answer("2023-11-17")),
            "2023-12-31",
            CALENDAR,
            due="2023-11-16",
            overlay="REC17-23-answer-10d",
        ),
        Example(
            "旧法末日为星期六，顺延",
            "met",
            (_copy("2023-11-08"), _answer("2023-11-20")),
            "2023-12-31",
            CALENDAR,
            due="2023-11-20",
            overlay="REC17-23-answer-10d",
        ),
        Example(
            "旧法期间收到，跨入新法仍按旧法",
            "breached",
            (_copy("2023-12-28"), _answer("2024-01-09")),
            "2024-02-01",
            CALENDAR,
            due="2024-01-08",
            overlay="REC17-23-answer-10d",
        ),
        Example(
            "新法施行后收到",
            "met",
            (_copy("2024-01-02"), _answer("2024-01-16")),
            "2024-02-01",
            CALENDAR,
            due="2024-01-16",
        ),
    ),
)
