"""What a party is told of days and money: how long it may speak, how a fine is paid or was taken on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.packs.penalty.documents.wording import PAY
from plumbline.platform.verdicts.evaluation import verdicts_for
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.vocabulary import MISSING, Event

from .composing import day_zh, walk, words_of_field

# The rows of the fields that give the party days to speak (陈述申辩期); of a case at most one applies.
STATEMENT_WINDOWS = (
    "SAMR-57-window-5wd",
    "MEE-44-window-5wd",
    "MEM-18-window-5wd",
    "MOHURD-22-window-5wd",
    "MARA-23-window-3wd",
)
HEARING_WINDOW = "APL-64-request-5wd"
_UNITS = {"wd": "个工作日", "cd": "日"}


def days_to_speak(matter_id: str, notice: Event, rules: Sequence[str]) -> str:
    """「收到本告知书之日起5个工作日内（至2026年6月8日）」, as the rules have reckoned it; empty where none applies."""
    rows = StoredVerdict.objects.unscoped("文书引用本案的期限").filter(
        matter_id=matter_id,
        rule__in=rules,
        subject=notice.id,
        due_on__isnull=False,
        days_limit__isnull=False,
    )
    row = rows.order_by("rule").first()
    if row is None or row.unit not in _UNITS:
        return ""
    assert row.due_on is not None
    return f"收到本告知书之日起{row.days_limit}{_UNITS[row.unit]}内（至{day_zh(row.due_on)}）"


def last_day(matter_id: str, rule: str, events: Sequence[Event], own: Event | None) -> date | None:
    """The last day by ``rule``; for the paper of the step ``own`` as it was when that was taken, before what came later."""
    due = _last_day_at(rule, events, own) if own is not None else None
    if due is not None:
        return due
    rows = StoredVerdict.objects.unscoped("文书引用本案的期限").filter(
        matter_id=matter_id, rule=rule, due_on__isnull=False
    )
    row = rows.order_by("pk").last()
    return row.due_on if row is not None else None


def _last_day_at(rule: str, events: Sequence[Event], own: Event) -> date | None:
    until = next((n for n, event in enumerate(events, start=1) if event.id == own.id), 0)
    judged = verdicts_for(events[:until], as_of=own.recorded) if until else []
    due = {each.subject: each.due_text for each in judged if each.rule == rule and each.due_text}
    text = due.get(own.id) or next(reversed(due.values()), None)
    return date.fromisoformat(text[:10]) if text else None


def payment(events: Sequence[Event], decision: Event, details: dict[str, dict[str, Any]]) -> str:
    """How the fine of a decision is paid; that it was taken on the spot, where the case says so; empty without a fine."""
    fine = walk(decision.data, "penalty.fine")
    if not isinstance(fine, int) or fine <= 0:
        return ""
    taken = [
        event
        for event in events
        if event.activity == "fine_collected_on_spot" and event.on == decision.on and event.data.get("amount")
    ]
    if sum(int(event.data["amount"]) for event in taken) < fine:
        return PAY
    return "".join(_taken(event, details.get(event.id, {})) for event in taken)


def _taken(event: Event, details: dict[str, Any]) -> str:
    amount = words_of_field(event.activity, "amount", event.data["amount"], {})
    kind = event.data.get("receipt", MISSING)
    receipt = words_of_field(event.activity, "receipt", kind, {}) if kind not in (MISSING, "none") else ""
    number = str(details.get("receipt_number") or "").strip()
    given = f"，已出具{receipt}" if receipt else ""
    numbered = f"，票据号码{number}" if number else ""
    return f"罚款 {amount}已于{day_zh(event.on)}当场收缴{given}{numbered}。"
