"""Sending the case to the agency's legal reviewers before the decision (art. 58)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "legal_review_submitted",
    "报送法制审核",
    "legal_review_submitted",
    phase="review",
    basis="行政处罚法第五十八条",
    asks=(
        Ask(
            "@answer",
            "对退回意见的处理",
            kind="long",
            required=True,
            given="legal_review_returned",
            help="逐条写明补正了什么；不采纳的写明理由。",
        ),
        Ask("@note", "送审说明", kind="long", required=True, fill="review_note"),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    order=10,
    of=Pair(
        (
            "investigation_ended",
            "legal_review_returned",
            "hearing_ended",
            "statement_reviewed",
            "penalty_notice_served",
        ),
        ("legal_review_submitted",),
        "",
        "可以送审的材料",
    ),
    settles=("T118-13-written-opinion",),
    cures=("APL-58-legal-review",),
)
