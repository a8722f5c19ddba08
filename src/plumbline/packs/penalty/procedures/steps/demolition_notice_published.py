"""Public notice before an unlawful structure is pulled down, with the time to do it oneself (行政强制法 art. 44)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "demolition_notice_published",
    "强制拆除公告",
    "demolition_notice_published",
    phase="compulsion",
    basis="行政强制法第四十四条",
    asks=(
        Ask("term_until", required=True, help="当事人可以自行拆除到这一天。"),
        Ask("@structure", "违法的建筑物、构筑物、设施", kind="text", required=True),
        Ask("@where", "公告的地点和载体", kind="text", required=True),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    repeat=True,
    optional=True,
    order=10,
    until=("case_closed",),
    group="决定和实施",
    action="登记强制拆除公告",
)
