"""市场监督管理行政处罚程序规定第七十条: the file handed in for archiving in seven working days."""

from plumbline.rules.language import Clock

from ..families.record import record

RULE = record(
    "SAMR-70-archive-7wd",
    domain="market",
    clock=Clock(7, "wd"),
    by="file_archived",
    last_day="2026-06-10",
    day_after="2026-06-11",
    breach_zh="当场处罚材料超期未归档",
    duty_zh="简易程序案件的材料，应在决定后七个工作日内交回本单位归档",
    remedy_zh="请立即将案件材料交回归档。",
)
