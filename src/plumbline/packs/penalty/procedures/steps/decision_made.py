"""The decision (arts 57 to 59), approved by the head's post. What the gate rules need is prefilled from the case."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "decision_made",
    "处理决定",
    "decision_made",
    phase="decision",
    basis="行政处罚法第五十七条",
    asks=(
        Ask(
            "outcome",
            required=True,
            only=(
                "penalty",
                "no_penalty",
                "dismissed",
                "transfer_crime",
                "transfer_agency",
            ),
            fill="outcome",
        ),
        Ask("penalty.kinds", "处罚种类", when="outcome=penalty", fill="proposed.kinds"),
        Ask("penalty.fine", "罚款", when="penalty.kinds=fine", fill="proposed.fine"),
        Ask(
            "penalty.confiscation",
            "没收合计",
            when="penalty.kinds=confiscate_gains,confiscate_goods",
            fill="proposed.confiscation",
        ),
        Ask("fine_base", when="outcome=penalty"),
        Ask(
            "evidence",
            "定案证据",
            kind="evidence",
            when="outcome=penalty",
            fill="evidence",
        ),
        Ask("facts_clear", required=True),
        Ask("evidence_sufficient", required=True),
        Ask("complex", required=True, fill="complex"),
        Ask("major", required=True, fill="major"),
        Ask("major_public_interest", required=True, fill="major_public_interest"),
        Ask("based_on_hearing_record", when="outcome=penalty"),
        Ask("leniency", when="outcome=penalty"),
        Ask(
            "mitigation.statutory_ground",
            "低于法定幅度：有法定减轻情形",
            when="outcome=penalty",
        ),
        Ask(
            "mitigation.assessed",
            "低于法定幅度：有评估或说理材料",
            when="outcome=penalty",
        ),
        Ask("benchmark", kind="benchmark", when="outcome=penalty", fill="benchmark"),
        Ask("benchmark.adjusted", "调整适用裁量基准", when="outcome=penalty"),
        Ask("correction_ordered", when="outcome=penalty"),
        Ask(
            "document_states",
            "决定书载明",
            when="outcome=penalty",
            fill="document_states",
        ),
        Ask("document_sealed", when="outcome=penalty"),
        Ask(
            "reconsideration_told", when="outcome=penalty", fill="reconsideration_told"
        ),
        Ask("party_present", help="当场宣告的须当场交付决定书。"),
        Ask("@facts", "认定的事实", kind="long", required=True, fill="found_facts"),
        Ask("@reasons", "理由和裁量说明", kind="long", required=True),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed", "investigation_terminated"),
    fixed={
        "procedure": "ordinary",
        "item": "=item",
        "domain": "=domain",
        "party": "=party",
        "violation": "=violation",
        "basis": "=basis",
        "applied_version": "=applied_version",
    },
    approval="cases.approve",
    actors="approver",
    order=20,
    settles=("APL-60-90d",),
    documents=("D30", "D32"),
)
