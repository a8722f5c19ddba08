"""安全生产违法行为行政处罚办法第五十四条: closed in ten working days."""

from plumbline.rules.language import Clock

from ..families.closing import closing

RULE = closing(
    "MEM-54-close-10wd",
    domain="work_safety",
    clock=Clock(10, "wd"),
    last_day="2026-06-15",
    day_after="2026-06-16",
    limit_zh="十个工作日",
    ordinary_only=False,
)
