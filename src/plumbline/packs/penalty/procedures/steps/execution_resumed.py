"""Going on with execution once the ground for halting it is gone (行政强制法 art. 39)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "execution_resumed",
    "恢复执行",
    "execution_resumed",
    phase="compulsion",
    basis="行政强制法第三十九条",
    asks=(Ask("@reason", "中止情形消失的情况", kind="long", required=True),),
    after=(("execution_halted",),),
    of=Pair(("execution_halted",), ("execution_resumed", "execution_ended"), "", "中止的执行"),
    repeat=True,
    optional=True,
    order=54,
    until=("case_closed",),
    group="协议、中止和终结",
    declared=True,
    action="恢复执行",
)
