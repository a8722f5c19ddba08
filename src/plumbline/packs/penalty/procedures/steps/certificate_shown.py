"""Showing the certificates to the party (arts 42, 55)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "certificate_shown",
    "出示执法证件",
    "certificate_shown",
    phase="investigation",
    basis="行政处罚法第五十五条",
    asks=(
        Ask("@officers", "执法人员", kind="officers", required=True),
        Ask(
            "@told",
            "告知事项",
            kind="text",
            help="例如：告知申请回避、陈述申辩和配合调查的权利义务。",
        ),
    ),
    group="取证",
    repeat=True,
    optional=True,
    order=10,
    until=("decision_made", "case_closed"),
    action="登记出示执法证件",
)
