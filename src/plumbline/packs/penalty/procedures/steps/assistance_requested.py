"""Asking another body for help, with the day by which its answer is wanted (art. 26)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "assistance_requested",
    "协助调查函",
    "assistance_requested",
    phase="investigation",
    basis="行政处罚法第二十六条",
    asks=(
        Ask("@organ", "协助机关", kind="text", required=True),
        Ask("@about", "请求协助的事项", kind="long", required=True),
        Ask(
            "@reply_by",
            "请求回复的期限",
            kind="date",
            required=True,
            help="函中写明的日期，到期未复的在工作台提示。",
        ),
        Ask("@ground", "依据", kind="text"),
    ),
    numbers={"assistance": "X"},
    repeat=True,
    optional=True,
    order=56,
    until=("decision_made", "case_closed"),
    group="协助调查",
    declared=True,
    states=("reply_by",),
    action="发出协助调查函",
)
