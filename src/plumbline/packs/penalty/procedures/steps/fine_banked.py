"""The agency pays it in at the bank within another two working days (art. 71)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "fine_banked",
    "缴付指定银行",
    "fine_banked",
    phase="execution",
    basis="行政处罚法第七十一条",
    asks=(Ask("@voucher", "缴款凭证号", kind="text", required=True),),
    after=(("fine_handed_in",),),
    of=Pair(("fine_handed_in",), ("fine_banked",), "", "未缴付银行的罚款"),
    group="当场收缴",
    repeat=True,
    optional=True,
    order=40,
    until=(),
    settles=("APL-71-handover-2wd",),
    procedures=("ordinary", "summary"),
)
