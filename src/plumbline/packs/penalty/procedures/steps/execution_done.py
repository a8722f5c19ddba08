"""Carrying compulsory execution out: not at night or on a holiday, never by cutting homes off (行政强制法 arts 43, 44)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "execution_done",
    "实施强制执行",
    "execution_done",
    phase="compulsion",
    basis="行政强制法第四十三条、第四十四条",
    asks=(
        Ask("object", required=True),
        Ask("urgent", required=True, help="夜间、法定节假日只有情况紧急的才能实施，请填写时刻。"),
        Ask("utilities_cut", required=True),
        Ask("av_record", required=True),
        Ask("@officers", "执法人员", kind="officers", required=True),
        Ask("@present", "到场的当事人、见证人", kind="text", required=True),
        Ask("@record", "执行经过和财物清点", kind="long", required=True),
    ),
    after=(("execution_decision_made",),),
    repeat=True,
    optional=True,
    order=30,
    until=("case_closed",),
    group="决定和实施",
    demands=("ACL-43-night", "ACL-44-demolition"),
    action="登记强制执行",
)
