"""A payment, whole or in part, at the bank or by electronic payment (art. 67)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "fine_paid",
    "缴纳罚款",
    "fine_paid",
    phase="execution",
    basis="行政处罚法第六十七条",
    asks=(
        Ask("amount", required=True, fill="fine_open"),
        Ask("channel", required=True),
        Ask("@voucher", "票据号", kind="text"),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    repeat=True,
    order=10,
    until=("case_closed",),
    settles=("APL-67-pay-15d",),
    procedures=("ordinary", "summary"),
    action="登记缴纳罚款",
)
