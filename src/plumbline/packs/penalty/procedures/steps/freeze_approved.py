"""Approval of freezing deposits or remittances by the head before the act (行政强制法 arts 18, 29, 30)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "freeze_approved",
    "冻结审批",
    "measure_approved",
    phase="measures",
    basis="行政强制法第十八条、第二十九条、第三十条",
    asks=(
        Ask(
            "@power",
            "法律授予本机关冻结权的条款",
            kind="text",
            required=True,
            help="冻结只能由法律规定的机关实施。",
        ),
        Ask("@grounds", "理由和拟冻结的账号、数额", kind="long", required=True),
    ),
    fixed={"result": "approved", "x_for": "measure"},
    numbers={"measure": "M"},
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    repeat=True,
    optional=True,
    order=12,
    until=("decision_made", "case_closed"),
    group="冻结",
    documents=("D14",),
)
