"""The two acts that leave a trace here: retrying what is owed, and taking the audit log away as a file."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.events.models import OutboxMessage
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from .audit import LIMIT, AuditFilter
from .events import AUDIT_EXPORTED, OUTBOX_RETRIED
from .export import workbook_of
from .policies import BASIS_AUDIT, BASIS_RUNNING, may_audit, may_run


@action("administration.retry_outbox", policy=may_run, records=(OUTBOX_RETRIED,), basis=BASIS_RUNNING)
def retry_outbox(*, actor: Actor, number: int | None = None) -> int:
    """Make one waiting message (every one without ``number``) due now; the worker takes it within seconds."""
    waiting = OutboxMessage.objects.filter(next_attempt_at__gt=clock.now())
    if number is not None:
        waiting = waiting.filter(pk=number)
    moved = waiting.update(next_attempt_at=clock.now())
    if moved:
        keep_event(actor, OUTBOX_RETRIED, messages=moved)
    return moved


@action("administration.export_audit", policy=may_audit, records=(AUDIT_EXPORTED,), basis=BASIS_AUDIT)
def export_audit(*, actor: Actor, wanted: AuditFilter) -> bytes:
    """The rows of a filter as a workbook that says filter, rows and who took it."""
    content, rows = workbook_of(actor, wanted)
    if rows > LIMIT:
        raise InputFault({"": f"符合条件的记录超过 {LIMIT:,} 行，没有导出。请用日期缩小范围，分几次导出。"})
    keep_event(actor, AUDIT_EXPORTED, rows=rows, filter=wanted.words[:300])
    return content


def keep_event(actor: Actor, activity: str, **data: Any) -> None:
    """Keep what an administrator did; it belongs to no case."""
    # An administrator sees no agency's rows; the database hands the new one back only to whoever may see it.
    with whole_district():
        record(
            actor=actor,
            matter="PLATFORM",
            kind="rights" if activity == AUDIT_EXPORTED else "platform",
            activity=activity,
            agency=settings.PLUMBLINE_DISTRICT["agency"],
            data=data,
        )
