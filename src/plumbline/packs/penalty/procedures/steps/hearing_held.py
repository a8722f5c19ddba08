"""Holding the hearing under a presider who did not investigate (art. 64)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "hearing_held",
    "举行听证",
    "hearing_held",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(
        Ask("hearing", "听证", kind="open", required=True),
        Ask("@presider", "主持人", kind="presider", required=True),
        Ask("public", required=True),
        Ask("closed_for_secrecy"),
        Ask("record_signed", required=True),
        Ask(
            "@attendance",
            "到场人员",
            kind="long",
            required=True,
            help="调查人员、当事人、代理人、证人、第三人；缺席的写明。",
        ),
        Ask("@recusal", "回避申请和处理", kind="text", required=True, help="没有申请的，写“无”。"),
        Ask("@inquiry", "调查人员陈述", kind="long", required=True),
        Ask("@defence", "当事人陈述、申辩和质证", kind="long", required=True),
        Ask("@closing", "最后陈述", kind="long", required=True),
    ),
    after=(("hearing_notice_served",),),
    of=Pair(("hearing_notice_served",), ("hearing_held",), "hearing", "待举行的听证"),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=50,
    settles=("MEM-57-hearing-15d",),
    actors="presider",
    documents=("D28",),
    action="登记举行听证",
)
