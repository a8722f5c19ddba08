"""Holding the hearing under a presider who did not investigate (art. 64)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "hearing_held",
    "举行听证",
    "hearing_held",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(
        Ask("hearing", "听证", kind="open", required=True),
        Ask("@presider", "主持人", kind="presider", required=True),
        Ask("public", required=True),
        Ask("closed_for_secrecy"),
        Ask("record_signed", required=True),
        Ask("@content", "听证笔录要点", kind="long", required=True),
    ),
    after=(("hearing_notice_served",),),
    of=Pair(("hearing_notice_served",), ("hearing_held",), "hearing", "待举行的听证"),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=50,
    settles=("MEM-57-hearing-15d",),
    actors="presider",
    documents=("D28",),
    action="登记举行听证",
)
