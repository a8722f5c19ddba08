"""Three days to contest the refusal of the police (行政执法机关移送涉嫌犯罪案件的规定第九条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Right, Stop, Within, event, field


def _refused(**data: Any) -> dict[str, object]:
    return step("police_refused", "2026-05-29", **data)


def _contested(on: str, how: str = "police_reconsideration_requested") -> dict[str, object]:
    return step(how, on)


RULE = Rule(
    id="TSC-9-reconsider-3d",
    subject=("police_refused",),
    require=Right(
        Within(
            Clock(3, "cd"),
            (Stop(event("police_reconsideration_requested", "filing_supervision_suggested", place="after")),),
            start=field("notice_received_on"),
        )
    ),
    breach_zh="提请复议或建议立案监督已逾期",
    duty_zh="收到不予立案通知后认为应当立案的，三日内可以请公安机关复议或者建议检察机关监督",
    remedy_zh="已逾期的，可以与检察机关商请依职权监督；今后请在收到通知后三日内提出。",
    examples=(
        Example(
            "第三日提请复议",
            "met",
            (filed(), _refused(notice_received_on="2026-06-01"), _contested("2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "第四日提请复议",
            "breached",
            (filed(), _refused(notice_received_on="2026-06-01"), _contested("2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "末日是星期六，顺延后建议立案监督",
            "met",
            (
                filed(),
                _refused(notice_received_on="2026-06-03"),
                _contested("2026-06-08", "filing_supervision_suggested"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "顺延后的次日建议立案监督",
            "breached",
            (
                filed(),
                _refused(notice_received_on="2026-06-03"),
                _contested("2026-06-09", "filing_supervision_suggested"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "复议在期内，其后再建议监督",
            "met",
            (
                filed(),
                _refused(notice_received_on="2026-06-01"),
                _contested("2026-06-03"),
                _contested("2026-06-10", "filing_supervision_suggested"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "仍可提出",
            "pending",
            (filed(), _refused(notice_received_on="2026-06-01")),
            "2026-06-04",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "没有提出，权利已过",
            "not_applicable",
            (filed(), _refused(notice_received_on="2026-06-01")),
            "2026-06-05",
            CALENDAR,
        ),
        Example(
            "通知书没有收到",
            "not_applicable",
            (filed(), _refused(notice_received_on=None)),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "没有填报收到日",
            "unknown",
            (filed(), _refused(), _contested("2026-06-05")),
            "2026-06-20",
            CALENDAR,
        ),
    ),
)
