"""农业行政处罚程序规定第二十九条: seven working days, seven more with the head's approval."""

from plumbline.rules.language import Clock

from ..families.filing import filing

RULE = filing(
    "MARA-29-filing-7wd",
    domain="agriculture",
    clock=Clock(7, "wd"),
    more=7,
    last_day="2026-03-11",
    day_after="2026-03-12",
    last_day_extended="2026-03-20",
    day_after_extended="2026-03-23",
    limit_zh="七个工作日",
    handed_on=True,
)
