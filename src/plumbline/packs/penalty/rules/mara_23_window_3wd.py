"""农业行政处罚程序规定第二十三条: three working days to speak; those for asking a hearing are five (第六十一条)."""

from plumbline.rules.language import Clock

from ..families.window import window

RULE = window(
    "MARA-23-window-3wd",
    domain="agriculture",
    clock=Clock(3, "wd"),
    last_day="2026-06-04",
    day_after="2026-06-05",
    days_zh="三个工作日",
    hearing_too=False,
)
