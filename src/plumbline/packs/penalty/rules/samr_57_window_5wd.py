"""市场监督管理行政处罚程序规定第五十七条: five working days to speak or to ask a hearing."""

from plumbline.rules.language import Clock

from ..families.window import window

RULE = window(
    "SAMR-57-window-5wd",
    domain="market",
    clock=Clock(5, "wd"),
    last_day="2026-06-08",
    day_after="2026-06-09",
    days_zh="五个工作日",
    hearing_too=True,
)
