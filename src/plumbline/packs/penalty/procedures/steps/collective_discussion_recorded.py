"""Collective discussion of the agency's leaders (art. 57), with attendance, each opinion and the conclusion."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "collective_discussion_recorded",
    "集体讨论记录",
    "collective_discussion_recorded",
    phase="discussion",
    basis="行政处罚法第五十七条",
    asks=(
        Ask("@attendance", "出席、列席、缺席和回避人员", kind="long", required=True),
        Ask("@opinions", "每人意见", kind="long", required=True),
        Ask("@conclusion", "结论", kind="long", required=True),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    order=10,
    capability="cases.approve",
    actors="approver",
    documents=("D24",),
    cures=("APL-57-collective",),
    action="登记集体讨论记录",
)
