"""抽样取证记录 (art. 56): sampling by two officers."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "sampling_made",
    "抽样取证记录",
    "record_made",
    phase="investigation",
    basis="行政处罚法第五十六条",
    asks=(
        Ask("@officers", "抽样人", kind="officers", required=True),
        Ask("@content", "抽样物品、数量和方法", kind="long", required=True),
    ),
    fixed={"record": "sampling"},
    group="取证",
    repeat=True,
    optional=True,
    order=30,
    until=("decision_made", "case_closed"),
    documents=("D12",),
    action="制作抽样取证记录",
)
