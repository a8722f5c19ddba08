"""The party expressly waives the statement or the hearing."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "statement_waived",
    "当事人放弃权利",
    "statement_waived",
    phase="statement",
    basis="行政处罚法第六十二条、第六十四条",
    asks=(
        Ask("waives", required=True),
        Ask(
            "@proof",
            "放弃的书面材料",
            kind="text",
            required=True,
            help="例如：当事人签名的放弃声明，日期。",
        ),
    ),
    after=(("penalty_notice_served",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=30,
    action="登记当事人放弃权利",
)
