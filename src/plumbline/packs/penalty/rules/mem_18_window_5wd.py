"""安全生产违法行为行政处罚办法第十八条第二款: five working days to speak or to ask a hearing."""

from plumbline.rules.language import Clock

from ..families.window import window

RULE = window(
    "MEM-18-window-5wd",
    domain="work_safety",
    clock=Clock(5, "wd"),
    last_day="2026-06-08",
    day_after="2026-06-09",
    days_zh="五个工作日",
    hearing_too=True,
)
