"""Keeping reads of sensitive records and refused attempts."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from plumbline.platform.identity.actor import Actor

from .models import AccessRecord


def _name(subject: object) -> str:
    named = f"{subject._meta.label}:{subject.pk}" if isinstance(subject, models.Model) else str(subject or "")
    return named[:120]


def was_kept_since(since: datetime, *, actor: Actor, kind: str, action: str, subject: object) -> bool:
    """Whether this person left such a record at or after ``since``."""
    return AccessRecord.objects.filter(
        by_person_id=actor.person_id, kind=kind, action=action, subject=_name(subject), at__gte=since
    ).exists()


def keep_access(*, actor: Actor, kind: str, action: str, subject: object, reason: str = "") -> None:
    """Write one access record; ``kind`` is one of ``AccessKind``. Inside an outer transaction it joins that one."""
    with transaction.atomic():
        AccessRecord.objects.create(
            kind=kind,
            by_person_id=actor.person_id,
            by_label=actor.label,
            by_agency=actor.agency_code,
            action=action,
            subject=_name(subject),
            reason=reason,
        )
