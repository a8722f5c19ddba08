"""The submission that this thread is working on, kept together with what it does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from plumbline.platform import clock

from .models import Submission

KEPT_HOURS = 24
PATIENCE = 20.0  # seconds that a second sending waits for the first


@dataclass
class Current:
    """What a thread works on, and whether an action has refused it."""

    key: str
    refused: bool = False


_current: ContextVar[Current | None] = ContextVar("submission", default=None)


@contextmanager
def under(key: str) -> Iterator[Current]:
    """What is done inside belongs to the submission ``key``."""
    current = Current(key)
    before = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(before)


def keep_current() -> None:
    """Called inside the transaction of an action: the submission is done if, and only if, the action is."""
    if current := _current.get():
        Submission.objects.bulk_create([Submission(key=current.key)], ignore_conflicts=True)


def refuse_current() -> None:
    """Called when an action has refused: what was typed is not done with."""
    if current := _current.get():
        current.refused = True


@contextmanager
def alone_with(key: str) -> Iterator[bool]:
    """Whether this process has the submission for itself. A lock of the connection, so a killed process leaves none."""
    number = int(key[:15], 16)
    waited_until = time.monotonic() + PATIENCE
    while not (mine := _asked("SELECT pg_try_advisory_lock(%s)", number)):
        if time.monotonic() > waited_until:
            break
        time.sleep(0.1)
    try:
        yield mine
    finally:
        if mine:
            _asked("SELECT pg_advisory_unlock(%s)", number)


def _asked(statement: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        return bool(cursor.fetchone()[0])


def forget_old(*, now: datetime | None = None) -> None:
    """With the clocks of the worker: a page is not sent again after a day."""
    Submission.objects.filter(at__lt=(now or clock.now()) - timedelta(hours=KEPT_HOURS)).delete()
