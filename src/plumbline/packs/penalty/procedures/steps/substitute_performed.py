"""Substitute performance with an official there and a signed record (行政强制法 arts 51, 52)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "substitute_performed",
    "实施代履行",
    "substitute_performance_done",
    phase="compulsion",
    basis="行政强制法第五十一条、第五十二条",
    asks=(
        Ask(
            "immediate",
            required=True,
            help="道路、河道、航道或者公共场所的遗洒物、障碍物、污染物，当事人不能清除的，可以立即代履行。",
        ),
        Ask("official_on_site", required=True),
        Ask("record_signed", required=True),
        Ask("urgent", required=True),
        Ask("utilities_cut", required=True),
        Ask("@officers", "到场监督的执法人员", kind="officers", required=True),
        Ask("@record", "履行经过和结果", kind="long", required=True),
    ),
    after=(("case_filed",),),
    repeat=True,
    optional=True,
    order=44,
    until=("case_closed",),
    group="代履行",
    demands=("ACL-51-substitute-3wd", "ACL-43-night"),
    action="登记代履行",
)
