"""Statistics pages over many counted facts: a measure by unit, month and item, with what stands out, its rows, the year's board.

    python -m bench.bench_stats [--facts 500000]

Facts of 25 agencies over five years are written straight into a database of its own, which is removed afterwards; the totals are added up
from them as the reader of the log adds them up. Each page is asked for five times through the real views by somebody with the district's
rights; the median is told with its ratio to the baseline of the same run: the bare ``GROUP BY`` over the facts that gives the same figures.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from .database import empty_database

_FACTS = """
    INSERT INTO counted_facts (agency_id, measure, matter_id, event_id, "on", year, item, amount_fen, known_at, gone_because)
    SELECT 'B-' || (n %% 25), (ARRAY['penalty.P01', 'penalty.P03', 'case.filed', 'case.closed', 'decision.served'])[1 + n %% 5],
        'M-' || (n / 5), 'E-' || n, day, extract(year FROM day), 'I-' || (n %% 97), 100000 + n %% 900000, now(), ''
    FROM (SELECT n, current_date - ((n::bigint * 7919) %% 1800)::int AS day FROM generate_series(1, %s) n) AS given"""
_TOTALS = """
    INSERT INTO counted_totals (agency_id, measure, year, month, item, number, amount_fen)
    SELECT agency_id, measure, year, extract(month FROM "on"), item, count(*), sum(amount_fen) FROM counted_facts GROUP BY 1, 2, 3, 4, 5"""
_BASELINE = """
    SELECT agency_id, count(*) FROM counted_facts WHERE gone_at IS NULL AND measure LIKE 'penalty.%%'
    AND "on" BETWEEN current_date - 365 AND current_date GROUP BY 1"""


def median_of(work: Callable[[], object], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def measure(facts: int) -> int:
    from datetime import timedelta

    from django.db import connection
    from django.test import Client

    from plumbline.apps.reporting.keeping import catch_up
    from plumbline.platform import clock
    from plumbline.platform.identity.models import Agency, Person, Post, Tenure

    for n in range(25):
        Agency.objects.create(
            code=f"B-{n}", name=f"单位{n}", short_name=f"单位{n}", kind="department", level="district", enforces=True
        )  # fmt: skip
    catch_up()
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [facts])
        cursor.execute(_TOTALS)
        cursor.execute("ANALYZE counted_facts, counted_totals")
    today = clock.today()
    person = Person.objects.create_person(login_name="bench-liu", display_name="监督员", password=None)
    post = Post.objects.create(
        agency_id="B-0", title="监督", capabilities=["supervision.supervise", "cases.view"], scope="district"
    )
    Tenure.objects.create(person=person, post=post, from_on=today - timedelta(days=1))
    client = Client(headers={"host": "localhost"})
    client.force_login(person)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_BASELINE)
            cursor.fetchall()

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    bare()
    baseline = median_of(bare)
    print(f"{facts} facts; baseline, the bare GROUP BY of a year: {baseline * 1000:.0f} ms", flush=True)
    period = f"from_on={today - timedelta(days=365)}&to_on={today}"
    for label, path in (
        ("by unit", f"/stats/penalty?{period}&by=unit"),
        ("by month", f"/stats/penalty?{period}&by=month"),
        ("by item", f"/stats/penalty?{period}&by=item"),
        ("in money, by unit", f"/stats/penalty.money?{period}&by=unit"),
        ("its rows", f"/stats/penalty/rows?{period}&by=unit&unit=B-3"),
        ("the list of measures", "/stats"),
        ("the board of a year", f"/reports/{today.year - 1}"),
    ):
        page(path)
        took = median_of(lambda p=path: page(p))  # type: ignore[misc]
        print(f"{label:<24}{took * 1000:8.0f} ms  {took / baseline:6.2f} x the baseline", flush=True)
    return 0


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--facts", type=int, default=500_000)
    given = words.parse_args()
    with empty_database():
        return measure(given.facts)


if __name__ == "__main__":
    sys.exit(main())
