"""Keeping reads of sensitive records and refused attempts."""

from __future__ import annotations

from django.db import models, transaction

from plumbline.platform.identity.actor import Actor

from .models import AccessRecord


def keep_access(*, actor: Actor, kind: str, action: str, subject: object, reason: str = "") -> None:
    """Write one access record; ``kind`` is ``read`` or ``refused``. Inside an outer transaction it joins that one."""
    name = f"{subject._meta.label}:{subject.pk}" if isinstance(subject, models.Model) else str(subject or "")
    with transaction.atomic():
        AccessRecord.objects.create(
            kind=kind,
            by_person_id=actor.person_id,
            by_label=actor.label,
            action=action,
            subject=name[:120],
            reason=reason,
        )
