"""Terminating the investigation (the party died, the act is not established, …) with approval."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "investigation_terminated",
    "终止调查",
    "investigation_terminated",
    phase="investigation",
    basis="本领域处罚程序规定",
    asks=(Ask("reason", required=True),),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    optional=True,
    dangerous=True,
    group="期限、中止和移送",
    order=90,
    until=("decision_made", "case_closed", "investigation_terminated"),
    documents=("D34",),
)
