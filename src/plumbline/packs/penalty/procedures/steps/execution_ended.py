"""Giving execution up for good (行政强制法 arts 39, 40)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "execution_ended",
    "终结执行",
    "execution_ended",
    phase="compulsion",
    basis="行政强制法第三十九条、第四十条",
    asks=(
        Ask(
            "@ground",
            "情形",
            kind="choice",
            required=True,
            choices=(
                ("dead", "公民死亡，没有遗产也没有义务承受人"),
                ("dissolved", "法人或者其他组织终止，没有财产也没有义务承受人"),
                ("object_lost", "执行标的灭失"),
                ("revoked", "据以执行的决定被撤销"),
                ("halted_3y", "没有明显社会危害、确无能力履行，中止执行满三年未恢复"),
            ),
        ),
        Ask("@reason", "事实和证明材料", kind="long", required=True),
    ),
    after=(("decision_served", "announcement_service_ended", "decision_revoked", "challenge_ended"),),
    approval="cases.approve",
    actors="approver",
    optional=True,
    dangerous=True,
    order=56,
    until=("case_closed", "execution_ended"),
    group="协议、中止和终结",
    declared=True,
    states=("ground",),
)
