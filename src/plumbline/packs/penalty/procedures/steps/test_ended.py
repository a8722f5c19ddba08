"""The test or appraisal has come back."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "test_ended",
    "检测鉴定结果",
    "test_ended",
    phase="investigation",
    basis="行政处罚法第五十四条",
    asks=(
        Ask("test", "检测鉴定", kind="open", required=True),
        Ask("@result", "结论", kind="long", required=True),
    ),
    after=(("test_started",),),
    of=Pair(("test_started",), ("test_ended",), "test", "未出结果的检测鉴定"),
    group="检测鉴定",
    repeat=True,
    optional=True,
    outside=True,
    order=52,
    until=("case_closed",),
    action="登记检测鉴定结果",
)
