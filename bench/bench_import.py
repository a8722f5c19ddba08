"""Importing contract events into the platform, as a ratio to a bare COPY of the same rows.

    python -m bench.bench_import [--events 100000] [--profile]

Starts a durable embedded PostgreSQL, migrates, builds the demonstration district, writes lawful case histories to a
file and imports it as ``plumbline import`` does: as the serving role, behind row-level security, insert-only triggers
and indexes on. The baseline is COPY of the very same rows into a table of the same columns and indexes with neither
wall nor trigger. Checking (case rows, every rule on every matter touched, alerts) is timed apart, because it runs in
the worker after the import has been committed.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from plumbline.project.database_server import OWNER, DatabaseServer

PLUMBLINE = (sys.executable, "-m", "plumbline.project.cli")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_import")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1, help="baseline rounds; the median counts")
    parser.add_argument("--no-check", action="store_true", help="leave out the checking")
    parser.add_argument(
        "--profile", action="store_true", help="print where the import and the checking spend time"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = DatabaseServer(folder / "postgres")
        server.start()
        try:
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
                "PLUMBLINE_DATABASE_URL": server.url(),
                "PLUMBLINE_DATA_DIR": str(folder / "data"),
            }
            owner = {"PLUMBLINE_OWNER_DATABASE_URL": server.url(OWNER)}
            subprocess.run([*PLUMBLINE, "migrate", "--quiet"], env=os.environ | owner, check=True)
            _measure(chosen, folder, server)
        finally:
            server.stop()
    return 0


def _measure(chosen: argparse.Namespace, folder: Path, server: DatabaseServer) -> None:
    import django

    django.setup()
    from django.conf import settings

    from plumbline.platform.events.outbox import work_off
    from plumbline.platform.identity.actor import system_actor
    from plumbline.surfaces.exchange.importing import import_events

    settings.OUTBOX_INLINE = False
    path = folder / "events.jsonl"
    events = _write_events(path, chosen.events)

    def take_in() -> Any:
        with path.open("rb") as lines:
            return import_events(lines, actor=system_actor("import"), check=False)

    def check() -> int:
        taken = 0
        while step := work_off(limit=2000):
            taken += step
        return taken

    imported, wall, cpu = _timed(take_in, profile=chosen.profile)
    assert imported.intake is not None and imported.intake.added == events, imported.errors[:3]
    bare = statistics.median(_copy(server, drop=True) for _ in range(chosen.rounds))
    replayed, again, _ = _timed(take_in)
    assert replayed.intake is not None and replayed.intake.added == 0
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {events:,} events, "
        f"{len(imported.intake.matters):,} matters, {path.stat().st_size / 1e6:.0f} MB"
    )
    row = "{:<46}{:>10}{:>10}{:>12}"
    print(row.format("", "wall s", "CPU s", "× baseline"))
    print(row.format("baseline: COPY of the same rows, bare table", f"{bare:.1f}", "", "1.0"))
    print(
        row.format("import: validate, compare, write, owe", f"{wall:.1f}", f"{cpu:.1f}", f"{wall / bare:.1f}")
    )
    print(row.format("the same file again: nothing changes", f"{again:.1f}", "", f"{again / bare:.1f}"))
    if not chosen.no_check:
        owed, wall, cpu = _timed(check, profile=chosen.profile)
        print(
            row.format(
                f"checking: {owed:,} outbox messages", f"{wall:.1f}", f"{cpu:.1f}", f"{wall / bare:.1f}"
            )
        )
        from plumbline.platform.verdicts.models import StoredVerdict

        stored = StoredVerdict.objects.unscoped("bench").count()
        print(f"{stored:,} verdicts stored")


def _write_events(path: Path, wanted: int) -> int:
    """Histories of the demonstration district until there are ``wanted`` events."""
    from django.db import transaction

    from plumbline.platform import clock
    from plumbline.platform.verdicts.registers import registers_changed
    from plumbline.project.demo.district import build
    from plumbline.project.demo.histories import histories

    rng = random.Random(1)
    with transaction.atomic():
        district = build(rng)
        registers_changed()
    written = 0
    with path.open("wb") as sink:
        for history in histories(district, rng, count=wanted // 8, now=clock.now()):
            for document in history.events[: wanted - written]:
                sink.write(orjson.dumps(document) + b"\n")
                written += 1
    return written


def _timed(work: Callable[[], Any], *, profile: bool = False) -> tuple[Any, float, float]:
    """Result, wall seconds and processor seconds of this process (the database server's own are not in them)."""
    recorder = cProfile.Profile() if profile else None
    wall, cpu = time.monotonic(), time.process_time()
    result = recorder.runcall(work) if recorder else work()
    spent = time.monotonic() - wall, time.process_time() - cpu
    if recorder:
        pstats.Stats(recorder).sort_stats("tottime").print_stats(25)
    return result, *spent


def _copy(server: DatabaseServer, *, drop: bool) -> float:
    """Seconds to COPY the imported rows into a bare table of the same columns and indexes, from memory."""
    import psycopg

    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("SELECT set_config('plumbline.scope', '*', false)")
        connection.execute("CREATE TABLE bare (LIKE events INCLUDING INDEXES)")
        with connection.cursor().copy("COPY events TO STDOUT") as source:
            rows = [bytes(block) for block in source]
        connection.commit()
        began = time.monotonic()
        with connection.cursor().copy("COPY bare FROM STDIN") as sink:
            for block in rows:
                sink.write(block)
        connection.commit()
        spent = time.monotonic() - began
        if drop:
            connection.execute("DROP TABLE bare")
            connection.commit()
    return spent


if __name__ == "__main__":
    sys.exit(main())
