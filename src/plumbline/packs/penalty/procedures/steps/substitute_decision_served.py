"""The decision that somebody else performs at the party's cost (行政强制法 arts 50, 51)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "substitute_decision_served",
    "送达代履行决定书",
    "substitute_decision_served",
    phase="compulsion",
    basis="行政强制法第五十条、第五十一条",
    asks=(
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
        Ask("@object", "代履行的标的、方式和时间", kind="long", required=True),
        Ask("@performer", "代履行人", kind="text", required=True, help="本机关，或者没有利害关系的第三人。"),
        Ask("@budget", "费用预算", kind="yuan", required=True),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    repeat=True,
    optional=True,
    order=40,
    until=("case_closed",),
    group="代履行",
    action="登记送达代履行决定书",
)
