"""What a volunteer is asked after each kind of activity, and what a firm is asked after an inspection.

These are impressions of people who are not officers: they judge nothing and feed no rule.
"""

from __future__ import annotations

SEEN = (("yes", "是"), ("no", "否"), ("unseen", "没看到"))

VISIT: dict[str, tuple[tuple[str, str], ...]] = {
    "inspection": (
        ("shown", "出示了执法证件"),
        ("two", "两名以上执法人员"),
        ("told", "说明了来意，听了对方的意见"),
        ("filmed", "开着执法记录仪"),
        ("civil", "言行文明"),
    ),
    "hearing": (
        ("opened", "按时开始，核对了到场的人"),
        ("neutral", "主持人不是办这件案子的人"),
        ("heard", "双方都说了话、出示了证据"),
        ("minutes", "当场做了笔录，双方看过"),
        ("civil", "言行文明"),
    ),
    "evaluation": (
        ("standard", "事先说明了评查标准"),
        ("apart", "评查人不评本单位的案卷"),
        ("noted", "发现的问题当场记下"),
        ("civil", "评查认真"),
    ),
    "round": (
        ("shown", "看到执法人员时佩戴了证件或者标志"),
        ("posted", "办事的地方公开了职责和电话"),
        ("answered", "问到的事有人回答"),
        ("civil", "言行文明"),
    ),
}

RATING: tuple[tuple[str, str], ...] = (
    ("shown", "检查人员出示了执法证件"),
    ("told", "说明了检查的依据和内容"),
    ("needed", "没有影响正常经营，或者影响很小"),
    ("clean", "没有接受礼物、宴请，没有推销"),
    ("fair", "总的来说检查是公正的"),
)
RATED = (("yes", "是"), ("no", "否"), ("unsure", "说不清"))
