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
    search(wanted)
    long_registers(count)
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


def timing(label: str, ours: Callable[[], object], baseline: Callable[[], object], against: str) -> None:
    """The median of five, and the same for the baseline in the same process; told as a ratio."""
    medians = []
    for work in (ours, baseline):
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
        medians.append(sorted(seconds)[2])
    mine, theirs = medians
    print(
        f"{label:<28}{mine * 1000:8.1f} ms  {against} {theirs * 1000:.1f} ms: {mine / theirs:.3f} x",
        flush=True,
    )


def search(wanted: Any) -> None:
    """Words in a long list: the index of pairs of characters, against reading every row and looking (what was done before)."""
    from dataclasses import replace

    from plumbline.apps.registers.searching import refresh
    from plumbline.platform.lists import remembering

    register, table = wanted.register, wanted.register.table

    def by_hand(words: str) -> int:
        rows = table.rows(None, wanted.on)
        return sum(any(words in column.show(row.values) for column in register.columns) for row in rows)

    start = time.perf_counter()
    number = refresh(register, table.standing(None, wanted.on))
    print(f"{'read the words once':<28}{time.perf_counter() - start:8.2f} s  {number} rows")
    for words in ("X-09999", "擅自", "第 77 项"):
        asked = replace(wanted, words=words)
        with remembering():
            assert asked.count() == by_hand(words), words
            timing(
                f"search {words}",
                lambda a=asked: (a.page(0, 51), a.count()),
                lambda w=words: by_hand(w),
                "row by row",
            )


def long_registers(count: int) -> None:
    """The pages of officers and of targets with as many rows, against the bare query for the same page."""
    from django.test import Client

    from plumbline.apps.agencies.models import OfficerCertificate
    from plumbline.apps.registers.tests.world import DEPARTMENT
    from plumbline.apps.targets.models import Target
    from plumbline.platform import clock
    from plumbline.platform.identity.models import Person, Post, Tenure

    today = clock.today()
    OfficerCertificate.objects.bulk_create(
        OfficerCertificate(
            number=f"B-{n:06d}", name=f"人员{n}", agency_id=DEPARTMENT, valid_from=today, published_on=today
        )
        for n in range(count)
    )
    Target.objects.bulk_create(
        Target(credit_code=f"B{n:017d}", name=f"武汉第{n}建材有限公司", address=f"平江路{n}号", since=today)
        for n in range(count)
    )
    person = Person.objects.create_person(login_name="bench-reader", display_name="读", password=None)
    post = Post.objects.create(
        agency_id=DEPARTMENT, title="读", capabilities=["cases.view", "registers.maintain", "supervision.supervise"], scope="district"
    )  # fmt: skip
    Tenure.objects.create(person=person, post=post, from_on=today)
    reading = Client(headers={"host": "localhost"})
    reading.force_login(person)

    def page(path: str) -> None:
        answer = reading.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        assert b"".join(answer) if answer.streaming else answer.content

    for label, path, rows in (
        ("officers", "/lists/officers", OfficerCertificate.objects.order_by("pk")),
        ("officers, a name", "/lists/officers?q=人员77", OfficerCertificate.objects.filter(name__contains="人员77")),
        ("targets", "/targets", Target.objects.order_by("pk")),
        ("targets, two characters", "/targets?q=建材", Target.objects.filter(name__contains="建材").order_by("pk")),
        ("targets, a street", "/targets?q=平江路77", Target.objects.filter(address__contains="平江路77").order_by("pk")),
        ("public officers", "/open/officers?q=人员77", OfficerCertificate.objects.filter(name__contains="人员77")),
    ):  # fmt: skip
        page(path)
        timing(
            f"page {label}",
            lambda p=path: page(p),
            lambda r=rows: (list(r.all()[:50]), r.count()),
            "bare query",
        )


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=10_000)
    words.add_argument("--baseline", default="", metavar="PYTHON", help="a Python that has openpyxl 3.1")
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as name, empty_database():
        return measure(given.rows, Path(name), given.baseline)


if __name__ == "__main__":
    sys.exit(main())
