"""Last year's enforcement figures are out and sent by 31 January (国办发〔2018〕118号（六）)."""

from plumbline.rules import Example, Rule
from plumbline.rules.language import field

from ..reports import PUBLISHED, due_in_the_next_year, opened, published, submitted, submitted_to

_OPENED = opened("enforcement_statistics")

RULE = Rule(
    id="T118-6-annual-0131",
    subject=("report_duty_opened",),
    when=field("report").eq("enforcement_statistics"),
    require=due_in_the_next_year(1, 31, PUBLISHED, submitted_to("government"), submitted_to("superior")),
    breach_zh="行政执法统计年报逾期",
    duty_zh="上一年度行政执法数据，一月三十一日前公开，并报送本级政府和上级主管部门",
    remedy_zh="请立即公开年报，并报送本级人民政府和上级主管部门。",
    examples=(
        Example(
            "到期日三样都已完成，休息日不顺延",
            "met",
            (_OPENED, published("2026-01-20"), submitted("2026-01-31", "government", "superior")),
            "2026-03-01",
            due="2026-01-31",
        ),
        Example(
            "到期次日才公开",
            "breached",
            (_OPENED, submitted("2026-01-20", "government", "superior"), published("2026-02-01")),
            "2026-03-01",
            due="2026-01-31",
        ),
        Example(
            "先后分别报送",
            "met",
            (
                _OPENED,
                submitted("2026-01-12", "government"),
                published("2026-01-20"),
                submitted("2026-01-30", "superior"),
            ),
            "2026-03-01",
            due="2026-01-31",
        ),
        Example(
            "没有报送上级主管部门",
            "breached",
            (_OPENED, published("2026-01-20"), submitted("2026-01-21", "government")),
            "2026-03-01",
            due="2026-01-31",
        ),
        Example(
            "公开了，报送还差一处",
            "pending",
            (_OPENED, published("2026-01-20"), submitted("2026-01-21", "superior")),
            "2026-01-31",
            due="2026-01-31",
        ),
        Example("什么都没有做", "breached", (_OPENED,), "2026-02-01", due="2026-01-31"),
        Example("其他报告", "not_applicable", (opened("disclosure"),), "2026-03-01"),
        Example(
            "所报年度无法识别",
            "unknown",
            (opened("enforcement_statistics", year=20255),),
            "2026-03-01",
        ),
    ),
)
