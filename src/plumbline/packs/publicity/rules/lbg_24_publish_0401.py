"""The report on law-based government is public before 1 April (法治政府建设与责任落实督察工作规定第二十四条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.language import field

from ..reports import PUBLISHED, due_in_the_next_year, opened, published, submitted

_OPENED = opened("law_based_government")

RULE = Rule(
    id="LBG-24-publish-0401",
    subject=("report_duty_opened",),
    when=field("report").eq("law_based_government"),
    require=due_in_the_next_year(3, 31, PUBLISHED),
    breach_zh="法治政府建设年度报告逾期未公开",
    duty_zh="法治政府建设年度报告应在四月一日以前向社会公开，涉密内容除外",
    remedy_zh="请立即在网站等媒体公开；涉及秘密的，处理后公开。",
    examples=(
        Example(
            "三月三十一日公开",
            "met",
            (_OPENED, published("2026-03-31")),
            "2026-05-01",
            due="2026-03-31",
        ),
        Example(
            "四月一日公开",
            "breached",
            (_OPENED, published("2026-04-01")),
            "2026-05-01",
            due="2026-03-31",
        ),
        Example(
            "只报送、不公开",
            "breached",
            (_OPENED, submitted("2026-02-10", "party_committee", "government", "superior")),
            "2026-05-01",
            due="2026-03-31",
        ),
        Example("尚未到期", "pending", (_OPENED,), "2026-03-31", due="2026-03-31"),
        Example("其他报告", "not_applicable", (opened("disclosure"),), "2026-05-01"),
        Example(
            "所报年度无法识别",
            "unknown",
            (opened("law_based_government", year=20255),),
            "2026-05-01",
        ),
    ),
)
