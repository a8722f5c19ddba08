"""Resuming a suspended investigation."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "investigation_resumed",
    "恢复调查",
    "investigation_resumed",
    phase="investigation",
    basis="行政处罚法第六十条及本领域处罚程序规定",
    asks=(Ask("@reason", "中止原因消除的情况", kind="text", required=True),),
    after=(("investigation_suspended",),),
    of=Pair(("investigation_suspended",), ("investigation_resumed",), "", "中止"),
    group="期限、中止和移送",
    repeat=True,
    optional=True,
    order=62,
    until=("decision_made", "case_closed"),
    action="恢复调查",
)
