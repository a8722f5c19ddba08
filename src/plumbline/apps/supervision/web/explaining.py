"""What the pages of an alert say about it: its tag, its count, its article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.evaluation import OTHER_MATTERS, rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import evaluate, explain
from plumbline.vocabulary import Matter

from ..findings import FindingLine, finding_kind
from ..models import Alert, AlertKind, AlertState


def tag_of(alert: Alert) -> tuple[str, str, str]:
    """Colour, shape and word of an alert."""
    if alert.state == AlertState.STOPPED:
        return "gry", "‖", "已终止"
    if alert.state == AlertState.CORRECTED:
        return "grn", "✓", "已纠正"
    if not alert.is_open:
        return "gry", "–", alert.get_state_display()
    if alert.kind == AlertKind.NEAR_DUE:
        return "amb", "◆", "临期"
    if not alert.still_breached:
        return "out", "▲", "曾违反"
    words = {
        "red": ("red", "▲", "超期" if alert.due_on else "违反"),
        "yellow": ("amb", "◆", "超期" if alert.due_on else "违反"),
    }
    return words.get(alert.severity, ("blu", "●", "提醒"))


def evidence_of(alert: Alert) -> Sequence[FindingLine]:
    """What the register says now that a finding was made from; nothing for the alert of a rule."""
    kind = finding_kind(alert.rule)
    return kind.evidence(alert.matter_id, alert.subject) if kind is not None else ()


def explanation_of(alert: Alert) -> Any:
    """The rule asked anew about the alert's subject, with its count; None when the subject has been voided."""
    rule = rule_book().by_id.get(alert.rule)
    events = matter_events(alert.matter_id)
    if rule is None or not events:
        return None
    registers, calendar = current_registers()
    matter = Matter.of(events, clock.now())
    found = evaluate(
        [rule], matter, registers=registers, calendar=calendar, as_of=clock.now(), **OTHER_MATTERS
    )
    verdict = next((v for v in found if v.subject == alert.subject), None)
    return explain(verdict, calendar=calendar, as_of=clock.today()) if verdict is not None else None
