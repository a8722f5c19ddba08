"""Keeping when a part of the worker last came round, for the page of the system administrator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from plumbline.platform import clock

from .models import WorkerPass


@contextmanager
def came_round(part: str, *, unless: bool = False) -> Iterator[None]:
    """Note that ``part`` ran, how long it took, and the type of what stopped it; ``unless`` leaves a good one out."""
    began, fault = time.monotonic(), ""
    try:
        yield
    except Exception as stopped:
        fault = type(stopped).__name__
        raise
    finally:
        if fault or not unless:
            _note(part, seconds=time.monotonic() - began, fault=fault)


def _note(part: str, *, seconds: float, fault: str) -> None:
    # One statement: two workers of one site must not race for the row.
    row = WorkerPass(part=part, at=clock.now(), seconds=round(seconds, 3), fault=fault[:120])
    WorkerPass.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["part"], update_fields=["at", "seconds", "fault"]
    )
