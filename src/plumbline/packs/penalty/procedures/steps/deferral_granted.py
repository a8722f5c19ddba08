"""Deferral or payment by instalments on application (art. 66)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "deferral_granted",
    "延期（分期）缴纳",
    "deferral_granted",
    phase="execution",
    basis="行政处罚法第六十六条",
    asks=(
        Ask("until", required=True),
        Ask(
            "@plan",
            "分期计划",
            kind="plan",
            help="分期缴纳的，每行一期：日期和金额（元）。最后一期即最后缴纳日，合计等于尚欠的罚款。延期一次缴清的不填。",
        ),
        Ask("@reason", "申请和批准理由", kind="long", required=True),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=50,
    until=("case_closed",),
    documents=("D38",),
    procedures=("ordinary", "summary"),
)
