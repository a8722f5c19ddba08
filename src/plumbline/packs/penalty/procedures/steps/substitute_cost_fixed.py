"""What substitute performance has cost, by its reasonable cost, and who bears it (行政强制法 art. 51)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "substitute_cost_fixed",
    "确定代履行费用",
    "substitute_cost_fixed",
    phase="compulsion",
    basis="行政强制法第五十一条",
    asks=(
        Ask(
            "@amount",
            "费用",
            kind="yuan",
            required=True,
            help="按照成本合理确定，由当事人承担，法律另有规定的除外。",
        ),
        Ask("@basis", "计算依据和凭证", kind="long", required=True),
        Ask("@receipt", "送达和缴纳情况", kind="text", required=True),
    ),
    after=(("substitute_performance_done",),),
    repeat=True,
    optional=True,
    order=46,
    until=("case_closed",),
    group="代履行",
    declared=True,
    states=("amount",),
    action="登记代履行费用",
)
