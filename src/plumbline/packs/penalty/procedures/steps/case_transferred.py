"""Transferring the case to the competent agency (art. 22 and following)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_transferred",
    "移送其他机关",
    "case_transferred",
    phase="investigation",
    basis="行政处罚法第二十二条",
    asks=(
        Ask("to", "接收机关", kind="agency", required=True),
        Ask("@reason", "移送理由", kind="long", required=True),
    ),
    after=(("clue_received",),),
    approval="cases.approve",
    actors="approver",
    optional=True,
    dangerous=True,
    group="期限、中止和移送",
    order=95,
    until=("decision_made", "case_closed", "case_transferred"),
    documents=("D45",),
)
