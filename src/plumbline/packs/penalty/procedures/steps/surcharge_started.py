"""The first day of the surcharge for late payment (行政处罚法 art. 72, 行政强制法 art. 45)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "surcharge_started",
    "开始加处罚款",
    "surcharge_started",
    phase="execution",
    basis="行政处罚法第七十二条、行政强制法第四十五条",
    asks=(
        Ask(
            "@told", "告知当事人加处标准的情况", kind="text", required=True, help="加处的标准应当告知当事人。"
        ),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    optional=True,
    order=55,
    until=("case_closed",),
    group="逾期不缴",
    procedures=("ordinary", "summary"),
    action="登记开始加处罚款",
)
