"""Steps that every route knows: staying the execution, and closing the matter."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

CHALLENGES = ("reconsideration", "reconsideration_here", "litigation")
STAYED_BY = (
    ("agency", "本机关认为需要停止"),
    ("reconsideration_organ", "复议机关决定停止"),
    ("court", "法院裁定停止"),
)

STEPS = (
    Step(
        "execution_stayed",
        "停止执行处罚决定",
        "execution_stayed",
        phase="performing",
        basis="行政复议法第四十二条、行政诉讼法第五十六条",
        asks=(
            Ask("@by", "由谁停止", kind="choice", required=True, choices=STAYED_BY),
            Ask("@reasons", "理由", kind="long", required=True),
        ),
        after=(("reconsideration_copy_received", "reconsideration_accepted", "lawsuit_copy_received"),),
        until=("matter_closed",),
        repeat=True,
        optional=True,
        declared=True,
        states=("by",),
        actors="self",
        order=60,
        procedures=CHALLENGES,
    ),
    Step(
        "stay_lifted",
        "恢复执行处罚决定",
        "stay_lifted",
        phase="performing",
        basis="行政复议法第四十二条、行政诉讼法第五十六条",
        after=(("execution_stayed",),),
        until=("matter_closed",),
        repeat=True,
        of=Pair(("execution_stayed",), ("stay_lifted",), what="仍在停止的执行"),
        optional=True,
        declared=True,
        actors="self",
        order=61,
        procedures=CHALLENGES,
    ),
    Step(
        "closed",
        "办结",
        "matter_closed",
        phase="closing",
        basis="行政处罚法第四十七条",
        asks=(Ask("@summary", "办理情况小结", kind="long", required=True),),
        after=(
            (
                "reconsideration_decision_received",
                "reconsideration_refused",
                "challenge_terminated",
                "self_corrected",
                "judgment_took_effect",
                "compensation_decision_served",
            ),
        ),
        until=("matter_closed",),
        actors="self",
        order=10,
        procedures=(*CHALLENGES, "compensation"),
    ),
)
