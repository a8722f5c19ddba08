"""农业行政处罚程序规定第五十三条: five working days, up to fifteen more with the head's approval.

Fifteen is not among the numbers that 第八十九条 makes working days; an extension is counted in the unit of its period, so it is
counted as working days here, which gives the later date.
"""

from plumbline.rules.language import Clock, ExtensionStep

from ..families.review import review

RULE = review(
    "MARA-53-review-5wd",
    domain="agriculture",
    clock=Clock(5, "wd"),
    last_day="2026-06-08",
    day_after="2026-06-09",
    limit_zh="五个工作日",
    extensions=(ExtensionStep("head", 15),),
    extended=(
        ("负责人批准延长，最后一日", "met", 15, "2026-06-30", "2026-06-30"),
        ("延长后的次日", "breached", 15, "2026-07-01", "2026-06-30"),
        ("批得更长，只算十五日", "breached", 30, "2026-07-01", "2026-06-30"),
    ),
)
