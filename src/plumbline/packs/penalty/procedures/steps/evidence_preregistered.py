"""先行登记保存 (art. 56): after approval, by two officers, with a list."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "evidence_preregistered",
    "先行登记保存",
    "evidence_preregistered",
    phase="investigation",
    basis="行政处罚法第五十六条",
    asks=(
        Ask(
            "urgent",
            required=True,
            help="市场监管、生态环境、农业领域紧急时可先采取，二十四小时内补批。",
        ),
        Ask(
            "measure",
            "已批准的措施",
            kind="open",
            when="urgent=false",
            required=True,
            help="没有可选的，先提交审批。",
        ),
        Ask("@officers", "执法人员", kind="officers", required=True),
        Ask("@goods", "物品名称、数量、保存地点", kind="long", required=True),
    ),
    after=(("case_filed",),),
    of=Pair(
        ("measure_approved",),
        ("evidence_preregistered", *ANY_MEASURE),
        "measure",
        "已批准的措施",
        apart="x_for=measure,ratified",
    ),
    numbers={"measure": "M"},
    urgent="urgent",
    group="取证",
    repeat=True,
    optional=True,
    order=42,
    until=("decision_made", "case_closed"),
    documents=("D10",),
    demands=("APL-56-prereg-approval",),
)
