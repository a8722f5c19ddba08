"""Reporting the on-the-spot decision to the agency for the record (art. 52)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "decision_filed_for_record",
    "报所属机关备案",
    "decision_filed_for_record",
    phase="record",
    basis="行政处罚法第五十二条",
    asks=(Ask("@receiver", "备案接收人", kind="text", required=True),),
    after=(("decision_made",),),
    until=("decision_filed_for_record",),
    order=10,
    procedures=("summary",),
    settles=(
        "APL-52-deliver",
        "MOHURD-14-record-3wd",
        "MEM-33-record-5wd",
    ),
)
