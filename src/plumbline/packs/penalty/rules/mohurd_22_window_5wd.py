"""住房和城乡建设行政处罚程序规定第二十二条: five working days to speak."""

from plumbline.rules.language import Clock

from ..families.window import window

RULE = window(
    "MOHURD-22-window-5wd",
    domain="housing_construction",
    clock=Clock(5, "wd"),
    last_day="2026-06-08",
    day_after="2026-06-09",
    days_zh="五个工作日",
    hearing_too=True,
)
