"""Looking again whether what was ordered has been put right (art. 28)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "correction_rechecked",
    "复查改正情况",
    "correction_rechecked",
    phase="investigation",
    basis="行政处罚法第二十八条",
    asks=(
        Ask("@correction", "哪一次责令改正", kind="open", required=True),
        Ask("@officers", "复查人", kind="officers", required=True),
        Ask(
            "@result",
            "复查结果",
            kind="choice",
            required=True,
            choices=(("corrected", "已经改正"), ("partly", "部分改正"), ("not", "没有改正")),
        ),
        Ask("@findings", "复查情况", kind="long", required=True),
    ),
    after=(("correction_ordered",),),
    of=Pair(("correction_ordered",), ("correction_rechecked",), "correction", "未复查的责令改正"),
    repeat=True,
    optional=True,
    order=59,
    until=("file_archived",),
    group="责令改正",
    declared=True,
    states=("correction", "result"),
    action="登记复查",
)
