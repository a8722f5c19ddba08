"""The hearing is over (art. 65: the decision then follows its record)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "hearing_ended",
    "听证结束",
    "hearing_ended",
    phase="hearing",
    basis="行政处罚法第六十五条",
    asks=(
        Ask("hearing", "听证", kind="open", required=True),
        Ask(
            "@how",
            "结束方式",
            kind="choice",
            required=True,
            choices=(
                ("held", "听证完毕"),
                ("absent", "当事人无正当理由未出席，视为放弃"),
                ("left", "当事人中途退出"),
            ),
        ),
    ),
    after=(("hearing_held", "hearing_notice_served"),),
    of=Pair(("hearing_scheduled",), ("hearing_ended",), "hearing", "未结束的听证"),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=60,
    cures=("APL-65-decide-on-record",),
    action="登记听证结束",
)
