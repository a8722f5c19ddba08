"""Fixing time and place of the hearing, so that the notice can be served seven working days before it (art. 64)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "hearing_scheduled",
    "确定听证时间",
    "hearing_scheduled",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(
        Ask(
            "at",
            "举行时间",
            required=True,
            help="通知须在举行的七个工作日前送达当事人。",
        ),
        Ask("@place", "地点", kind="text", required=True),
        Ask(
            "@presider",
            "主持人",
            kind="presider",
            required=True,
            help="不得是本案调查人员。",
        ),
        Ask("@members", "听证员、记录员", kind="text", required=True, help="不得是本案调查人员。"),
        Ask(
            "@manner",
            "方式",
            kind="choice",
            required=True,
            choices=(("public", "公开举行"), ("closed", "因国家秘密、商业秘密或者个人隐私不公开")),
        ),
    ),
    numbers={"hearing": "H"},
    after=(("hearing_requested",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=30,
)
