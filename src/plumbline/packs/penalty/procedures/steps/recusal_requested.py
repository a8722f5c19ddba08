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
        Ask("@who", "申请谁回避", kind="text", required=True),
        Ask("@reason", "理由", kind="long", required=True),
    ),
    repeat=True,
    optional=True,
    order=70,
    until=("decision_made", "case_closed"),
    action="登记回避申请",
)
