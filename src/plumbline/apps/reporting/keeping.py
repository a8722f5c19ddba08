"""Facts kept from the event log: read on from where the last reading stopped, a batch of matters in a transaction.

Idempotent: a matter is counted anew from all its events; what is new is added, what no longer counts is ended with its
reason. Nothing hangs on an action's own transaction, so that casework and imports pay nothing for statistics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction

from plumbline.apps.agencies.contract import all_valid_certificates
from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.events.log import events_of
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Matter

from .counting import COUNTED, EDITION, Counted, facts_of
from .models import Fact, Reading

MATTERS = 400
#: What was received within this time is read again: a transaction that began earlier may commit later.
OVERLAP = timedelta(minutes=2)
WHY_GONE = {
    "voided": "事件已作废",
    "changed": "案件事件变更后不再符合统计口径，或者改计其他栏目",
    "certificate": "证件在统计日不再有效",
}


def catch_up(*, most: int | None = None) -> bool:
    """Count what the log has gained since the last reading; False when ``most`` matters were not enough."""
    with whole_district(), transaction.atomic():
        reading, _ = Reading.objects.select_for_update().get_or_create(pk=1)
        now = clock.now()
        if reading.edition != EDITION:
            # A matter is counted anew from all its events, so that reading it again adds what is new and nothing twice.
            reading.seq, reading.head, reading.edition = 0, 0, EDITION
        rows = StoredEvent.objects.unscoped("统计读取事件").filter(seq__gt=reading.seq)
        fresh, head, whole = _matters(rows.filter(seq__gt=reading.head), most)
        if whole:
            # Once more what has just been received: a transaction that began earlier may have committed since.
            again, _, all_of_them = _matters(rows.filter(seq__lte=reading.head), most)
            fresh += [each for each in again if each not in set(fresh)] if all_of_them else []
            head = rows.order_by("-seq").values_list("seq", flat=True).first() or head
        for start in range(0, len(fresh), MATTERS):
            count_anew(fresh[start : start + MATTERS], now=now)
        _keep_certificates(reading, now)
        reading.head = max(reading.head, head)
        if whole and all_of_them:
            settled = rows.filter(received_at__lt=now - OVERLAP).order_by("-seq")
            reading.seq = max(reading.seq, settled.values_list("seq", flat=True).first() or 0)
        reading.at = now
        reading.save()
    return whole


def _matters(rows: Any, most: int | None) -> tuple[list[str], int, bool]:
    """The first ``most`` matters of some events, the last event they were read to, and whether these were all."""
    found: dict[str, None] = {}
    head = 0
    told = rows.filter(activity__in=COUNTED).order_by("seq").values_list("matter_id", "seq")
    for matter, seq in told.iterator(chunk_size=2000):
        if matter not in found and most is not None and len(found) == most:
            return list(found), head, False
        found[matter] = None
        head = seq
    return list(found), head, True


def as_of() -> datetime | None:
    """When facts were last read from the log."""
    return Reading.objects.values_list("at", flat=True).first()


def count_anew(matters: Sequence[str], *, now: datetime) -> None:
    """Bring the facts of some matters in line with their events."""
    agencies = set(Agency.objects.values_list("code", flat=True))
    converted = set(
        StoredEvent.objects.unscoped("统计读取事件")
        .filter(matter_id__in=matters, activity="inspection_converted")
        .values_list("matter_id", flat=True)
    )
    wanted: dict[tuple[str, str], tuple[str, Counted]] = {}
    standing: set[str] = set()
    for name, events in events_of(matters).items():
        kept = Matter.of(events, now).events
        standing.update(each.id for each in kept)
        for fact in facts_of(kept, converted=name in converted):
            if fact.agency in agencies:
                wanted[fact.event_id, fact.measure] = (name, fact)
    _bring_in_line(
        Fact.objects.unscoped("统计").filter(matter_id__in=matters, gone_at=None), wanted, standing, now
    )


def _bring_in_line(
    rows: Iterable[Fact],
    wanted: dict[tuple[str, str], tuple[str, Counted]],
    standing: set[str],
    now: datetime,
) -> None:
    ended: list[Fact] = []
    undone: list[Fact] = []
    for row in rows:
        told = wanted.get((row.event_id, row.measure))
        if told is None or not _same(row, told[1]):
            row.gone_at = now
            row.gone_because = WHY_GONE["changed" if row.event_id in standing else "voided"]
            ended.append(row)
            continue
        del wanted[row.event_id, row.measure]
        if row.undone_on != told[1].undone_on:
            row.undone_on, row.undone_at = told[1].undone_on, now
            undone.append(row)
    fresh = [_row(matter, fact, now) for matter, fact in wanted.values()]
    update_rows(ended, ["gone_at", "gone_because"])
    update_rows(undone, ["undone_on", "undone_at"])
    insert_rows(fresh)
    _add_up(fresh, ended)


def _add_up(fresh: Iterable[Fact], ended: Iterable[Fact]) -> None:
    """Add new facts to the totals and take ended ones off; whoever reads the log holds the one row of ``Reading``."""
    changes: dict[tuple[str, str, int, int, str], list[int]] = {}
    for sign, rows in ((1, fresh), (-1, ended)):
        for row in rows:
            change = changes.setdefault(
                (row.agency_id, row.measure, row.year, row.on.month, row.item), [0, 0]
            )
            change[0] += sign
            change[1] += sign * (row.amount_fen or 0)
    told = [
        dict(
            zip(
                ("agency_id", "measure", "year", "month", "item", "number", "amount_fen"),
                (*key, *change),
                strict=True,
            )
        )
        for key, change in changes.items()
        if change != [0, 0]
    ]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_UP, [orjson.dumps(told).decode()] * 2)


_ADD_UP = """
    WITH given AS (SELECT * FROM json_to_recordset(%s) AS g(agency_id text, measure text, year int, month int, item text,
        number int, amount_fen bigint)), known AS (
    UPDATE counted_totals t SET number = t.number + given.number, amount_fen = t.amount_fen + given.amount_fen FROM given
        WHERE (t.agency_id, t.measure, t.year, t.month, t.item)
            = (given.agency_id, given.measure, given.year, given.month, given.item))
    INSERT INTO counted_totals (agency_id, measure, year, month, item, number, amount_fen)
    SELECT agency_id, measure, year, month, item, number, amount_fen
    FROM json_to_recordset(%s) AS g(agency_id text, measure text, year int, month int, item text, number int, amount_fen bigint)
    WHERE NOT EXISTS (SELECT FROM counted_totals t WHERE (t.agency_id, t.measure, t.year, t.month, t.item)
        = (g.agency_id, g.measure, g.year, g.month, g.item))"""


def _same(row: Fact, fact: Counted) -> bool:
    return (row.agency_id, row.on, row.item, row.amount_fen) == (
        fact.agency,
        fact.on,
        fact.item,
        fact.amount_fen,
    )


def _row(matter: str, fact: Counted, now: datetime) -> Fact:
    return Fact(
        agency_id=fact.agency, measure=fact.measure, matter_id=matter, event_id=fact.event_id, on=fact.on,
        year=fact.on.year, item=fact.item[:50], amount_fen=fact.amount_fen, known_at=now, undone_on=fact.undone_on,
        undone_at=now if fact.undone_on else None,
    )  # fmt: skip


def _keep_certificates(reading: Reading, now: datetime) -> None:
    """Once a day, who held a valid certificate at the end of the last two years, and who holds one today."""
    today = clock.today()
    if reading.certificates_on == today:
        return
    for year in (today.year - 2, today.year - 1, today.year):
        count_certificates(year, now=now)
    reading.certificates_on = today


def count_certificates(year: int, *, now: datetime) -> None:
    """The certificates valid at the end of a year (today, in the year that is running), one fact each, under 1 January."""
    day = min(date(year, 12, 31), clock.today())
    wanted = {
        (f"cert:{number}:{year}", "certificate.valid"): (
            number,
            Counted(f"cert:{number}:{year}", "certificate.valid", agency, date(year, 1, 1)),
        )
        for number, agency in all_valid_certificates(day)
    }
    rows = Fact.objects.unscoped("统计").filter(measure="certificate.valid", year=year, gone_at=None)
    gone = [row for row in rows if (row.event_id, row.measure) not in wanted]
    for row in gone:
        row.gone_at, row.gone_because = now, WHY_GONE["certificate"]
    update_rows(gone, ["gone_at", "gone_because"])
    kept = [row for row in rows if row.gone_at is None]
    _bring_in_line(kept, wanted, set(), now)
    _add_up((), gone)
