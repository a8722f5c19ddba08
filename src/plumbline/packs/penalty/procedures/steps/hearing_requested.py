"""The party asks for a hearing within five working days of being told (art. 64)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "hearing_requested",
    "当事人要求听证",
    "hearing_requested",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(Ask("@how", "提出方式和内容", kind="text", required=True),),
    after=(("penalty_notice_served", "hearing_right_told"),),
    until=("decision_made", "case_closed", "hearing_requested"),
    optional=True,
    outside=True,
    order=20,
    action="登记当事人要求听证",
)
