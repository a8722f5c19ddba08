"""Lifting sealing or seizure (行政强制法 art. 28)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "seizure_lifted",
    "解除查封扣押",
    "seizure_lifted",
    phase="investigation",
    basis="行政强制法第二十八条",
    asks=(
        Ask("measure", "查封扣押", kind="open", required=True),
        Ask("nothing_to_return"),
        Ask("@reason", "解除的理由", kind="long", required=True),
    ),
    after=(("sealed", "seized"),),
    of=Pair(("sealed", "seized"), ("seizure_lifted", "measure_disposed"), "measure", "未解除的查封扣押"),
    repeat=True,
    optional=True,
    order=53,
    until=(),
    settles=("ACL-25-30d",),
    documents=("D19",),
)
