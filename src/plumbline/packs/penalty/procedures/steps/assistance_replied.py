"""The answer of the body that was asked for help (art. 26)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "assistance_replied",
    "协助调查复函",
    "assistance_replied",
    phase="investigation",
    basis="行政处罚法第二十六条",
    asks=(
        Ask("@assistance", "哪一件协助函", kind="open", required=True),
        Ask(
            "@how",
            "结果",
            kind="choice",
            required=True,
            choices=(("given", "已协助"), ("partly", "部分协助"), ("refused", "不属其职责或依法不能协助")),
        ),
        Ask("@result", "回复内容", kind="long", required=True),
    ),
    after=(("assistance_requested",),),
    of=Pair(("assistance_requested",), ("assistance_replied",), "assistance", "未回复的协助函"),
    repeat=True,
    optional=True,
    order=57,
    until=("case_closed",),
    group="协助调查",
    declared=True,
    states=("assistance", "how"),
    action="登记协助调查复函",
)
