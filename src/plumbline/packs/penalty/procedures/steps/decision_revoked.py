"""Revoking or changing the decision by the agency itself or the body above it (行政处罚法 arts 48, 75)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "decision_revoked",
    "撤销、变更或确认违法",
    "decision_revoked",
    phase="challenge",
    basis="行政处罚法第七十五条",
    asks=(
        Ask("outcome", required=True, only=("revoked", "changed", "confirmed_unlawful", "void")),
        Ask(
            "@source",
            "由谁作出",
            kind="choice",
            required=True,
            choices=(
                ("self", "本机关自行纠正"),
                ("superior", "上级机关或者本级政府"),
                ("supervision", "执行行政执法监督决定"),
            ),
            help="复议决定、法院判决造成的，登记“复议或诉讼终结”，不在这里重复登记。",
        ),
        Ask("@number", "决定文号", kind="text"),
        Ask("@reason", "理由和依据", kind="long", required=True),
        Ask(
            "@paid_back",
            "已缴款物的退还",
            kind="text",
            help="撤销的，写明罚款、没收财物如何退还。没有执行的不填。",
        ),
    ),
    after=(("decision_made",),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    dangerous=True,
    outside=True,
    order=30,
    until=(),
    outlives=True,
    procedures=("ordinary", "summary"),
)
