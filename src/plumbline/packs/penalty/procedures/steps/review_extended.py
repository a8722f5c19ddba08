"""Extending the days for legal review. Which field allows it, and how long, is for the field's own rule."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "review_extended",
    "延长法制审核期限",
    "extension_approved",
    phase="review",
    basis="市场监督管理行政处罚程序规定第五十五条、农业行政处罚程序规定第五十三条",
    asks=(
        Ask(
            "days",
            required=True,
            help="按工作日。须在原期限届满前批准；本领域不能延长的不计入期限。",
        ),
        Ask("@reason", "不能按期审核的理由", kind="long", required=True),
    ),
    fixed={"clock": "legal_review"},
    after=(("legal_review_submitted",),),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    repeat=True,
    optional=True,
    order=40,
    until=("decision_made", "case_closed"),
)
