"""Extending sealing or seizure with approval (行政强制法 art. 25)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "seizure_extended",
    "延长强制措施",
    "seizure_extended",
    phase="measures",
    basis="行政强制法第二十五条",
    asks=(
        Ask("measure", "强制措施", kind="open", required=True),
        Ask("days", required=True),
        Ask("@reason", "情况复杂的理由", kind="long", required=True),
    ),
    after=(ANY_MEASURE,),
    of=Pair(ANY_MEASURE, ("seizure_lifted", "measure_disposed"), "measure", "未解除的强制措施"),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    group="延长",
    repeat=True,
    optional=True,
    order=50,
    until=("case_closed",),
    documents=("D18",),
)
