"""市场监督管理行政处罚程序规定第七十七条: cases of the ordinary procedure are closed in fifteen working days."""

from plumbline.rules.language import Clock

from ..families.closing import closing

RULE = closing(
    "SAMR-77-close-15wd",
    domain="market",
    clock=Clock(15, "wd"),
    last_day="2026-06-23",
    day_after="2026-06-24",
    limit_zh="十五个工作日",
    ordinary_only=True,
)
