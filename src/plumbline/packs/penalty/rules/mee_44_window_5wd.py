"""生态环境行政处罚办法第四十四条: five working days to speak."""

from plumbline.rules.language import Clock

from ..families.window import window

RULE = window(
    "MEE-44-window-5wd",
    domain="ecology",
    clock=Clock(5, "wd"),
    last_day="2026-06-08",
    day_after="2026-06-09",
    days_zh="五个工作日",
    hearing_too=True,
)
