"""Extending sealing or seizure with approval (行政强制法 art. 25)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "seizure_extended",
    "延长查封扣押",
    "seizure_extended",
    phase="investigation",
    basis="行政强制法第二十五条",
    asks=(
        Ask("measure", "查封扣押", kind="open", required=True),
        Ask("days", required=True),
        Ask("@reason", "情况复杂的理由", kind="long", required=True),
    ),
    after=(("sealed", "seized"),),
    of=Pair(("sealed", "seized"), ("seizure_lifted", "measure_disposed"), "measure", "未解除的查封扣押"),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    repeat=True,
    optional=True,
    order=48,
    until=("case_closed",),
    documents=("D18",),
)
