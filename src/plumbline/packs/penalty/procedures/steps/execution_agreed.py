"""An agreement on how the duty is performed in parts or steps (行政强制法 art. 42)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "execution_agreed",
    "执行协议",
    "execution_agreed",
    phase="compulsion",
    basis="行政强制法第四十二条",
    asks=(
        Ask(
            "@terms",
            "协议内容",
            kind="long",
            required=True,
            help="协议可以写明分几步履行；补救措施到位的，可以少收或者不收加处的罚款。",
        ),
        Ask("@until", "履行期限", kind="date", required=True),
        Ask("@signed_on", "签订日期", kind="date", required=True),
    ),
    after=(("decision_served", "announcement_service_ended"),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=50,
    until=("case_closed",),
    group="协议、中止和终结",
    declared=True,
    states=("until", "signed_on"),
)
