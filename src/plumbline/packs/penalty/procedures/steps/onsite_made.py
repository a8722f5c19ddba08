"""现场检查（勘验）笔录: two officers on the spot (arts 42, 55)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "onsite_made",
    "现场笔录",
    "record_made",
    phase="investigation",
    basis="行政处罚法第五十五条",
    asks=(
        Ask("@officers", "检查人", kind="officers", required=True),
        Ask("@place", "地点", kind="text", required=True, fill="place"),
        Ask("@person", "在场人", kind="text"),
        Ask("@certificate", "已出示执法证件", kind="bool", required=True),
        Ask("@content", "现场情况", kind="long", required=True),
        Ask(
            "@signed",
            "签名",
            kind="choice",
            required=True,
            choices=(
                ("signed", "当事人签名"),
                ("witness", "见证人签名"),
                ("refused", "拒绝签名，已注明原因"),
            ),
        ),
    ),
    fixed={"record": "onsite"},
    group="取证",
    repeat=True,
    order=15,
    until=("decision_made", "case_closed"),
    documents=("D04",),
    action="制作现场笔录",
)
