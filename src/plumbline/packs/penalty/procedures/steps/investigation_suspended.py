"""Suspending the investigation with approval; deducted only where the domain's rule says so."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "investigation_suspended",
    "中止调查",
    "investigation_suspended",
    phase="investigation",
    basis="行政处罚法第六十条及本领域处罚程序规定",
    asks=(Ask("reason", required=True),),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    group="期限、中止和移送",
    repeat=True,
    optional=True,
    of=Pair(
        ("case_filed", "investigation_resumed"),
        ("investigation_suspended",),
        "",
        "进行中的调查",
    ),
    order=60,
    until=("decision_made", "case_closed", "investigation_terminated"),
)
