"""Opening and closing the dated rows of subjects, with the articles they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from plumbline.apps.law_library.contract import Resting, watch

from .models import CleanupRound, Ending, Subject, SubjectBasis, SubjectRow
from .prefill import FIELDS


def open_subject(*, row: SubjectRow, on: date, cleanup: CleanupRound) -> Subject:
    """A subject from a passed row; the row in force before ends the day before and stays on record."""
    before = Subject.objects.filter(code=row.code, valid_to=None).first()
    if before is not None:
        close_subject(before, on=on, ended_as=Ending.CHANGED, reason=cleanup.title, successor=row.code)
    subject = Subject.objects.create(
        code=row.code, agency_id=row.entry.agency_id, kind=row.kind, confirmed_on=on, round=cleanup,
        **{name: getattr(row, name) for name in FIELDS},
    )  # fmt: skip
    rest_on(subject, row.bases)
    return subject


def close_subject(subject: Subject, *, on: date, ended_as: str, reason: str, successor: str = "") -> None:
    """End a row: the day before ``on`` is its last. A row confirmed that very day is ended with it."""
    subject.valid_to = max(on - timedelta(days=1), subject.confirmed_on)
    subject.ended_as, subject.ended_reason, subject.successor = ended_as, reason[:200], successor
    subject.save(update_fields=["valid_to", "ended_as", "ended_reason", "successor"])


def rest_on(subject: Subject, bases: Iterable[Mapping[str, str]]) -> None:
    """Keep the articles a subject rests on, each with the fingerprint of its wording as it is loaded now."""
    cited = [Resting(each["law"], each["article"]) for each in bases]
    now = watch(cited)
    SubjectBasis.objects.bulk_create(
        SubjectBasis(
            subject=subject, law=each["law"], article=each["article"], level=each.get("level", ""),
            sha256=now[Resting(each["law"], each["article"])].sha256,
        )
        for each in bases
    )  # fmt: skip
