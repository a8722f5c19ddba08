"""Deciding on compulsory execution after the demand has run out (行政强制法 arts 35 to 37, 46)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "execution_decision_made",
    "强制执行决定",
    "execution_decision_made",
    phase="compulsion",
    basis="行政强制法第三十七条",
    asks=(
        Ask("object", required=True),
        Ask(
            "assets_being_hidden",
            required=True,
            help="催告期间有证据证明转移、隐匿财物的，可以立即作出。",
        ),
        Ask(
            "@power",
            "法律授予本机关强制执行权的条款",
            kind="text",
            required=True,
            help="没有执行权的，申请法院强制执行。",
        ),
        Ask("@manner", "执行的方式和时间", kind="long", required=True),
        Ask("@reason", "理由和依据", kind="long", required=True),
    ),
    after=(("demand_notice_served",),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=20,
    until=("case_closed",),
    group="决定和实施",
    demands=("ACL-35-reminder", "ACL-46-30d"),
)
