"""The report on disclosure: departments by 31 January, a whole government by 31 March (政府信息公开条例第四十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.language import ByCase, field

from ..reports import (
    AGENCY_KIND,
    PUBLISHED,
    due_in_the_next_year,
    opened,
    published,
    registered,
    submitted,
    submitted_to,
)

_OPENED = opened("disclosure")
_DEPARTMENT, _GOVERNMENT = registered("department"), registered("government")

RULE = Rule(
    id="OGI-49-annual-0131",
    subject=("report_duty_opened",),
    when=field("report").eq("disclosure"),
    require=ByCase(
        AGENCY_KIND.eq("government"),
        due_in_the_next_year(3, 31, PUBLISHED),
        due_in_the_next_year(1, 31, PUBLISHED, submitted_to("ogi_office")),
    ),
    breach_zh="信息公开年度报告逾期",
    duty_zh="部门的信息公开年报一月三十一日前提交主管部门并公布，政府的三月三十一日前公布",
    remedy_zh="请立即公布年度报告；部门还要提交本级信息公开主管部门。",
    examples=(
        Example(
            "部门到期日提交并公布",
            "met",
            (_OPENED, submitted("2026-01-15", "ogi_office"), published("2026-01-31")),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-01-31",
        ),
        Example(
            "部门到期次日公布",
            "breached",
            (_OPENED, submitted("2026-01-15", "ogi_office"), published("2026-02-01")),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-01-31",
        ),
        Example(
            "部门只公布、不提交",
            "breached",
            (_OPENED, published("2026-01-15")),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-01-31",
        ),
        Example(
            "部门等待提交",
            "pending",
            (_OPENED, published("2026-01-15")),
            "2026-01-31",
            _DEPARTMENT,
            due="2026-01-31",
        ),
        Example(
            "政府到期日公布",
            "met",
            (_OPENED, published("2026-03-31")),
            "2026-05-01",
            _GOVERNMENT,
            due="2026-03-31",
        ),
        Example(
            "政府到期次日公布",
            "breached",
            (_OPENED, published("2026-04-01")),
            "2026-05-01",
            _GOVERNMENT,
            due="2026-03-31",
        ),
        Example(
            "机关没有登记，二月公布",
            "unknown",
            (_OPENED, submitted("2026-02-10", "ogi_office"), published("2026-02-10")),
            "2026-05-01",
        ),
        Example(
            "机关没有登记，一月已经提交并公布",
            "met",
            (_OPENED, submitted("2026-01-15", "ogi_office"), published("2026-01-15")),
            "2026-05-01",
        ),
        Example("机关没有登记，始终没有公布", "breached", (_OPENED,), "2026-05-01"),
        Example("其他报告", "not_applicable", (opened("law_based_government"),), "2026-05-01", _DEPARTMENT),
    ),
)
