"""Disposing of sealed or seized property with the decision (行政强制法 art. 27)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "measure_disposed",
    "处理查封扣押财物",
    "measure_disposed",
    phase="investigation",
    basis="行政强制法第二十七条",
    asks=(
        Ask("measure", "查封扣押", kind="open", required=True),
        Ask("disposition", required=True),
        Ask("@reason", "处理情况", kind="long", required=True),
    ),
    after=(("sealed", "seized"),),
    of=Pair(("sealed", "seized"), ("seizure_lifted", "measure_disposed"), "measure", "未解除的查封扣押"),
    repeat=True,
    optional=True,
    order=54,
    until=(),
    documents=("D42",),
)
