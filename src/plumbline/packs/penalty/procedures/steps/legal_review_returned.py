"""The legal reviewer returns the case, naming the problems in writing; it must come back before the decision."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "legal_review_returned",
    "法制审核退回",
    "legal_review_returned",
    phase="review",
    basis="行政处罚法第五十八条",
    asks=(Ask("@opinion", "存在的问题和处理要求", kind="long", required=True),),
    after=(("legal_review_submitted",),),
    of=Pair(
        ("legal_review_submitted",),
        ("legal_review_passed", "legal_review_returned"),
        "",
        "待审核的报送",
    ),
    fixed={"written": True},
    capability="cases.review",
    actors="reviewer",
    repeat=True,
    order=30,
    settles=(
        "SAMR-55-review-10wd",
        "MOHURD-25-review-10wd",
        "MARA-53-review-5wd",
    ),
    until=("decision_made", "case_closed"),
    documents=("D23",),
    action="退回",
)
