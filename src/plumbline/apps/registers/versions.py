"""Versions of an agency's list: their history, what lies between any two, and what would restore an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.platform.lists import Change, Kind
from plumbline.platform.lists.comparing import backwards, one_after_another

from .models import ChangedRow, Revision, State


def published(register: str, agency: str) -> list[Revision]:
    """The published versions, newest first."""
    rows = Revision.objects.unscoped("公布的版本人人可看").filter(
        register=register, agency_id=agency, state=State.PUBLISHED
    )
    return list(rows.select_related("agency", "drafted_by", "reviewed_by").order_by("-number"))


def in_force_version(register: str, agency: str, on: date) -> Revision | None:
    """The newest version in force on a day."""
    return next(
        (each for each in published(register, agency) if each.effective_on and each.effective_on <= on), None
    )


def open_revision(register: str, agency: str) -> Revision | None:
    from .models import OPEN

    rows = Revision.objects.unscoped("同一清单只有一个在办的修订")
    return rows.filter(register=register, agency_id=agency, state__in=OPEN).select_related("agency").first()


def as_change(row: ChangedRow) -> Change:
    return Change(row.key, Kind(row.kind), row.before, row.after)


def changes_of(revision: Revision) -> list[Change]:
    return [as_change(row) for row in revision.rows.all()]


def between_versions(register: str, agency: str, older: int, newer: int) -> list[Change]:
    """What leads from one version to another; 0 is what was there before the first revision."""
    if older > newer:
        return backwards(between_versions(register, agency, newer, older))
    steps: dict[int, list[Change]] = {}
    rows = ChangedRow.objects.filter(
        revision__register=register,
        revision__agency_id=agency,
        revision__state=State.PUBLISHED,
        revision__number__gt=older,
        revision__number__lte=newer,
    ).order_by("revision__number", "pk")
    for row in rows.select_related("revision"):
        steps.setdefault(row.revision.number or 0, []).append(as_change(row))
    return one_after_another(steps.values())


def counted(changes: Sequence[Change]) -> dict[str, int]:
    """How many rows are added, changed and ended."""
    return {kind.value: sum(change.kind == kind for change in changes) for kind in Kind}
