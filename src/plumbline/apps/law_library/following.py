"""Entered values that follow one another: a new one ends the one in force, one entered by mistake is withdrawn, none is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.identity.actor import Actor


def enter(rows: type[Any], value: Mapping[str, Any], *, actor: Actor, before: Any) -> Any:
    """Enter a value from its day on; the one ``before``, where there is one, ends on the day before that."""
    row = rows(
        **value,
        by_person_id=actor.person_id,
        by_label=actor.label[:60],
        entered_at=clock.now(),
        follows=before,
        followed_until=before.valid_to if before else None,
    )
    if before is not None:
        before.valid_to = row.valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    row.save(force_insert=True)
    return row


def withdraw(rows: type[Any], pk: int, *, actor: Actor, reason: str, noun: str, effect: str) -> Any:
    """Take back a value that was entered by mistake; what it followed runs on as before. Nothing is deleted.

    ``noun`` is what the value is called, ``effect`` what withdrawing it means; InputFault at ``reason`` where it cannot be.
    """
    row = rows.objects.select_for_update().get(pk=pk)
    if not reason.strip():
        raise InputFault({"reason": f"请写明理由。撤销的{noun}仍可查看，但{effect}。"})
    if row.withdrawn_at is not None:
        raise InputFault({"reason": f"该{noun}已经撤销，不必再办。"})
    if rows.objects.filter(follows=row, withdrawn_at=None).exists():
        raise InputFault({"reason": f"该{noun}之后已登记新的。请先撤销新的。"})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = (
        clock.now(),
        actor.label[:60],
        reason.strip()[:300],
    )
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    if row.follows is not None:
        row.follows.valid_to = row.followed_until
        row.follows.save(update_fields=["valid_to"])
    return row
