"""Returning the property at once when the measure is lifted (行政强制法 art. 28)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "goods_returned",
    "退还财物",
    "goods_returned",
    phase="measures",
    basis="行政强制法第二十八条",
    asks=(
        Ask("measure", "已解除的强制措施", kind="open", required=True),
        Ask("@receiver", "领取人和清点情况", kind="text", required=True),
    ),
    after=(("seizure_lifted",),),
    of=Pair(
        ("seizure_lifted",), ("goods_returned",), "measure", "未退还的财物", apart="nothing_to_return=True"
    ),
    group="解除和处理",
    repeat=True,
    optional=True,
    order=64,
    until=(),
    settles=("ACL-28-lift",),
)
