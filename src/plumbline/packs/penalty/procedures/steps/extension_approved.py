"""Extending the decision clock. Whether it counts, and how long, is for the domain's own rule (APL-60-90d)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "extension_approved",
    "延长办案期限",
    "extension_approved",
    phase="investigation",
    basis="行政处罚法第六十条",
    asks=(
        Ask(
            "days",
            required=True,
            help="按自然日。须在原期限届满前批准，不符合本领域规定的延长不计入期限。",
        ),
        Ask(
            "approved_by",
            "批准层级",
            only=("agency_head", "collective", "superior"),
            required=True,
        ),
        Ask("@reason", "案情复杂等理由", kind="long", required=True),
    ),
    fixed={"clock": "decision"},
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    group="期限、中止和移送",
    repeat=True,
    optional=True,
    order=80,
    until=("decision_made", "case_closed", "investigation_terminated"),
)
