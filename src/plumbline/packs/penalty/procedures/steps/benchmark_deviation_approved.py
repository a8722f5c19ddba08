"""Approval to depart from the discretion benchmark."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "benchmark_deviation_approved",
    "调整适用裁量基准",
    "benchmark_deviation_approved",
    phase="decision",
    basis="国办发〔2022〕27号（十二）",
    asks=(
        Ask(
            "approved_by",
            "批准层级",
            only=("principal_head", "collective", "maker"),
            required=True,
        ),
        Ask("filed", required=True),
        Ask("@reason", "调整适用的理由", kind="long", required=True, fill="discretion.deviation"),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    order=5,
    cures=("D27-12-deviation",),
)
