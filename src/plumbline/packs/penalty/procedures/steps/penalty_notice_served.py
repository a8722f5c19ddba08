"""Telling the party before the decision: content, facts, reasons, basis, right to state; hearing right where due."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "penalty_notice_served",
    "送达处罚事先告知书",
    "penalty_notice_served",
    phase="notice",
    basis="行政处罚法第四十四条",
    asks=(
        Ask("proposed.kinds", "拟处罚种类", required=True, fill="discretion.kinds"),
        Ask("proposed.fine", "拟罚款", when="proposed.kinds=fine", required=True, fill="discretion.fine"),
        Ask(
            "proposed.confiscation",
            "拟没收合计",
            when="proposed.kinds=confiscate_gains,confiscate_goods",
        ),
        Ask("states", "告知内容", required=True, fill="notice_states"),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
        Ask("@facts", "告知的违法事实", kind="long", required=True, fill="found_facts"),
        Ask(
            "@reasons", "理由和依据", kind="long", required=True, fill="discretion.notice_reasons|basis_text"
        ),
        Ask("@receiver", "受送达人", kind="text"),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    order=10,
    documents=("D25",),
    cures=("APL-44-notice", "APL-62-no-notice-no-decision", "APL-45-no-heavier"),
)
