"""Telling the right to a hearing separately, where the notice did not (art. 63)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "hearing_right_told",
    "单独告知听证权利",
    "hearing_right_told",
    phase="hearing",
    basis="行政处罚法第六十三条",
    asks=(Ask("@how", "告知方式", kind="text", required=True),),
    after=(("penalty_notice_served",),),
    until=("decision_made", "case_closed"),
    optional=True,
    repeat=True,
    order=10,
    documents=("D25",),
    cures=("APL-63-hearing-notice",),
)
