"""A request that an officer be recused (art. 43)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "recusal_requested",
    "申请回避",
    "recusal_requested",
    phase="investigation",
    basis="行政处罚法第四十三条",
    asks=(
        Ask(
            "@source",
            "由谁提出",
            kind="choice",
            required=True,
            choices=(("party", "当事人申请"), ("self", "执法人员自行回避"), ("head", "负责人指令回避")),
        ),
        Ask("@who", "申请谁回避", kind="text", required=True),
        Ask("@reason", "理由", kind="long", required=True),
    ),
    group="人员和回避",
    repeat=True,
    optional=True,
    outside=True,
    order=70,
    until=("decision_made", "case_closed"),
    action="登记回避申请",
)
