"""Writing to and reading from the event log."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import orjson
from django.db import connection
from django.db.models import Exists, OuterRef

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import Event, load_vocabulary, validate_event

from . import outbox
from .declared import declared_activities, owed_after
from .models import StatedViolation, StoredEvent


class DefectiveEvent(RuntimeError):
    """Our own code tried to record an event that the contract refuses: a defect of ours, never the user's."""


def contract_form(
    *,
    event_id: str,
    matter: str,
    kind: str,
    activity: str,
    occurred_at: date | datetime,
    agency: str,
    data: Mapping[str, Any] | None = None,
    actors: Sequence[Mapping[str, str]] | None = None,
    links: Sequence[Mapping[str, str]] | None = None,
    recorded_at: datetime | None = None,
) -> dict[str, Any]:
    """An event as the contract writes it. A ``datetime`` becomes an instant, a ``date`` stays a bare date."""
    document: dict[str, Any] = {
        "id": event_id,
        "matter": matter,
        "kind": kind,
        "activity": activity,
        "occurred_at": clock.as_instant(occurred_at)
        if isinstance(occurred_at, datetime)
        else occurred_at.isoformat(),
        "recorded_at": clock.as_instant(recorded_at or clock.now()),
        "agency": agency,
        "data": dict(data or {}),
    }
    if actors is not None:
        document["actors"] = [dict(actor) for actor in actors]
    if links is not None:
        document["links"] = [dict(link) for link in links]
    return document


def new_event_id() -> str:
    """An id for an event made here. Senders make their own."""
    return f"PL-{uuid.uuid4().hex}"


def record(
    *,
    actor: Actor,
    matter: str,
    kind: str,
    activity: str,
    agency: str,
    occurred_at: date | datetime | None = None,
    data: Mapping[str, Any] | None = None,
    actors: Sequence[Mapping[str, str]] | None = None,
    links: Sequence[Mapping[str, str]] | None = None,
    event_id: str | None = None,
) -> StoredEvent:
    """Append one event in the caller's transaction and owe its subscribers their work.

    ``occurred_at`` defaults to now. Raises DefectiveEvent when the contract refuses the event.
    """
    document = contract_form(
        event_id=event_id or new_event_id(),
        matter=matter,
        kind=kind,
        activity=activity,
        occurred_at=occurred_at or clock.now(),
        agency=agency,
        data=data,
        actors=actors,
        links=links,
    )
    vocabulary = load_vocabulary()
    in_contract = activity in vocabulary.activities
    if in_contract:
        errors = validate_event(vocabulary, document, 1)
        if errors:
            raise DefectiveEvent("；".join(error.message_zh for error in errors))
    elif activity not in declared_activities():
        raise DefectiveEvent(f"没有登记的活动：{activity}")
    stored = stored_row(document, by=actor, in_contract=in_contract)
    stored.save(force_insert=True)
    # A platform activity is read by no rule; it concerns only the subscribers it was declared for.
    outbox.owe(matter, (activity,), to=None if in_contract else owed_after(activity))
    return stored


def stored_row(document: Mapping[str, Any], *, by: Actor, in_contract: bool = True) -> StoredEvent:
    """The log row for a contract document that has been validated."""
    occurred = document["occurred_at"]
    return StoredEvent(
        event_id=document["id"],
        matter_id=document["matter"],
        kind=document["kind"],
        activity=document["activity"],
        occurred_at=occurred,
        occurred_on=date.fromisoformat(occurred[:10]),
        recorded_at=datetime.fromisoformat(document["recorded_at"]),
        agency_code=document["agency"],
        actors=document.get("actors"),
        data=document.get("data") or {},
        links=document.get("links"),
        source=document.get("source"),
        in_contract=in_contract,
        by_person_id=by.person_id,
        by_label=by.label,
        digest=content_digest(document),
    )


_INSERT_MANY = """
    INSERT INTO events (event_id, matter_id, kind, activity, occurred_at, occurred_on, recorded_at, received_at,
        agency_code, actors, data, links, source, in_contract, by_person_id, by_label, digest)
    SELECT event_id, matter_id, kind, activity, occurred_at, occurred_on, recorded_at, now(),
        agency_code, actors, data, links, source, true, %s, %s, digest
    FROM json_populate_recordset(NULL::events, %s)
    ON CONFLICT (event_id) DO NOTHING RETURNING event_id"""


def append_many(events: Sequence[Event], *, by: Actor) -> tuple[set[str], dict[str, str]]:
    """Append contract events in one statement, as ``stored_row`` would one by one.

    Returns the ids that were new, and of the others the digest of what was sent now: the caller compares.
    """
    digests: dict[str, str] = {}
    rows = []
    for event in events:
        document = event.to_json()
        digests[event.id] = digest = content_digest(document)
        rows.append(
            {
                "event_id": event.id,
                "matter_id": event.matter,
                "kind": event.kind,
                "activity": event.activity,
                "occurred_at": event.occurred_at,
                "occurred_on": event.on,
                "recorded_at": event.recorded,
                "agency_code": event.agency,
                "actors": document.get("actors"),
                "data": event.data,
                "links": document.get("links"),
                "source": event.source,
                "digest": digest,
            }
        )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MANY, [by.person_id, by.label, orjson.dumps(rows).decode()])
        added = {row[0] for row in cursor.fetchall()}
    return added, {name: digest for name, digest in digests.items() if name not in added}


def content_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the event's canonical JSON (sorted keys): equal for equal content, however it was written."""
    recorded = clock.as_instant(datetime.fromisoformat(document["recorded_at"]))
    canonical = {**document, "recorded_at": recorded, "data": document.get("data") or {}}
    return hashlib.sha256(orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)).hexdigest()


def as_document(row: StoredEvent) -> dict[str, Any]:
    """The contract form of a stored event, as it is exported."""
    document: dict[str, Any] = {
        "id": row.event_id,
        "matter": row.matter_id,
        "kind": row.kind,
        "activity": row.activity,
        "occurred_at": row.occurred_at,
        "recorded_at": clock.as_instant(row.recorded_at),
        "agency": row.agency_code,
        "data": row.data,
    }
    for name in ("actors", "links", "source"):
        value = getattr(row, name)
        if value is not None:
            document[name] = value
    return document


def matter_events(matter_id: str) -> list[Event]:
    """The contract events of a matter in intake order, as the rules read them."""
    return events_of([matter_id]).get(matter_id, [])


def matters_about(party: str, act: str) -> list[str]:
    """The matters that state a violation, by its number, and a party, both in any of their events."""
    rows = StoredEvent.objects.unscoped("规则核对同一当事人的其他事项")
    stated = StatedViolation.objects.unscoped("规则核对同一违法行为的其他事项").filter(
        act=act, in_contract=True
    )
    of_party = rows.filter(matter_id=OuterRef("matter_id"), data__party__id=party, in_contract=True)
    return list(
        stated.filter(Exists(of_party)).values_list("matter_id", flat=True).distinct().order_by("matter_id")
    )


def events_of(matter_ids: Sequence[str]) -> dict[str, list[Event]]:
    """The contract events of some matters in intake order, in one query."""
    rows = StoredEvent.objects.unscoped("规则按事项读取全部事件")
    found: dict[str, list[Event]] = {}
    # As columns: making an object of every row cost more than the query.
    for seq, recorded_at, *told in (
        rows.filter(matter_id__in=matter_ids, in_contract=True)
        .order_by("seq")
        .values_list("seq", "recorded_at", *_AS_COLUMNS.values())
    ):
        document = dict(zip(_AS_COLUMNS, told, strict=True))
        document["recorded_at"] = clock.as_instant(recorded_at)
        found.setdefault(document["matter"], []).append(Event.from_json(document, seq))
    return found


_AS_COLUMNS: Final = {
    "id": "event_id",
    "matter": "matter_id",
    "kind": "kind",
    "activity": "activity",
    "occurred_at": "occurred_at",
    "agency": "agency_code",
    "data": "data",
    "actors": "actors",
    "links": "links",
    "source": "source",
}
