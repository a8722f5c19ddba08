"""The outbox: what subscribers owe after an event, in the same transaction, retried until done.

Each subscriber owes at most one message a matter. It is idempotent: it looks at the matter as it stands and brings its
own tables in line. Messages are worked off right after commit in the process that wrote them; whatever fails or is
left over is the worker's, with growing pauses, for ever. After ``ESCALATE_AFTER`` failures a person is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import orjson
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import LockNotAvailable

from plumbline.platform import clock
from plumbline.platform.scope.rows import whole_district

from .models import OutboxMessage

log = logging.getLogger(__name__)

ESCALATE_AFTER = 8
BATCH = 200
LONGEST_PAUSE = timedelta(hours=1)
# Far less than the second after which PostgreSQL looks for those who wait for each other.
PATIENCE_MS = 50

Handler = Callable[[str, frozenset[str]], None]
BatchHandler = Callable[[Mapping[str, frozenset[str]]], None]


@dataclass(frozen=True)
class Subscriber:
    """``handle`` takes one matter; ``handle_many``, where given, takes a batch in one go and means the same."""

    name: str
    handle: Handler
    order: int
    handle_many: BatchHandler | None = None


_SUBSCRIBERS: dict[str, Subscriber] = {}
_ESCALATIONS: list[Callable[[OutboxMessage], None]] = []


def subscriber(
    name: str, *, order: int = 50, many: BatchHandler | None = None
) -> Callable[[Handler], Handler]:
    """Subscribe ``handle(matter_id, activities)`` to every event; lower ``order`` runs first after a commit."""

    def register(handle: Handler) -> Handler:
        _SUBSCRIBERS[name] = Subscriber(name, handle, order, many)
        return handle

    return register


def on_escalation(tell: Callable[[OutboxMessage], None]) -> Callable[[OutboxMessage], None]:
    """Register who is told when a message has failed ``ESCALATE_AFTER`` times."""
    _ESCALATIONS.append(tell)
    return tell


def subscribers() -> dict[str, Subscriber]:
    return dict(_SUBSCRIBERS)


def owe(matter_id: str, activities: Iterable[str], *, to: Sequence[str] | None = None) -> None:
    """Owe the subscribers named in ``to`` (every one when left out) a message for ``matter_id``; joins an unworked one.

    Worked off after commit.
    """
    owe_many({matter_id: tuple(activities)}, to=to)
    if settings.OUTBOX_INLINE and to != ():
        transaction.on_commit(lambda: work_off([matter_id]), robust=True)


def owe_many(matters: Mapping[str, Iterable[str]], *, to: Sequence[str] | None = None) -> None:
    """Owe subscribers (every one when left out) one message for each matter, in one statement; the worker takes them."""
    names = list(_SUBSCRIBERS if to is None else to)
    if not matters or not names:
        return
    owed = [{"key": key, "activities": sorted(activities)} for key, activities in matters.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox (subscriber, key, activities, attempts, next_attempt_at, last_error)"
            " SELECT subscriber, key, activities, 0, %s, '' FROM unnest(%s::text[]) AS subscriber,"
            " json_to_recordset(%s) AS owed(key text, activities text[])"
            " ON CONFLICT (subscriber, key) DO UPDATE SET next_attempt_at = excluded.next_attempt_at, attempts = 0,"
            " activities = (SELECT array_agg(DISTINCT a) FROM unnest(outbox.activities || excluded.activities) a)",
            [clock.now(), names, orjson.dumps(owed).decode()],
        )


def work_off(matters: Collection[str] | None = None, *, limit: int = 2000) -> int:
    """Work off due messages (of some matters only, when they are named); returns how many were taken."""
    taken = 0
    with whole_district():
        for name in sorted(_SUBSCRIBERS, key=lambda each: _SUBSCRIBERS[each].order):
            while taken < limit:
                worked = _work_some(_SUBSCRIBERS[name], matters)
                taken += worked
                if worked < BATCH:
                    break
    return taken


def _work_some(to: Subscriber, matters: Collection[str] | None) -> int:
    """Take up to ``BATCH`` due messages of one subscriber; where somebody holds a row of one, singly, and that one later."""
    try:
        return _work_batch(to, matters)
    except OperationalError as fault:
        if not _held(fault):
            raise
    taken = 0
    keys = list(_due(to, matters).values_list("key", flat=True)[:BATCH])
    for key in keys if len(keys) > 1 else ():
        try:
            taken += _work_batch(to, [key])
        except OperationalError as fault:
            if not _held(fault):
                raise
    return taken


def _held(fault: OperationalError) -> bool:
    return isinstance(fault.__cause__, LockNotAvailable)


def _due(to: Subscriber, matters: Collection[str] | None) -> QuerySet[OutboxMessage]:
    due = OutboxMessage.objects.filter(subscriber=to.name, next_attempt_at__lte=clock.now())
    if matters is not None:
        due = due.filter(key__in=matters)
    return due.order_by("next_attempt_at")


def _work_batch(to: Subscriber, matters: Collection[str] | None) -> int:
    """Take due messages under row locks; a failure is kept, not raised.

    Raises OperationalError when somebody holds a row that is needed. Whoever acts on a matter holds its rows and then owes a
    message: were they waited for with that message in hand, each would wait for the other, and the person be the one to lose.
    """
    with transaction.atomic():
        _wait_for_rows(PATIENCE_MS)
        messages = list(_due(to, matters).select_for_update(skip_locked=True)[:BATCH])
        if not _done_together(to, messages):
            for message in messages:
                _work_one(to, message)
        _wait_for_rows("DEFAULT")
    return len(messages)


def _wait_for_rows(how_long: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout TO {how_long}")


def _done_together(to: Subscriber, messages: Sequence[OutboxMessage]) -> bool:
    if len(messages) < 2 or to.handle_many is None:
        return False
    try:
        with transaction.atomic():
            to.handle_many({message.key: frozenset(message.activities) for message in messages})
    except Exception as fault:
        if isinstance(fault, OperationalError) and _held(fault):
            raise
        log.exception("outbox: %s failed on a batch of %d; taking them singly", to.name, len(messages))
        return False
    OutboxMessage.objects.filter(pk__in=[message.pk for message in messages]).delete()
    return True


def _work_one(to: Subscriber, message: OutboxMessage) -> None:
    try:
        with transaction.atomic():
            to.handle(message.key, frozenset(message.activities))
    except Exception as fault:
        if isinstance(fault, OperationalError) and _held(fault):
            raise
        log.exception("outbox: %s failed on %s", to.name, message.key)
        _put_off(message, fault)
    else:
        message.delete()


def _put_off(message: OutboxMessage, fault: Exception) -> None:
    message.attempts += 1
    pause = min(LONGEST_PAUSE, timedelta(seconds=5 * 2**message.attempts))
    message.next_attempt_at = clock.now() + pause
    message.last_error = f"{type(fault).__name__}: {fault}"[:2000]
    if message.attempts >= ESCALATE_AFTER and message.escalated_at is None:
        message.escalated_at = clock.now()
        for tell in _ESCALATIONS:
            tell(message)
    message.save()
