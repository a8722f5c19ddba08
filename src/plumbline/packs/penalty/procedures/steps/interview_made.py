"""询问笔录: two officers, read and signed by the person questioned (arts 42, 55)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "interview_made",
    "询问笔录",
    "record_made",
    phase="investigation",
    basis="行政处罚法第五十五条",
    asks=(
        Ask("@officers", "询问人", kind="officers", required=True),
        Ask("@person", "被询问人及与本案关系", kind="text", required=True),
        Ask("@place", "地点", kind="text", required=True, fill="place"),
        Ask("@rights_told", "已出示证件并告知权利义务", kind="bool", required=True),
        Ask("@content", "问答记录", kind="long", required=True),
        Ask(
            "@signed",
            "签名",
            kind="choice",
            required=True,
            choices=(
                ("signed", "被询问人核对后签名"),
                ("refused", "拒绝签名，已注明原因"),
            ),
        ),
    ),
    fixed={"record": "interview"},
    group="取证",
    repeat=True,
    order=20,
    until=("decision_made", "case_closed"),
    documents=("D05",),
    action="制作询问笔录",
)
