"""Approval of evidence preregistration by the head before the act (art. 56)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "prereg_approved",
    "先行登记保存审批",
    "measure_approved",
    phase="investigation",
    basis="行政处罚法第五十六条",
    asks=(Ask("@grounds", "证据可能灭失或者以后难以取得的情形", kind="long", required=True),),
    fixed={"result": "approved", "x_for": "preregistration"},
    numbers={"measure": "M"},
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    group="取证",
    repeat=True,
    optional=True,
    order=40,
    until=("decision_made", "case_closed"),
    documents=("D09",),
)
