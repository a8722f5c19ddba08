"""Extending the days for looking into a clue. Which field allows it, and how long, is for the field's own rule."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "filing_extended",
    "延长核查立案期限",
    "extension_approved",
    phase="clue",
    basis="市场监督管理行政处罚程序规定第十八条等各领域规定",
    asks=(
        Ask(
            "days",
            required=True,
            help="与本领域核查期限同单位（工作日或者日）。须在原期限届满前批准；本领域不能延长的不计入期限。",
        ),
        Ask("@reason", "不能按期核查的理由", kind="long", required=True),
    ),
    fixed={"clock": "filing"},
    after=(("clue_received",),),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    optional=True,
    order=30,
    until=("case_filed", "case_not_filed", "case_closed"),
)
