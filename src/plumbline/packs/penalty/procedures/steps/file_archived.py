"""Archiving: every stage that took place has its record (art. 47)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "file_archived",
    "归档",
    "file_archived",
    phase="closing",
    basis="行政处罚法第四十七条",
    asks=(
        Ask("recorded_stages", "有记录并已归档的环节", required=True, fill="stages"),
        Ask("@place", "存放位置和保管期限", kind="text", required=True),
    ),
    after=(("case_closed",),),
    until=("file_archived",),
    order=20,
    settles=("SAMR-70-archive-7wd",),
    documents=("D44",),
    procedures=("ordinary", "summary"),
    demands=("APL-47-whole-process",),
)
