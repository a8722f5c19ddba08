"""Inserting 20,000 events: ``insert_rows`` as a ratio to Django's ``bulk_create`` in the same run, same rows.

python -m bench.bench_bulk
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench.database import empty_database

ROWS = 20_000
RUNS = 3


def main() -> None:
    with empty_database():
        from django.db import transaction

        from plumbline.platform import clock
        from plumbline.platform.bulk import insert_rows
        from plumbline.platform.events.models import StoredEvent

        def rows() -> list[Any]:
            return [
                StoredEvent(
                    event_id=f"E{n}",
                    matter_id=f"M{n // 12}",
                    kind="penalty",
                    activity="case_filed",
                    occurred_at="2026-03-02",
                    occurred_on=date(2026, 3, 2),
                    recorded_at=clock.now(),
                    agency_code="AG-1",
                    actors=[{"id": "17010001", "role": "officer"}],
                    data={"item": "CG-101", "domain": "other", "party": {"kind": "organisation"}},
                    by_label="系统",
                    digest="0" * 64,
                )
                for n in range(ROWS)
            ]

        def timed(write: Callable[[list[Any]], object]) -> float:
            took = []
            for _ in range(RUNS):
                made = rows()
                with transaction.atomic():
                    began = time.perf_counter()
                    write(made)
                    took.append(time.perf_counter() - began)
                    transaction.set_rollback(True)
            return statistics.median(took)

        slow = timed(lambda made: StoredEvent.objects.bulk_create(made, batch_size=1000))
        fast = timed(insert_rows)
        print(f"{ROWS} events, median of {RUNS}: bulk_create {slow:.2f} s, insert_rows {fast:.2f} s")
        print(f"ratio: {slow / fast:.1f} x")


if __name__ == "__main__":
    main()
