"""住房和城乡建设行政处罚程序规定第三十一条: closed in fifteen working days; it stands in the section on the ordinary procedure."""

from plumbline.rules.language import Clock

from ..families.closing import closing

RULE = closing(
    "MOHURD-31-close-15wd",
    domain="housing_construction",
    clock=Clock(15, "wd"),
    last_day="2026-06-23",
    day_after="2026-06-24",
    limit_zh="十五个工作日",
    ordinary_only=True,
)
