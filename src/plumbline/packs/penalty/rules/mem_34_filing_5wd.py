"""安全生产违法行为行政处罚办法第三十四条第一款: five working days, five more with the head's approval."""

from plumbline.rules.language import Clock

from ..families.filing import filing

RULE = filing(
    "MEM-34-filing-5wd",
    domain="work_safety",
    clock=Clock(5, "wd"),
    more=5,
    last_day="2026-03-09",
    day_after="2026-03-10",
    last_day_extended="2026-03-16",
    day_after_extended="2026-03-17",
    limit_zh="五个工作日",
)
