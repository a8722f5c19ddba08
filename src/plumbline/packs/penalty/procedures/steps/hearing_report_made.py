"""The presider's report."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "hearing_report_made",
    "听证报告",
    "hearing_report_made",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(
        Ask("@presider", "主持人", kind="presider", required=True),
        Ask("@facts", "听证的基本情况和主要事实", kind="long", required=True),
        Ask("@report", "处理意见和建议", kind="long", required=True),
    ),
    after=(("hearing_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=70,
    settles=("SAMH-29-report-5wd",),
    actors="presider",
    documents=("D29",),
    action="提交听证报告",
)
