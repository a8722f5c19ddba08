"""The desk on half a million cases: case page, list, search, desk, through the real WSGI application.

    python -m bench.bench_half_million --folder DIR [--asked 40] [--only WORDS] [--queries]
    python -m bench.bench_half_million --database-url postgresql://APP@…

The database is made by ``bench.big_district``. Pages are asked for with the role of the deployed website, row-level
security on, by people with a session. Each measure asks for addresses that differ (other cases, words, cursors); the measures take
turns, so that what else the machine does falls on all of them alike. The ratio is to the median of the baseline of the same run: the
help page, which goes through the same middleware, session, rights, menu and template and asks nothing of the cases. Exit code 1
when a p95 is over ``LIMIT`` or a case page takes more than ``QUERIES`` queries.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from pathlib import Path
from typing import Any

LIMIT = 150.0
QUERIES = 25
BASELINE = "baseline: the help page"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_half_million")
    parser.add_argument(
        "--folder", type=Path, help="data folder of the embedded server, as big_district made it"
    )
    parser.add_argument("--database-url", help="the website's own account on another server")
    parser.add_argument("--asked", type=int, default=40, help="how often each measure is asked for")
    parser.add_argument("--only", default="", help="only measures whose words contain this")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if bool(chosen.folder) == bool(chosen.database_url):
        parser.error("either --folder or --database-url")
    if chosen.database_url:
        return _measured(chosen, chosen.database_url)
    from plumbline.project.database_server import DatabaseServer

    server = DatabaseServer(chosen.folder / "postgres")
    server.start()
    try:
        return _measured(chosen, server.url())
    finally:
        server.stop()


def _measured(chosen: argparse.Namespace, url: str) -> int:
    os.environ["PLUMBLINE_DATABASE_URL"] = url
    from plumbline.project.wsgi import application

    from .half_million.asking import Measure, Visitor
    from .half_million.questions import measures

    rng = random.Random(chosen.seed)
    wanted = [each for each in measures(rng, chosen.asked) if chosen.only in each.words]
    baseline = Measure(BASELINE, "zhou", ["/help"])
    visitors = {name: Visitor(application, name) for name in {each.who for each in wanted} | {"zhou"}}
    for each in (baseline, *wanted):  # what is loaded once a process is loaded now
        visitors[each.who].ask(each.addresses[-1])
    for turn in range(chosen.asked):
        for each in (baseline, *wanted):
            visitors[each.who].ask(each.addresses[turn % len(each.addresses)], each)
    return _print([baseline, *wanted], baseline)


def _print(found: list[Any], baseline: Any) -> int:
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('plumbline.scope', '*', false)")
        cursor.execute(
            "SELECT count(*), (SELECT reltuples::bigint FROM pg_class WHERE relname = 'events') FROM cases"
        )
        cases, events = cursor.fetchone()
        cursor.execute("SELECT current_user, current_setting('server_version')")
        role, server = cursor.fetchone()
    print(
        f"{cases:,} cases, {events:,} events; Python {sys.version.split()[0]}, Django {django.__version__}, PostgreSQL {server},"
        f" role {role}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {len(baseline.times)} requests each"
    )
    print(
        f"{'':<58}{'who':<12}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'of it SQL':>10}{'own CPU':>9}{'ratio':>7}"
    )
    failed = []
    for each in found:
        middle = statistics.median(each.in_database)
        over = each.at(0.95) > LIMIT or (each.words.startswith("case page") and max(each.queries) > QUERIES)
        print(
            f"{each.words:<58}{each.who:<12}{max(each.queries):>8}{each.median:>9.1f}{each.at(0.95):>9.1f}"
            f"{middle:>10.1f}{statistics.median(each.processor):>9.1f}{each.median / baseline.median:>7.1f}{'  over' if over else ''}"
        )
        if over:
            failed.append(each)
    for each in failed:
        print(f"slowest of {each.words}: {each.slowest[0]:.0f} ms {each.slowest[1]}")
    print(f"{len(failed)} of {len(found)} over {LIMIT:.0f} ms at p95, or a case page over {QUERIES} queries")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
