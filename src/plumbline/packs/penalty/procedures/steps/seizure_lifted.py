"""Lifting sealing or seizure (行政强制法 art. 28)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "seizure_lifted",
    "解除强制措施",
    "seizure_lifted",
    phase="measures",
    basis="行政强制法第二十八条",
    asks=(
        Ask("measure", "强制措施", kind="open", required=True),
        Ask("nothing_to_return"),
        Ask("@reason", "解除的理由", kind="long", required=True),
    ),
    after=(ANY_MEASURE,),
    of=Pair(ANY_MEASURE, ("seizure_lifted", "measure_disposed"), "measure", "未解除的强制措施"),
    group="解除和处理",
    repeat=True,
    optional=True,
    order=60,
    until=(),
    settles=("ACL-25-30d", "ACL-32-freeze-30d"),
    documents=("D19",),
)
