"""The last demand before substitute performance, three working days ahead (行政强制法 art. 51)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "substitute_demanded",
    "代履行前催告",
    "demand_notice_served",
    phase="compulsion",
    basis="行政强制法第五十一条",
    asks=(
        Ask("states", required=True),
        Ask("term_until", required=True, help="代履行之前应当留足三个完整的工作日。"),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
    ),
    after=(("substitute_decision_served",),),
    repeat=True,
    optional=True,
    order=42,
    until=("case_closed",),
    group="代履行",
    action="登记代履行前催告",
)
