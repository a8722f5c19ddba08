"""A database with half a million cases, the same at every run with the same seed.

    python -m bench.big_district --folder DIR [--cases 500000] [--patterns 1250] [--seed 20260201]
    python -m bench.big_district --database-url postgresql://OWNER@…   (an empty database, migrated, its owner's account)

The demonstration district is made first, through intake, rules and projections as always; then every one of its cases is
copied, with ids, officers, party, names, numbers and seconds of its own, together with its events (and their digests),
verdicts, tasks, requests, alerts and publications. A sample of the copies is then projected, judged and put to
tasks by the product's own code: nothing may change. Exit code 1 when anything does.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

#: The tables by the process that fills them.
LANES = (
    ("verdicts",),
    ("events",),
    ("cases", "case_step_entries", "publications", "case_officers", "case_tasks", "case_step_requests", "alerts", "parties"),
)  # fmt: skip
#: For a server that is only filled, beyond what any throw-away one has.
FILLING = ("max_wal_size=8GB",)
SAMPLE = 300


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.big_district")
    parser.add_argument(
        "--folder", type=Path, help="data folder of an embedded server, made where it is missing"
    )
    parser.add_argument("--database-url", help="an empty, migrated database instead")
    parser.add_argument("--cases", type=int, default=500_000)
    parser.add_argument("--patterns", type=int, default=1_250)
    parser.add_argument("--seed", type=int, default=20260201)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    chosen = parser.parse_args()
    if bool(chosen.folder) == bool(chosen.database_url):
        parser.error("either --folder or --database-url")
    if chosen.database_url:
        return _filled(chosen, chosen.database_url)
    from plumbline.project.database_server import OWNER, DatabaseServer

    chosen.folder.mkdir(parents=True, exist_ok=True)
    chosen.folder.chmod(0o755)  # for root the server runs as another account, which has to get in
    server = DatabaseServer(chosen.folder / "postgres", durable=False, further=FILLING)
    server.start()
    try:
        return _filled(chosen, server.url(OWNER))
    finally:
        server.stop()


def _filled(chosen: argparse.Namespace, url: str) -> int:
    os.environ["PLUMBLINE_DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "plumbline.project.settings"
    if chosen.folder:
        os.environ["PLUMBLINE_DATA_DIR"] = str(chosen.folder)
    import django
    from django.core.management import call_command

    django.setup()
    from plumbline.apps.cases.models import Case
    from plumbline.project.demo.seeding import seed

    from .half_million.copying import COPIED, measured
    from .half_million.people import add_teams

    began = at = time.monotonic()
    call_command("migrate", verbosity=0)
    seed(count=chosen.patterns, seed_number=chosen.seed, say=lambda text: print(text, flush=True))
    if Case.objects.unscoped("样本").filter(matter_id__regex=COPIED).exists():
        print("the database holds copies already; it is left as it is", file=sys.stderr)
        return 2
    at = measured(at, "the demonstration district, judged")
    print(f"{add_teams(random.Random(chosen.seed + 7))} further officers")
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        plan, found = _plan(connection, chosen, url)
        at = measured(at, f"{len(found)} patterns read")
        written = _in_processes(connection, plan, found, threads=chosen.processes)
        _settle(connection, plan)
        at = measured(at, f"{written:,} copies written, with indexes, constraints and statistics")
        for table in chain.from_iterable(LANES):
            (rows, size), *_ = connection.execute(
                "SELECT reltuples::bigint, pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class WHERE oid = %s::regclass",
                [table],
            ).fetchall()
            print(f"  {table:<20}{rows:>12,}{size:>10}")
    changed = _proved(random.Random(chosen.seed + 8))
    measured(at, f"{SAMPLE} copies projected, judged and put to tasks anew, {changed} rows changed")
    measured(began, "all")
    return 1 if changed else 0


def _plan(connection: Any, chosen: argparse.Namespace, url: str) -> tuple[Any, list[Any]]:
    from plumbline.apps.cases.models import CaseNumberSeries
    from plumbline.apps.publicity.models import Publication
    from plumbline.platform.identity.models import Person

    from .half_million.copying import Plan
    from .half_million.patterns import patterns
    from .half_million.people import first_team

    found = patterns(connection)

    def last(table: str) -> int:
        return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    requests = [str(row[0]) for row in connection.execute("SELECT id FROM case_step_requests ORDER BY id")]
    in_series = Counter(pattern.series for pattern in found if pattern.series)
    marks = {f"{each.agency.document_mark}〔{each.year}〕": each.last for each in
             CaseNumberSeries.objects.filter(series="case").select_related("agency")}  # fmt: skip
    persons = dict(Person.objects.exclude(certificate_number="").values_list("certificate_number", "pk"))
    plan = Plan(
        url=url,
        seed=chosen.seed,
        copies=max(0, chosen.cases // len(found) - 1),
        first_case=last("cases"),
        first_party=last("parties"),
        request_ids={name: at for at, name in enumerate(requests, start=1)},
        first_request=last("case_step_requests"),
        persons=persons,
        officers=first_team(persons),
        last_numbers={name: marks.get(name, 0) or 10_000 for name in in_series},
        in_series=in_series,
        publication_columns=[f.column for f in Publication._meta.concrete_fields if f.column != "id"],
    )
    return plan, found


def _in_processes(connection: Any, plan: Any, found: list[Any], *, threads: int) -> int:
    """Fill the tables, a process for each lane; the indexes of one that is done are made while the other is filled."""
    from .half_million.bare_tables import Restoring, without_foreign_keys
    from .half_million.copying import measured, write_tables

    began, written = time.monotonic(), 0
    foreign_keys = without_foreign_keys(connection, list(chain.from_iterable(LANES)))
    restoring = Restoring(plan.url, threads=threads, say=lambda text: print(text, flush=True))
    with ProcessPoolExecutor(len(LANES), mp_context=get_context("spawn"), initializer=_set_up) as pool:
        filling = {pool.submit(write_tables, plan, found, tables): tables for tables in LANES}
        for done in as_completed(filling):
            written, taken = done.result()
            measured(began, f"  {', '.join(filling[done])} written")
            restoring.begin(taken)
    restoring.finish(foreign_keys)
    return written


def _set_up() -> None:
    import django

    django.setup()


def _settle(connection: Any, plan: Any) -> None:
    """Sequences and the last case numbers stand after what was written."""
    for table in ("cases", "parties", "case_step_requests"):
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))"
        )
    for series, count in plan.in_series.items():
        mark, year = series[:-1].rsplit("〔", 1)
        connection.execute(
            "UPDATE case_number_series s SET last = greatest(s.last, %s) FROM identity_agency a"
            " WHERE a.code = s.agency_id AND a.document_mark = %s AND s.year = %s AND s.series = 'case'",
            [plan.last_numbers[series] + plan.copies * count, mark, int(year)],
        )


def _proved(rng: random.Random) -> int:
    """How many rows the product's own code would change in a sample of the copies."""
    from django.db import connection

    from plumbline.apps.cases.models import Case, CaseTask
    from plumbline.apps.cases.projection import PROJECTED, project_many
    from plumbline.apps.cases.task_rows import COLUMNS, refresh_many
    from plumbline.platform.events.log import as_document, content_digest
    from plumbline.platform.events.models import StoredEvent
    from plumbline.platform.verdicts.evaluation import COMPARED, recompute_many
    from plumbline.platform.verdicts.models import StoredVerdict

    connection.ensure_connection()
    cases = Case.objects.unscoped("抽样核对")
    last = cases.order_by("-pk").values_list("pk", flat=True)[0]
    chosen = list(
        cases.filter(pk__in=rng.sample(range(1, last + 1), min(SAMPLE, last))).values_list(
            "matter_id", flat=True
        )
    )

    def told() -> dict[Any, Any]:
        rows = cases.filter(matter_id__in=chosen)
        return (
            {("case", row[0]): row for row in rows.values_list("pk", *PROJECTED, "due_on", "due_unit", "standing")}
            | {("task", *row[:2]): row for row in CaseTask.objects.unscoped("抽样核对").filter(case__in=rows).values_list("case_id", "key", *COLUMNS)}
            | {("verdict", *row[:3]): row for row in StoredVerdict.objects.unscoped("抽样核对").filter(matter_id__in=chosen).values_list("matter_id", "rule", "subject", *COMPARED)}
        )  # fmt: skip

    before = told()
    project_many(chosen)
    recompute_many(chosen)
    refresh_many(chosen)
    after = told()
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    for key in sorted(differing, key=str)[:10]:
        print(f"  {key}: {before.get(key)} -> {after.get(key)}", file=sys.stderr)
    events = StoredEvent.objects.unscoped("抽样核对").filter(matter_id__in=chosen)
    wrong = sum(content_digest(as_document(row)) != row.digest for row in events)
    print(
        f"  {len(chosen)} cases, {len(before):,} rows compared, {events.count():,} digests checked, {wrong} wrong"
    )
    return len(differing) + wrong


if __name__ == "__main__":
    sys.exit(main())
