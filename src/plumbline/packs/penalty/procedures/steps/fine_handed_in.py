"""The officer hands a fine collected on the spot to the agency within two working days (art. 71)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "fine_handed_in",
    "交至本机关",
    "fine_handed_in",
    phase="execution",
    basis="行政处罚法第七十一条",
    asks=(Ask("@receiver", "接收人和凭证", kind="text", required=True),),
    after=(("fine_collected_on_spot",),),
    of=Pair(("fine_collected_on_spot",), ("fine_handed_in",), "", "未上交的当场收缴罚款"),
    group="当场收缴",
    repeat=True,
    optional=True,
    order=30,
    until=(),
    settles=("APL-71-handover-2wd",),
    procedures=("ordinary", "summary"),
)
