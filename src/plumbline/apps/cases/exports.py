"""The case list as XLSX: the first sheet says filter, moment, rows and who; the second holds every row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.jobs.running import JobRun, job
from plumbline.platform.workbooks import guarded, open_workbook
from plumbline.vocabulary import load_vocabulary

from .parties import shown_name
from .people import names_of
from .queries import PROCEDURE_LABELS, CaseFilter, cases_at, cases_matching, officers_of

DIRECT_ROWS = 10_000
CHUNK = 1000
COLUMNS = (
    ("案号", 26), ("案由", 36), ("当事人", 30), ("办案机关", 22), ("承办人", 18), ("程序", 10), ("领域", 16),
    ("阶段", 12), ("线索日", 12), ("立案日", 12), ("决定日", 12), ("送达日", 12), ("结案日", 12),
    ("处理结果", 14), ("罚款（元）", 14), ("最近的法定期限", 16), ("来源", 14),
)  # fmt: skip


def workbook_of(actor: Actor, wanted: CaseFilter, run: JobRun | None = None) -> bytes:
    """The workbook of the cases a filter names, as far as the actor may see them."""
    sink = io.BytesIO()
    book = open_workbook(sink, in_rows=True)
    about, sheet = book.add_worksheet("说明"), book.add_worksheet("案件")
    bold, day = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    money = book.add_format({"num_format": "#,##0.00"})
    rows = cases_matching(actor, wanted)
    total = rows.order_by().count()
    # constant_memory writes in order of sheets' own rows: the first sheet is finished before the second begins.
    for at, (name, value) in enumerate(
        (
            ("内容", "案件清单"),
            ("筛选", wanted.words),
            ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
            ("行数", total),
            ("导出人", f"{actor.label}（{actor.agency_name}）"),
            ("说明", f"自然人姓名已隐去名字；共 {total} 行，全部导出。"),
        )
    ):
        about.write(at, 0, name, bold)
        about.write(at, 1, guarded(value) if isinstance(value, str) else value)
    about.set_column(0, 0, 10)
    about.set_column(1, 1, 60)
    for at, (name, width) in enumerate(COLUMNS):
        sheet.write(0, at, name, bold)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    number = 0
    for values in _rows(actor, wanted):
        number += 1
        for at, value in enumerate(values):
            if value is None:
                continue
            if hasattr(value, "isoformat"):
                sheet.write_datetime(number, at, value, day)
            elif isinstance(value, float):
                sheet.write_number(number, at, value, money)
            else:
                sheet.write_string(number, at, guarded(str(value)))
        if run is not None and number % CHUNK == 0:
            run.progress(number, total)
    sheet.autofilter(0, 0, max(1, number), len(COLUMNS) - 1)
    book.close()
    return sink.getvalue()


def _rows(actor: Actor, wanted: CaseFilter) -> Iterator[tuple[Any, ...]]:
    """The cells of every row, read in chunks."""
    vocabulary = load_vocabulary()
    # All keys first: 500,000 of them are a few megabytes, and the rows cannot move between chunks.
    keys = list(cases_matching(actor, wanted).order_by("-pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = cases_at(actor, keys[start : start + CHUNK])
        officers = officers_of(chunk)
        names = names_of({n for numbers in officers.values() for n in numbers})
        for case in chunk:
            yield (
                case.number,
                case.title,
                shown_name(case),
                case.agency.short_name,
                "、".join(names.get(n, n) for n in officers.get(case.pk, [])),
                PROCEDURE_LABELS.get(case.procedure, case.procedure),
                vocabulary.label("domain", case.domain),
                case.get_stage_display(),
                case.opened_on,
                case.filed_on,
                case.decided_on,
                case.served_on,
                case.closed_on,
                vocabulary.label("outcome", case.outcome),
                None if case.fine_fen is None else case.fine_fen / 100,
                case.due_on,
                case.get_origin_display(),
            )


@job("cases.export")
def export_job(run: JobRun, *, person_id: int, filter: dict[str, str]) -> dict[str, Any]:
    """A long export in the background; the file is kept under its hash."""
    actor = Actor.of(Person.objects.get(pk=person_id), on=clock.today())
    kept = keep([workbook_of(actor, CaseFilter(**filter), run)])
    return {
        "sha256": kept.sha256,
        "bytes": kept.size,
        "download": f"/cases/exports/{run.job.pk}",
    }
