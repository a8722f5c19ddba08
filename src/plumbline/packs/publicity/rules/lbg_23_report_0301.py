"""The report on law-based government goes up before 1 March (法治政府建设与责任落实督察工作规定第二十三条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.language import LAST, ByCase, Fixed, field

from ..reports import AGENCY_KIND, due_in_the_next_year, opened, registered, submitted, submitted_to

_OPENED = opened("law_based_government")
_DEPARTMENT, _GOVERNMENT = registered("department"), registered("government")
_TOWN = registered("town_government")


def _before_march(*recipients: str) -> Fixed:
    return due_in_the_next_year(2, LAST, *(submitted_to(each) for each in recipients))


RULE = Rule(
    id="LBG-23-report-0301",
    subject=("report_duty_opened",),
    when=field("report").eq("law_based_government"),
    require=ByCase(
        AGENCY_KIND.eq("government"),
        _before_march("party_committee", "people_congress", "superior"),
        ByCase(
            # A township has no standing committee and no government above it but the superior one.
            AGENCY_KIND.eq("town_government"),
            _before_march("superior"),
            _before_march("party_committee", "government", "superior"),
        ),
    ),
    breach_zh="法治政府建设年度报告逾期未报",
    duty_zh="上一年度法治政府建设情况，三月一日以前向本级党委、政府（或者人大常委会）和上级报告",
    remedy_zh="请立即向尚未报送的机关报送，并抄送督察单位。",
    examples=(
        Example(
            "部门二月最后一日报齐",
            "met",
            (
                _OPENED,
                submitted("2026-02-10", "party_committee", "government"),
                submitted("2026-02-28", "superior"),
            ),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-02-28",
        ),
        Example(
            "部门三月一日才报齐",
            "breached",
            (
                _OPENED,
                submitted("2026-02-10", "party_committee", "government"),
                submitted("2026-03-01", "superior"),
            ),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-02-28",
        ),
        Example(
            "部门没有报党委",
            "breached",
            (_OPENED, submitted("2026-02-10", "government", "superior")),
            "2026-05-01",
            _DEPARTMENT,
            due="2026-02-28",
        ),
        Example(
            "闰年到二月二十九日",
            "met",
            (
                opened("law_based_government", year=2027),
                submitted("2028-02-29", "party_committee", "government", "superior"),
            ),
            "2028-05-01",
            _DEPARTMENT,
            due="2028-02-29",
        ),
        Example("尚未到期", "pending", (_OPENED,), "2026-02-28", _DEPARTMENT, due="2026-02-28"),
        Example("到期没有报", "breached", (_OPENED,), "2026-03-01", _DEPARTMENT, due="2026-02-28"),
        Example(
            "政府报党委、人大常委会和上级",
            "met",
            (_OPENED, submitted("2026-02-28", "party_committee", "people_congress", "superior")),
            "2026-05-01",
            _GOVERNMENT,
            due="2026-02-28",
        ),
        Example(
            "政府没有报人大常委会",
            "breached",
            (_OPENED, submitted("2026-02-28", "party_committee", "government", "superior")),
            "2026-05-01",
            _GOVERNMENT,
            due="2026-02-28",
        ),
        Example(
            "乡镇政府报上一级",
            "met",
            (_OPENED, submitted("2026-02-28", "superior")),
            "2026-05-01",
            _TOWN,
            due="2026-02-28",
        ),
        Example(
            "乡镇政府逾期报上一级",
            "breached",
            (_OPENED, submitted("2026-03-01", "superior")),
            "2026-05-01",
            _TOWN,
            due="2026-02-28",
        ),
        Example(
            "机关没有登记，不知该不该报人大常委会",
            "unknown",
            (_OPENED, submitted("2026-02-10", "party_committee", "government", "superior")),
            "2026-05-01",
        ),
        Example("其他报告", "not_applicable", (opened("disclosure"),), "2026-05-01", _DEPARTMENT),
    ),
)
