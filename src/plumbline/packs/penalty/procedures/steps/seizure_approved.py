"""Approval of sealing or seizure by the head before the act (行政强制法 art. 18)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "seizure_approved",
    "查封扣押审批",
    "measure_approved",
    phase="measures",
    basis="行政强制法第十八条",
    asks=(Ask("@grounds", "理由、依据和拟查封扣押的场所、设施或者财物", kind="long", required=True),),
    fixed={"result": "approved", "x_for": "measure"},
    numbers={"measure": "M"},
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    group="查封扣押",
    repeat=True,
    optional=True,
    order=10,
    until=("decision_made", "case_closed"),
    documents=("D14",),
)
