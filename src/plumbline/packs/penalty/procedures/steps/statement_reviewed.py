"""Reviewing the statement; a sound one must be adopted (art. 45)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "statement_reviewed",
    "复核陈述申辩",
    "statement_reviewed",
    phase="statement",
    basis="行政处罚法第四十五条",
    asks=(
        Ask("sound", required=True),
        Ask("adopted", required=True),
        Ask("@review", "逐点复核意见", kind="long", required=True),
    ),
    after=(("statement_received",),),
    of=Pair(("statement_received",), ("statement_reviewed",), "", "未复核的陈述申辩"),
    until=("decision_made", "case_closed"),
    repeat=True,
    order=20,
    documents=("D26",),
    settles=("APL-45-review-statement",),
    cures=("APL-45-review-statement",),
)
