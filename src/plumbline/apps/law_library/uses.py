"""Where a rule is used in casework: the steps whose clock it stops, whose lack it names, or which it must let pass."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.packs.penalty.procedures import PROCEDURES

HOW = {
    "settles": "办完这一步，本规则的期限停止",
    "cures": "这一步补正本规则所说的欠缺",
    "demands": "办理这一步应当符合本规则",
}


@dataclass(frozen=True)
class Use:
    """A step of a procedure and what the rule is to it."""

    procedure: str
    step: str
    how: str


def uses_of(rule: str) -> list[Use]:
    return [
        Use(procedure.label, step.label, says)
        for procedure in PROCEDURES
        for step in procedure.steps.values()
        for part, says in HOW.items()
        if rule in getattr(step, part)
    ]
