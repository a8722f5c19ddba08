"""The time for paying back has ended."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "refund_ended",
    "退款期结束",
    "refund_ended",
    phase="investigation",
    basis="价格法第四十一条及本领域处罚程序规定",
    asks=(Ask("@result", "退还情况", kind="long", required=True),),
    after=(("refund_ordered",),),
    of=Pair(("refund_ordered",), ("refund_ended",), "", "未结束的退款"),
    repeat=True,
    optional=True,
    order=59,
    until=("decision_made", "case_closed"),
    group="责令改正",
    action="登记退款期结束",
)
