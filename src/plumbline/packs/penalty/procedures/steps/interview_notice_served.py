"""Calling somebody to be questioned or to assist, with time, place and what to bring (art. 55)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "interview_notice_served",
    "询问（调查）通知书",
    "interview_notice_served",
    phase="investigation",
    basis="行政处罚法第五十五条",
    asks=(
        Ask("@person", "被通知人", kind="text", required=True),
        Ask("@about", "事由", kind="text", required=True),
        Ask("@at", "到场时间", kind="time", required=True),
        Ask("@place", "地点", kind="text", required=True, fill="agency_address"),
        Ask("@bring", "应当携带的材料", kind="text"),
        Ask("@contact", "联系人和电话", kind="text", required=True),
        Ask("@receipt", "送达情况", kind="text", required=True, help="例如：当面签收、邮寄回执号。"),
    ),
    repeat=True,
    optional=True,
    order=18,
    until=("decision_made", "case_closed"),
    group="取证",
    declared=True,
    states=("at",),
    action="登记送达询问通知书",
)
