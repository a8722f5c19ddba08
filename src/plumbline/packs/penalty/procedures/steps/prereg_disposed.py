"""Disposing of preregistered evidence within seven working days (arts 56, 85)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "prereg_disposed",
    "先行登记保存处理决定",
    "prereg_disposed",
    phase="investigation",
    basis="行政处罚法第五十六条",
    asks=(
        Ask("measure", "先行登记保存", kind="open", required=True),
        Ask("disposition", required=True),
        Ask("@reason", "处理理由", kind="long", required=True),
    ),
    after=(("evidence_preregistered",),),
    of=Pair(
        ("evidence_preregistered",),
        ("prereg_disposed",),
        "measure",
        "未处理的先行登记保存",
    ),
    group="取证",
    repeat=True,
    optional=True,
    order=44,
    until=("case_closed",),
    settles=("APL-56-prereg-7wd",),
    documents=("D11",),
    action="作出先行登记保存处理决定",
)
