"""Handling this case together with another one of the agency, which leads (ADR 0014)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_merged",
    "并入他案",
    "case_merged",
    phase="investigation",
    basis="行政处罚案件并案办理（平台内部控制）",
    asks=(
        Ask(
            "@lead",
            "主案",
            kind="case",
            required=True,
            help="只列本机关尚未作出决定的案件，同一当事人的在前。本案的期限照旧计算，不因并案延长。",
        ),
        Ask(
            "@ground",
            "并案的情形",
            kind="choice",
            required=True,
            choices=(
                ("same_party", "同一当事人的几个违法行为"),
                ("same_act", "几个当事人的同一或者关联违法行为"),
                ("same_facts", "事实和证据互有关联，一并查明更为清楚"),
            ),
        ),
        Ask("@reason", "理由", kind="long", required=True),
    ),
    after=(("clue_received",),),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=84,
    until=("decision_made", "case_closed", "investigation_terminated", "case_transferred", "case_not_filed"),
    group="并案和分案",
    declared=True,
    states=("lead", "ground"),
)
