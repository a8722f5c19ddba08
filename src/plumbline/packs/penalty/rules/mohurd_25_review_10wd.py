"""住房和城乡建设行政处罚程序规定第二十五条: ten working days, and no extension."""

from plumbline.rules.language import Clock

from ..families.review import review

RULE = review(
    "MOHURD-25-review-10wd",
    domain="housing_construction",
    clock=Clock(10, "wd"),
    last_day="2026-06-15",
    day_after="2026-06-16",
    limit_zh="十个工作日",
    extended=(("住建领域不能延长", "breached", 5, "2026-06-16", "2026-06-15"),),
)
