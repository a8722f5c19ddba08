"""Serving the decision: at once when the party is present, else within seven working days (arts 61, 85)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "decision_served",
    "送达处罚决定书",
    "decision_served",
    phase="service",
    basis="行政处罚法第六十一条",
    asks=(
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
        Ask("publicity_told"),
        Ask("@receiver", "受送达人", kind="text"),
        Ask("@note", "送达经过", kind="text"),
    ),
    after=(("decision_made",),),
    until=("decision_served", "announcement_service_ended", "case_closed"),
    order=10,
    settles=("APL-61-serve-7wd",),
    documents=("D35",),
)
