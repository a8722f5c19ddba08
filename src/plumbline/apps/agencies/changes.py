"""What changed and when the public could see it: the delay of dynamic adjustment, from the change to the publication.

Each change is a matter of disclosure of its own, so the verified duty (政府信息公开条例第二十六条) runs as a clock on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.models import StoredVerdict

from .models import Change, OfficerCertificate, PublicChange
from .settings import setting_on

RULE = "OGI-26-20wd"


def note_change(
    *,
    actor: Actor,
    agency_code: str,
    what: str,
    about: str,
    name: str,
    changed_on: date,
    certificate: OfficerCertificate | None = None,
    shown: bool = False,
) -> PublicChange:
    """Keep that something the public register shows has changed; with ``shown`` the public sees it from this moment."""
    change = PublicChange.objects.create(
        agency_id=agency_code,
        what=what,
        about=about,
        name=name,
        certificate=certificate,
        changed_on=changed_on,
        recorded_at=clock.now(),
        matter_id=f"GK-{changed_on.year}-{uuid.uuid4().hex[:10]}",
    )
    record(
        actor=actor,
        matter=change.matter_id,
        kind="disclosure",
        activity="information_formed",
        agency=agency_code,
        occurred_at=changed_on,
        data={"active_disclosure": True},
    )
    if shown:
        show(actor=actor, change=change)
    return change


def show(*, actor: Actor, change: PublicChange, on: date | None = None) -> None:
    """The public sees the change from ``on``: the day is kept, and the working days since the change."""
    day = max(on or clock.today(), change.changed_on)
    change.published_on, change.published_label = day, actor.label
    change.delay_wd = working_days(change.changed_on, day)
    change.save(update_fields=["published_on", "published_label", "delay_wd"])
    record(
        actor=actor,
        matter=change.matter_id,
        kind="disclosure",
        activity="information_published",
        agency=change.agency_id,
        occurred_at=day,
        data={},
    )


def working_days(after: date, through: date) -> int | None:
    """Working days between two days, None where the calendar does not reach."""
    try:
        return statutory_calendar().working_between(after, through)
    except OutsideCalendar:
        return None


@dataclass(frozen=True)
class Waiting:
    """A change not yet public, with the day the law gives it (None while the rule has not spoken)."""

    change: PublicChange
    due_on: date | None


def waiting_changes(agencies: frozenset[str] | None) -> list[Waiting]:
    """The changes the public cannot see yet, the oldest first. ``agencies`` None is the district."""
    rows = PublicChange.objects.filter(published_on=None, changed_on__lte=clock.today())
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    found = list(rows.select_related("agency").order_by("changed_on", "pk")[:200])
    due = due_days(row.matter_id for row in found) if found else {}
    return [Waiting(row, due.get(row.matter_id)) for row in found]


def due_days(matters: Iterable[str]) -> dict[str, date]:
    """The last day to publish, as the disclosure rule has found it, by matter."""
    rows = StoredVerdict.objects.unscoped("公开变动的法定期限").filter(rule=RULE, matter_id__in=list(matters))
    return {matter: due for matter, due in rows.values_list("matter_id", "due_on") if due}


@dataclass(frozen=True)
class Delay:
    """An agency's figure: how many changes, how many shown, the longest and the middle delay in working days."""

    code: str
    name: str
    changes: int
    shown: int
    waiting: int
    late: int
    median: int | None
    longest: int | None
    over_setting: int | None


def delays(since: date, agencies: frozenset[str] | None) -> list[Delay]:
    """The figures of the agencies from ``since`` on, by the agency's name; each number is a filter of the list of changes."""
    rows = PublicChange.objects.filter(changed_on__gte=since)
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    found = list(rows.select_related("agency"))
    late = late_matters(row.matter_id for row in found)
    limit = setting_on("public_delay_days", clock.today())
    by_agency: dict[str, list[PublicChange]] = {}
    for row in found:
        by_agency.setdefault(row.agency_id, []).append(row)
    figures = []
    for code, own in by_agency.items():
        took = sorted(row.delay_wd for row in own if row.delay_wd is not None)
        shown = sum(row.published_on is not None for row in own)
        figures.append(
            Delay(
                code=code,
                name=own[0].agency.short_name,
                changes=len(own),
                shown=shown,
                waiting=len(own) - shown,
                late=sum(row.matter_id in late for row in own),
                median=took[len(took) // 2] if took else None,
                longest=took[-1] if took else None,
                over_setting=None if limit is None else sum(each > limit.value for each in took),
            )
        )
    return sorted(figures, key=lambda each: (each.name, each.code))


def late_matters(matters: Iterable[str]) -> set[str]:
    """Those whose duty to disclose was breached, as the rule has found."""
    rows = StoredVerdict.objects.unscoped("逾期公开的变动").filter(
        rule=RULE, matter_id__in=list(matters), verdict="breached"
    )
    return set(rows.values_list("matter_id", flat=True))


def listed(on: date) -> Q:
    """The certificates that the public list shows on a day: published by then, and not ended by a move or a renewal."""
    ended = Q(ended_as__in=["moved", "renewed"], valid_to__lt=on)
    return Q(published_on__lte=on) & ~ended


CERTIFICATE_CHANGES = (
    Change.ISSUED, Change.RENEWED, Change.SUSPENDED, Change.RESTORED, Change.REVOKED, Change.MOVED_OUT, Change.MOVED_IN,
)  # fmt: skip
