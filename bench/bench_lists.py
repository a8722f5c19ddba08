"""10,000 rows through a list: read from a workbook with dry run, compared, taken over, reviewed, published, exported.

    python -m bench.bench_lists [--rows 10000] [--baseline PYTHON]

Each step's seconds are printed, and the whole against the 60 seconds it may take. The baseline is openpyxl 3.1 reading every cell of the
same workbook bare (``read_only``, values only, no checks): ``--baseline`` names a Python that has it, for it is no dependency of ours. Runs in a
database of its own, which is removed afterwards.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from .database import empty_database

T = TypeVar("T")
OPENPYXL = """
import sys, time, openpyxl
start, cells = time.perf_counter(), 0
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
for sheet in book.worksheets:
    for row in sheet.iter_rows(values_only=True):
        cells += sum(value is not None for value in row)
print(cells, time.perf_counter() - start)
"""


class Timed:
    def __init__(self) -> None:
        self.total = 0.0

    def __call__(self, label: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        done = work()
        seconds = time.perf_counter() - start
        self.total += seconds
        print(f"{label:<28}{seconds:8.2f} s", flush=True)
        return done


def rows_of(count: int, organisation: str) -> list[dict[str, Any]]:
    return [
        {
            "item": f"X-{number:05d}",
            "violation": f"第 {number} 项违法行为，擅自处置建筑垃圾或者沿途遗撒",
            "domain": "housing_construction",
            "basis": "《城市建筑垃圾管理规定》第二十六条（部门规章）；《固体废物污染环境防治法》第一百一十一条（法律）",
            "kinds": "警告、罚款",
            "ranges": f"{organisation} 5000 至 {50000 + number}",
        }
        for number in range(count)
    ]


def measure(count: int, folder: Path, baseline: str) -> int:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from plumbline.apps.registers import actions
    from plumbline.apps.registers.queries import Wanted
    from plumbline.apps.registers.tests.world import DEPARTMENT, ITEMS, build, workbook
    from plumbline.apps.registers.web.listing import workbook_of
    from plumbline.platform import clock
    from plumbline.platform.jobs.models import Job, JobState
    from plumbline.platform.jobs.running import run_now
    from plumbline.platform.lists import find_register
    from plumbline.vocabulary import load_vocabulary

    world, timed = build(), Timed()
    keeper, reviewer = world.actor(world.keeper), world.actor(world.reviewer)
    content = workbook(ITEMS, rows_of(count, load_vocabulary().enums["range_party"]["organization"]))
    path = folder / "list.xlsx"
    path.write_bytes(content)
    print(f"{count} rows, {len(content) / 1e6:.1f} MB")
    upload = timed(
        "check and keep the file",
        lambda: actions.upload_list(
            actor=keeper,
            register=ITEMS,
            agency=DEPARTMENT,
            file=SimpleUploadedFile("list.xlsx", content),
            whole=False,
        ),
    )
    job = timed("read, dry run, compare", lambda: run_now(Job.objects.get(pk=upload.job)))
    assert job.state == JobState.DONE and job.result["figures"][0]["value"] == count, (job.state, job.message)
    read = timed.total
    upload.refresh_from_db()
    draft = timed(
        "take over into the draft",
        lambda: actions.take_over_upload(actor=keeper, upload=upload, reason="批量"),
    )
    start = clock.today() + timedelta(days=1)
    timed("submit", lambda: actions.submit_revision(actor=keeper, revision=draft, effective_on=start))
    timed("approve", lambda: actions.approve_revision(actor=reviewer, revision=draft))
    timed("publish: dated rows", lambda: actions.publish_revision(actor=reviewer, revision=draft))
    register = find_register(ITEMS)
    assert register is not None
    wanted = Wanted(register, start)
    timed("page of the list", lambda: (wanted.page(0, 51), wanted.count()))
    exported = timed("export", lambda: workbook_of(wanted, keeper))
    assert wanted.count() == count + 2 and exported[:2] == b"PK"
    print(
        f"{'all of it':<28}{timed.total:8.2f} s  (may take 60 s: {'kept' if timed.total <= 60 else 'MISSED'})"
    )
    if baseline:
        said = subprocess.run(
            [baseline, "-c", OPENPYXL, str(path)], capture_output=True, text=True, check=True
        )
        cells, seconds = said.stdout.split()
        ratio = read / float(seconds)
        print(
            f"openpyxl reads {cells} cells bare in {float(seconds):.2f} s; ours keeps, reads, checks and compares in {read:.2f} s: {ratio:.2f} x"
        )
    return 0 if timed.total <= 60 else 1


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=10_000)
    words.add_argument("--baseline", default="", metavar="PYTHON", help="a Python that has openpyxl 3.1")
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as name, empty_database():
        return measure(given.rows, Path(name), given.baseline)


if __name__ == "__main__":
    sys.exit(main())
