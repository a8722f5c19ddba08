"""Halting execution while it cannot or should not go on (行政强制法 art. 39)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "execution_halted",
    "中止执行",
    "execution_halted",
    phase="compulsion",
    basis="行政强制法第三十九条",
    asks=(
        Ask(
            "@ground",
            "情形",
            kind="choice",
            required=True,
            choices=(
                ("hardship", "当事人履行确有困难或者暂无履行能力"),
                ("third_party", "第三人对执行标的主张权利，确有理由"),
                ("damage", "执行可能造成难以弥补的损失，中止不损害公共利益"),
                ("other", "本机关认为需要中止的其他情形"),
            ),
        ),
        Ask("@reason", "理由", kind="long", required=True),
    ),
    after=(("demand_notice_served", "execution_decision_made"),),
    of=Pair(
        ("demand_notice_served", "execution_decision_made", "execution_resumed"),
        ("execution_halted", "execution_ended", "execution_done"),
        "",
        "进行中的执行",
    ),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=52,
    until=("case_closed",),
    group="协议、中止和终结",
    declared=True,
    states=("ground",),
)
