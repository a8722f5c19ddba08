"""Who is competent where two agencies claim or refuse a case: negotiation, report, designation (arts 22 to 25)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "jurisdiction_noted",
    "管辖处理单",
    "jurisdiction_noted",
    phase="clue",
    basis="行政处罚法第二十二条至第二十五条",
    asks=(
        Ask("@other", "另一方机关", kind="agency", required=True),
        Ask("@about", "争议事项", kind="long", required=True),
        Ask("@negotiation", "协商过程", kind="long", required=True),
        Ask(
            "@result",
            "结果",
            kind="choice",
            required=True,
            choices=(
                ("ours", "协商由本机关管辖"),
                ("theirs", "协商由对方机关管辖"),
                ("reported", "协商不成，已报请共同的上一级机关指定"),
                ("designated_ours", "已指定本机关管辖"),
                ("designated_theirs", "已指定对方机关管辖"),
            ),
            help="由对方机关管辖的，登记后办理移送。",
        ),
        Ask("@organ", "指定管辖的机关和文号", kind="text"),
    ),
    after=(("clue_received",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=50,
    declared=True,
    states=("other", "result"),
    action="登记管辖处理",
)
