"""Disposing of sealed or seized property with the decision (行政强制法 art. 27)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "measure_disposed",
    "处理查封扣押财物",
    "measure_disposed",
    phase="measures",
    basis="行政强制法第二十七条",
    asks=(
        Ask("measure", "强制措施", kind="open", required=True),
        Ask("disposition", required=True),
        Ask("@reason", "处理情况", kind="long", required=True),
    ),
    after=(ANY_MEASURE,),
    of=Pair(ANY_MEASURE, ("seizure_lifted", "measure_disposed"), "measure", "未解除的强制措施"),
    group="解除和处理",
    repeat=True,
    optional=True,
    order=62,
    until=(),
    documents=("D42",),
)
