"""Ordering the party to pay back what it charged too much: these days are not counted (价格和市场监管)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "refund_ordered",
    "责令退还多收价款",
    "refund_ordered",
    phase="investigation",
    basis="价格法第四十一条及本领域处罚程序规定",
    asks=(Ask("@content", "退款的对象、数额和期限", kind="long", required=True),),
    repeat=True,
    optional=True,
    order=58,
    until=("decision_made", "case_closed"),
    group="责令改正",
    action="登记责令退款",
)
