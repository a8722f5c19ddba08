"""The demand before compulsory execution (行政强制法 art. 35 and 54)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "demand_notice_served",
    "送达催告书",
    "demand_notice_served",
    phase="execution",
    basis="行政强制法第三十五条、第五十四条",
    asks=(
        Ask("states", required=True),
        Ask("term_until"),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    group="逾期不缴",
    repeat=True,
    optional=True,
    order=60,
    until=("case_closed",),
    documents=("D39",),
    procedures=("ordinary", "summary"),
)
