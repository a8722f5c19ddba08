"""Parting a case from the one that leads it: it goes on from where it stood (ADR 0014)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "case_unmerged",
    "解除并案",
    "case_unmerged",
    phase="investigation",
    basis="行政处罚案件并案办理（平台内部控制）",
    asks=(Ask("@reason", "分开办理的理由", kind="long", required=True),),
    after=(("case_merged",),),
    of=Pair(("case_merged",), ("case_unmerged",), "", "并案"),
    approval="cases.approve",
    actors="approver",
    repeat=True,
    optional=True,
    order=85,
    until=("decision_made", "case_closed", "investigation_terminated"),
    group="并案和分案",
    declared=True,
)
