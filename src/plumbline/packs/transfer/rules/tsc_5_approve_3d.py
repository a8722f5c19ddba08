"""The principal head decides on the transfer report in three days (行政执法机关移送涉嫌犯罪案件的规定第五条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, all_of, event, exists, it, not_

_UNREASONED = event(
    "transfer_approved",
    place="after",
    where=all_of(it("result").eq("refused"), it("reasons_recorded").is_false()),
)


def _reported(on: str = "2026-06-01") -> dict[str, object]:
    return step("transfer_report_submitted", on)


def _decided(on: str, result: str = "approved", **data: Any) -> dict[str, object]:
    return step("transfer_approved", on, result=result, **data)


RULE = Rule(
    id="TSC-5-approve-3d",
    subject=("transfer_report_submitted",),
    require=Within(
        Clock(3, "cd"),
        (Stop(event("transfer_approved", place="after")),),
        also=not_(exists(_UNREASONED)),
    ),
    breach_zh="移送报告逾期未审批",
    duty_zh="正职负责人收到移送报告后，应在三日内决定是否移送；不批准的，理由要记录在案",
    remedy_zh="请立即报正职负责人审批；不批准的，补记理由。",
    examples=(
        Example(
            "第三日批准",
            "met",
            (filed(), _reported(), _decided("2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "第四日批准",
            "breached",
            (filed(), _reported(), _decided("2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "末日是星期六，顺延到星期一",
            "met",
            (filed(), _reported("2026-06-03"), _decided("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "顺延后的次日批准",
            "breached",
            (filed(), _reported("2026-06-03"), _decided("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "届满日尚未决定",
            "pending",
            (filed(), _reported()),
            "2026-06-04",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "届满后仍未决定",
            "breached",
            (filed(), _reported()),
            "2026-06-05",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "不批准，理由记录在案",
            "met",
            (filed(), _reported(), _decided("2026-06-02", "refused", reasons_recorded=True)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "不批准，没有记录理由",
            "breached",
            (filed(), _reported(), _decided("2026-06-02", "refused", reasons_recorded=False)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "不批准，没有填报是否记录理由",
            "unknown",
            (filed(), _reported(), _decided("2026-06-02", "refused")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "没有日历，第四日批准",
            "unknown",
            (filed(), _reported(), _decided("2026-06-05")),
            "2026-06-20",
        ),
        Example(
            "没有日历，理由没有记录也够了",
            "breached",
            (filed(), _reported(), _decided("2026-06-05", "refused", reasons_recorded=False)),
            "2026-06-20",
        ),
        Example(
            "修订施行之前",
            "not_applicable",
            (_reported("2020-08-06"), _decided("2020-08-20")),
            "2020-09-01",
            CALENDAR,
        ),
    ),
)
