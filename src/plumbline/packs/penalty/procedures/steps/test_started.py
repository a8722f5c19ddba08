"""Sending for test or appraisal. Whether these days are deducted is for the domain's own rule."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "test_started",
    "送检测鉴定",
    "test_started",
    phase="investigation",
    basis="行政处罚法第五十四条",
    asks=(
        Ask("test_kind", required=True),
        Ask(
            "measures",
            "所检物品所在的强制措施",
            kind="held",
            help="检验期间不计入这些措施的期限，须有明确的截止日并书面告知。",
        ),
        Ask("planned_until", help="写明截止日并书面告知当事人的，检验期间依法扣除。"),
        Ask("told_in_writing"),
        Ask("@institution", "承担机构", kind="text", required=True),
        Ask("@about", "检测鉴定事项", kind="long", required=True),
    ),
    numbers={"test": "T"},
    group="检测鉴定",
    repeat=True,
    optional=True,
    order=50,
    until=("decision_made", "case_closed"),
    documents=("D13",),
)
