"""Telling the party what a test has found, and that it may ask for another one."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "test_result_told",
    "告知检测鉴定结果",
    "test_result_told",
    phase="investigation",
    basis="行政处罚法第四十六条及本领域处罚程序规定",
    asks=(
        Ask("@result", "告知的结论", kind="long", required=True, fill="test_result"),
        Ask("@recheck", "已告知可以申请复检、重新鉴定", kind="bool", required=True),
        Ask("@receipt", "送达情况", kind="text", required=True),
    ),
    after=(("test_ended",),),
    repeat=True,
    optional=True,
    order=53,
    until=("case_closed",),
    group="检测鉴定",
    documents=("D13",),
    declared=True,
    states=("recheck",),
    action="登记告知检测鉴定结果",
)
