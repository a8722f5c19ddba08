"""Reviewing what was said against execution; sound grounds must be adopted (行政强制法 art. 36)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "execution_statement_reviewed",
    "复核对催告的陈述申辩",
    "statement_reviewed",
    phase="compulsion",
    basis="行政强制法第三十六条",
    asks=(
        Ask("sound", required=True),
        Ask("adopted", required=True),
        Ask("@review", "逐点复核意见", kind="long", required=True),
    ),
    after=(("decision_made",), ("demand_notice_served",), ("statement_received",)),
    of=Pair(("statement_received",), ("statement_reviewed",), "", "未复核的陈述申辩"),
    repeat=True,
    optional=True,
    order=14,
    until=("case_closed",),
    group="催告后的申辩",
    documents=("D26",),
)
