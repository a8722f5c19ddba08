"""The audit log: reads, refusals, log-ins and changes of rights in one list, newest first.

Two sources that only grow: ``access_records`` (source A) and the events of kind ``rights`` (source R). They are merged
by moment; a page begins after a mark of moment, source and number, so it stays right while rows are added. What the log
names of a case is its kind and number, never its content: the audit administrator sees no case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.events.models import AccessKind, AccessRecord, StoredEvent
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.scope.rows import whole_district

from .wording import Words, action_zh, kinds_zh

LIMIT = 20_000  # rows of one export, and how far a count is carried
CHUNK = 1000


@dataclass(frozen=True)
class Line:
    """One row of the log, ready to be shown."""

    at: datetime
    kind: str
    kind_zh: str
    who: str
    agency: str
    action: str
    subject: str
    reason: str
    mark: str


@dataclass(frozen=True)
class AuditFilter:
    """What is looked for; empty fields do not narrow. ``person`` matches who acted and who was concerned."""

    person: str = ""
    agency: str = ""
    kind: str = ""
    action: str = ""
    from_on: date | None = None
    to_on: date | None = None
    people: tuple[int, ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """The filter as the workbook and the record of the export say it."""
        day = f"{self.from_on or '最早'} 至 {self.to_on or '今'}" if self.from_on or self.to_on else ""
        parts = {
            "人员": self.person,
            "单位": self.agency,
            "类别": kinds_zh().get(self.kind, self.kind),
            "动作": action_zh(self.action) if self.action else "",
            "日期": day,
        }
        return "；".join(f"{name}：{value}" for name, value in parts.items() if value) or "全部"

    @classmethod
    def of(cls, told: dict[str, str]) -> AuditFilter:
        """From an address; what cannot be read there is left out."""
        person = told.get("person", "").strip()[:40]
        found: tuple[int, ...] = ()
        if person:
            named = Q(display_name__icontains=person) | Q(login_name__icontains=person)
            numbers = Q(certificate_number__iexact=person) | Q(staff_number__iexact=person)
            found = tuple(Person.objects.filter(named | numbers).values_list("pk", flat=True)[:500])
        return cls(
            person=person,
            agency=told.get("agency", "")[:50],
            kind=told.get("kind", "") if told.get("kind", "") in kinds_zh() else "",
            action=told.get("action", "")[:80],
            from_on=_day(told.get("from", "")),
            to_on=_day(told.get("to", "")),
            people=found,
        )


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def page(wanted: AuditFilter, *, after: str = "", size: int = 50) -> tuple[list[Line], str]:
    """Up to ``size`` lines after the mark, and the mark of the next page (empty when there is none)."""
    rows = _rows(wanted, _mark(after), size + 1)
    shown = _lines(rows[:size])
    return shown, shown[-1].mark if len(rows) > size else ""


def every_line(wanted: AuditFilter) -> Iterator[Line]:
    """All lines of the filter, read in chunks; stops one past ``LIMIT``."""
    after, given = "", 0
    while given <= LIMIT:
        lines, after = page(wanted, after=after, size=CHUNK)
        yield from lines
        given += len(lines)
        if not after:
            return


def count(wanted: AuditFilter) -> int:
    """How many lines, counted no further than one past ``LIMIT``."""
    found = 0
    with whole_district():
        for rows in (_access(wanted), _changes(wanted)):
            if rows is not None:
                found += rows.order_by()[: LIMIT + 1].count()
    return min(found, LIMIT + 1)


# -- the two sources ---------------------------------------------------------------------------------------------------

Mark = tuple[datetime, str, int]
Row = tuple[datetime, str, int, AccessRecord | StoredEvent]


def _mark(told: str) -> Mark | None:
    moment, _, rest = told.partition("~")
    try:
        at, number = datetime.fromisoformat(moment), int(rest[1:19])
    except ValueError:
        return None
    return (at, rest[:1], number) if at.tzinfo and number >= 0 else None


def _rows(wanted: AuditFilter, mark: Mark | None, size: int) -> list[Row]:
    found: list[Row] = []
    access, changes = _access(wanted), _changes(wanted)
    with whole_district():
        if access is not None:
            if mark:
                at, source, number = mark
                same = Q(at=at) if source == "R" else Q(at=at, pk__lt=number)
                access = access.filter(Q(at__lt=at) | same)
            found += [(row.at, "A", row.pk, row) for row in access[:size]]
        if changes is not None:
            if mark:
                at, source, number = mark
                same = Q(received_at=at, seq__lt=number) if source == "R" else Q(pk__in=[])
                changes = changes.filter(Q(received_at__lt=at) | same)
            found += [(row.received_at, "R", row.seq, row) for row in changes[:size]]
    found.sort(key=lambda row: row[:3], reverse=True)
    return found[:size]


def _access(wanted: AuditFilter) -> QuerySet[AccessRecord] | None:
    if wanted.kind == "rights":
        return None
    rows = AccessRecord.objects.order_by("-at", "-pk")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.agency:
        rows = rows.filter(by_agency=wanted.agency)
    if wanted.person:
        concerned = [f"identity.Person:{pk}" for pk in wanted.people]
        rows = rows.filter(Q(by_person_id__in=wanted.people) | Q(subject__in=concerned))
    return _between(rows, "at", wanted)


def _changes(wanted: AuditFilter) -> QuerySet[StoredEvent] | None:
    if wanted.kind not in {"", "rights"}:
        return None
    rows = StoredEvent.objects.unscoped("审计管理员查看权限变动").filter(kind="rights")
    if wanted.action:
        rows = rows.filter(activity=wanted.action)
    if wanted.agency:
        rows = rows.filter(agency_code=wanted.agency)
    if wanted.person:
        rows = rows.filter(Q(by_person_id__in=wanted.people) | Q(data__person__in=wanted.people))
    return _between(rows.order_by("-received_at", "-seq"), "received_at", wanted)


def _between(rows: Any, name: str, wanted: AuditFilter) -> Any:
    if wanted.from_on:
        rows = rows.filter(**{f"{name}__gte": _midnight(wanted.from_on)})
    if wanted.to_on:
        rows = rows.filter(**{f"{name}__lt": _midnight(wanted.to_on + timedelta(days=1))})
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.CHINA)


# -- in words ----------------------------------------------------------------------------------------------------------


def _lines(rows: Sequence[Row]) -> list[Line]:
    words = Words.for_rows([row for *_, row in rows])
    agencies = dict(Agency.objects.values_list("code", "short_name")) if rows else {}
    lines = []
    for at, source, number, row in rows:
        if isinstance(row, AccessRecord):
            kind, code, action = row.kind, row.by_agency, row.action
        else:
            # Of a change of rights: the agency of the post it concerns; an account alone belongs to none.
            kind, code, action = "rights", row.agency_code if "post" in row.data else "", row.activity
        lines.append(
            Line(
                at=at,
                kind=kind,
                kind_zh=kinds_zh().get(kind, kind),
                who=row.by_label,
                agency=agencies.get(code, code),
                action=action_zh(action),
                subject=words.subject(row),
                reason=words.reason(row),
                mark=f"{at.isoformat()}~{source}{number}",
            )
        )
    return lines


def today_by_kind() -> dict[str, int]:
    """How many lines of each kind since midnight, for the desk."""
    midnight = _midnight(clock.today())
    with whole_district():
        changes = StoredEvent.objects.unscoped("审计管理员的工作台").filter(
            kind="rights", received_at__gte=midnight
        )
        found = {"rights": changes.count()}
    for kind in AccessKind.values:
        found[kind] = AccessRecord.objects.filter(kind=kind, at__gte=midnight).count()
    return found
