"""A statement or defence of the party (art. 45)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "statement_received",
    "收到陈述申辩",
    "statement_received",
    phase="statement",
    basis="行政处罚法第四十五条",
    asks=(
        Ask(
            "@form",
            "方式",
            kind="choice",
            required=True,
            choices=(("written", "书面"), ("oral", "口头，已记录")),
        ),
        Ask("@content", "陈述申辩内容", kind="long", required=True),
    ),
    after=(("penalty_notice_served",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    outside=True,
    order=10,
    documents=("D26",),
    action="登记收到的陈述申辩",
)
