"""What the party says against execution after the demand (行政强制法 art. 36)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "execution_statement_received",
    "收到对催告的陈述申辩",
    "statement_received",
    phase="compulsion",
    basis="行政强制法第三十六条",
    asks=(
        Ask(
            "@form",
            "方式",
            kind="choice",
            required=True,
            choices=(("written", "书面"), ("oral", "口头，已记录")),
        ),
        Ask("@content", "陈述申辩内容", kind="long", required=True),
    ),
    after=(("decision_made",), ("demand_notice_served",)),
    repeat=True,
    optional=True,
    outside=True,
    order=12,
    until=("case_closed",),
    group="催告后的申辩",
    documents=("D26",),
    action="登记对催告的陈述申辩",
)
