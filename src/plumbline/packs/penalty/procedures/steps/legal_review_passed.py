"""The legal reviewer passes the case with a written opinion (art. 58)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "legal_review_passed",
    "法制审核通过",
    "legal_review_passed",
    phase="review",
    basis="行政处罚法第五十八条",
    asks=(
        Ask(
            "@opinion",
            "书面审核意见",
            kind="long",
            required=True,
            help="主体、权限、事实、证据、依据、程序、裁量逐项说明。",
        ),
    ),
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
    order=20,
    settles=(
        "SAMR-55-review-10wd",
        "MOHURD-25-review-10wd",
        "MARA-53-review-5wd",
    ),
    until=("decision_made", "case_closed"),
    documents=("D23",),
    action="通过法制审核",
)
