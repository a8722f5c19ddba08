"""The timeline of a case: what happened, who, when it occurred and when it was recorded; voided records stay visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plumbline.packs.procedures import Procedure
from plumbline.platform import clock
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.events.models import StoredEvent
from plumbline.vocabulary import load_vocabulary

from .clocks import weekday
from .reading import DECLARED

#: Declared steps that can be voided. Merging and parting have their own way back; a split is another case by now.
VOIDABLE = DECLARED - {"case_merged", "case_unmerged", "case_split"}
SHOWN_FIELDS = (
    "outcome",
    "method",
    "receipt",
    "record",
    "test_kind",
    "disposition",
    "route",
    "reason",
    "days",
    "until",
)


@dataclass(frozen=True)
class Entry:
    """One line. ``late`` says when it was recorded where that is not when it occurred."""

    event_id: str
    activity: str
    title: str
    on: date
    time: str
    who: str
    content: str
    late: str
    voided: str = ""
    can_void: bool = False
    received: datetime | None = None


@dataclass(frozen=True)
class Day:
    label: str
    entries: list[Entry]


def numbers_in(rows: Iterable[StoredEvent]) -> set[str]:
    return {each["id"] for row in rows for each in row.actors or ()}


def entries(
    rows: list[StoredEvent],
    procedure: Procedure,
    names: Mapping[str, str],
    *,
    may_void: bool,
) -> list[Entry]:
    """The lines of all stored events of a case, newest first."""
    vocabulary = load_vocabulary()
    voids = {row.data["voids"]: row for row in rows if row.activity == "event_voided"}
    labels: dict[str, str] = {}
    for step in procedure.steps.values():
        labels.setdefault(step.activity, step.label)
    found = []
    for row in rows:
        if row.activity == "event_voided":
            continue
        wrong = voids.get(row.event_id)
        found.append(
            Entry(
                event_id=row.event_id,
                activity=row.activity,
                title=_title(row, procedure),
                on=row.occurred_on,
                time=row.occurred_at[11:16],
                who="、".join(dict.fromkeys(names.get(a["id"], a["id"]) for a in row.actors or ())),
                content=_content(row, vocabulary),
                late=_late(row),
                voided=f"{wrong.by_label} {wrong.occurred_on:%m-%d} 作废：{wrong.data.get('reason', '')}"
                if wrong
                else "",
                can_void=may_void and wrong is None and (row.in_contract or row.activity in VOIDABLE),
                received=row.received_at,
            )
        )
    order = {entry.event_id: place for place, entry in enumerate(found)}
    found.sort(key=lambda e: (e.on, e.time or _recorded_time(e), order[e.event_id]), reverse=True)
    return found


def _recorded_time(entry: Entry) -> str:
    """Where an entry with a day alone stands in that day: when it was recorded, or at its end if that was later."""
    if entry.received is None:
        return "24"
    recorded = entry.received.astimezone(clock.CHINA)
    return f"{recorded:%H:%M}" if recorded.date() == entry.on else "24"


def by_day(lines: list[Entry], today: date) -> list[Day]:
    """Lines grouped under their day."""
    days: list[Day] = []
    for line in lines:
        label = f"{'今天 ' if line.on == today else ''}{line.on:%Y-%m-%d} {weekday(line.on)}"
        if line.on.year == today.year:
            label = f"{'今天 ' if line.on == today else ''}{line.on:%m-%d} {weekday(line.on)}"
        if not days or days[-1].label != label:
            days.append(Day(label, []))
        days[-1].entries.append(line)
    return days


def _title(row: StoredEvent, procedure: Procedure) -> str:
    if row.activity in DECLARED:
        return declared_activities().get(row.activity, row.activity)
    if not row.in_contract:
        step = procedure.steps.get(str(row.data.get("step", "")))
        name = declared_activities().get(row.activity, row.activity)
        return f"{name}：{step.label}" if step else name
    vocabulary = load_vocabulary()
    if row.activity == "record_made":
        return f"制作{vocabulary.label('record_kind', str(row.data.get('record', '')))}"
    return vocabulary.activity_zh(row.activity)


def _content(row: StoredEvent, vocabulary: object) -> str:
    """A few fields in Chinese words; amounts in yuan."""
    words = load_vocabulary()
    activity = words.activities.get(row.activity)
    parts: list[str] = []
    for name in SHOWN_FIELDS:
        value = row.data.get(name)
        if value in (None, "") or activity is None or name not in activity.fields:
            continue
        kind = str(activity.fields[name]["type"]).strip("[]?")
        parts.append(words.label(kind, str(value)) if kind in words.enums else str(value))
    amount = row.data.get("amount")
    penalty = row.data.get("penalty") or row.data.get("proposed") or {}
    if isinstance(penalty, dict) and penalty.get("kinds"):
        parts += [words.label("penalty_kind", kind) for kind in penalty["kinds"]]
        amount = penalty.get("fine", amount)
    if isinstance(amount, int):
        parts.append(f"{amount / 100:,.2f} 元")
    return " · ".join(parts)


def _late(row: StoredEvent) -> str:
    """When it was recorded, where that is another day or more than an hour after it occurred."""
    recorded = row.recorded_at.astimezone(clock.CHINA)
    if len(row.occurred_at) > 10:
        occurred = datetime.fromisoformat(row.occurred_at)
        if recorded - occurred < timedelta(hours=1):
            return ""
    elif recorded.date() == row.occurred_on:
        return ""
    return f"{recorded:%m-%d %H:%M} 录入"
