"""核查线索：whether the clue gives a first reason to believe that the law was broken (art. 54)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "clue_verified",
    "核查结果",
    "clue_verified",
    phase="clue",
    basis="行政处罚法第五十四条",
    asks=(
        Ask(
            "established",
            required=True,
            help="初步证实的，提交立案；不能证实的，提交不予立案。",
        ),
        Ask("@findings", "核查经过和结果", kind="long", required=True),
    ),
    after=(("clue_received",),),
    until=("case_filed", "case_not_filed", "clue_verified"),
    order=10,
    settles=("MOHURD-15-check-15wd",),
    documents=("D01",),
    action="登记核查结果",
)
