"""市场监督管理行政处罚程序规定第五十五条: ten working days; the head may allow more, and no text says how much."""

from plumbline.rules.language import Clock, ExtensionStep

from ..families.review import review

RULE = review(
    "SAMR-55-review-10wd",
    domain="market",
    clock=Clock(10, "wd"),
    last_day="2026-06-15",
    day_after="2026-06-16",
    limit_zh="十个工作日",
    extensions=(ExtensionStep("head", None),),
    extended=(
        ("负责人批准延长五个工作日，最后一日", "met", 5, "2026-06-23", "2026-06-23"),
        ("延长后的次日", "breached", 5, "2026-06-24", "2026-06-23"),
    ),
)
