"""The investigation is complete; the handler proposes what to do (art. 57)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "investigation_ended",
    "调查终结",
    "investigation_ended",
    phase="investigation",
    basis="行政处罚法第五十七条",
    asks=(
        Ask("@facts", "查明的事实", kind="long", required=True),
        Ask("@evidence", "主要证据", kind="long", required=True),
        Ask("@opinion", "处理建议", kind="long", required=True),
    ),
    until=(
        "decision_made",
        "case_closed",
        "investigation_ended",
        "investigation_terminated",
    ),
    order=99,
    documents=("D21",),
    action="登记调查终结",
)
