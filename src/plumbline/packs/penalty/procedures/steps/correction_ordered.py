"""Ordering the party to put the act right, at once or within a time (art. 28)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "correction_ordered",
    "责令改正",
    "correction_ordered",
    phase="investigation",
    basis="行政处罚法第二十八条",
    asks=(
        Ask("@facts", "违法事实", kind="long", required=True, fill="found_facts"),
        Ask("@basis", "依据", kind="text", required=True, fill="basis_text"),
        Ask("@content", "改正的内容和要求", kind="long", required=True),
        Ask("@due", "改正期限", kind="date", required=True, help="责令立即改正的填当日。"),
        Ask("@consequence", "逾期不改的后果", kind="text"),
        Ask("@receipt", "送达情况", kind="text", required=True, help="送达方式、受送达人和日期。"),
    ),
    numbers={"correction": "G"},
    repeat=True,
    optional=True,
    order=58,
    until=("case_closed",),
    group="责令改正",
    declared=True,
    states=("due",),
    action="登记责令改正",
)
