"""Collecting the fine on the spot, where the law allows it (arts 68 to 70)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "fine_collected_on_spot",
    "当场收缴罚款",
    "fine_collected_on_spot",
    phase="execution",
    basis="行政处罚法第六十八条至第七十条",
    asks=(
        Ask("amount", required=True, fill="fine_open"),
        Ask("ground", required=True),
        Ask("party_requested"),
        Ask("receipt", required=True),
        Ask("@receipt_number", "票据号码", kind="text", when="receipt=special,other"),
        Ask("landed_on"),
        Ask("@officers", "执法人员", kind="officers", required=True),
    ),
    after=(("decision_made",),),
    group="当场收缴",
    repeat=True,
    optional=True,
    order=20,
    until=("case_closed",),
    settles=("APL-67-pay-15d",),
    procedures=("ordinary", "summary"),
    demands=("APL-68-spot-collect",),
)
