"""Deciding not to file (art. 54), with the reason; approved by the head's post."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_not_filed",
    "不予立案",
    "case_not_filed",
    phase="clue",
    basis="行政处罚法第五十四条",
    asks=(Ask("reason", required=True),),
    after=(("clue_verified",),),
    until=("case_filed", "case_not_filed"),
    order=20,
    settles=(
        "SAMR-18-filing-15wd",
        "MOHURD-15-check-15wd",
        "MEE-18-filing-15d",
        "MEM-34-filing-5wd",
        "MARA-29-filing-7wd",
    ),
    approval="cases.approve",
    actors="approver",
    optional=True,
    documents=("D02",),
)
