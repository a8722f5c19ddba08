"""A list of a hotline or of a file review becomes leads: good lines are registered, lines with faults are named and left for another upload."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists.sheets import UnreadableBook
from plumbline.platform.notify.models import notify

from ..lead_book import LeadRow, read_book, shape_of
from ..lead_models import Lead, Source
from ..policies import may_register_lead
from ..taking_in import take_in_lead
from .lead_files import cases_named
from .leads import BASIS


@dataclass(frozen=True)
class Read:
    """What a list holds: rows to register, the leads that are known already by row number, and faults by row and column."""

    rows: tuple[LeadRow, ...]
    known: int
    faults: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class TakenIn:
    """What became of a list: registered now, known before, and the faults by row and column."""

    fresh: tuple[Lead, ...]
    known: int
    faults: tuple[tuple[int, str, str], ...]


def read_list(actor: Actor, upload: Any, source: str) -> Read:
    """Read a workbook or a CSV file without registering anything: the dry run, and the first half of the import."""
    if upload is None:
        raise InputFault({"upload": "请选择要上传的文件。"})
    plain = (upload.name or "").lower().endswith(".csv")
    try:
        if not plain:
            checked = check(upload.name or "", upload.size or 0, upload.file)
            if not checked.name.lower().endswith(".xlsx"):
                raise InputFault({"upload": "请上传 .xlsx 或者 .csv 文件。"})
        upload.file.seek(0)
        book = read_book(upload.file, clock.today(), shape_of(source), plain=plain)
    except (FileRefused, UnreadableBook) as refused:
        raise InputFault({"upload": f"{refused}"}) from None
    if not book.rows and not book.faults:
        raise InputFault({"upload": "表里没有线索。第一行是列名，从第二行起每行填一条。"})
    cases = cases_named(actor, [row.about for row in book.rows])
    placed = []
    for row in book.rows:
        about, agency = cases.get(row.about.strip(), (row.about, None))
        if source == Source.EVALUATION and row.concerned is None and agency is None:
            book.faults.append((row.number, "涉及的机关", "平台里没有这个案号，请填写办案机关"))
            continue
        placed.append(replace(row, about=about, concerned=row.concerned or agency))
    held = set(
        Lead.objects.unscoped("已登记的工单")
        .filter(source=source, source_ref__in=[row.ref for row in placed])
        .values_list("source_ref", flat=True)
    )
    fresh = tuple(row for row in placed if row.ref not in held)
    return Read(fresh, len(held), tuple(sorted(book.faults)))


@action("supervision.import_leads", policy=may_register_lead, records=("lead_registered",), basis=BASIS)
def import_leads(*, actor: Actor, upload: Any, source: str = Source.HOTLINE) -> TakenIn:
    """Register the good lines of a list; uploading it again registers nothing twice."""
    read = read_list(actor, upload, source)
    fresh = [
        take_in_lead(
            actor=actor, source=source, source_ref=row.ref, title=row.title, facts=row.facts, received_on=row.received_on,
            concerned=row.concerned.code if row.concerned else "", about=row.about, answer_by=row.answer_by, quietly=True,
        )
        for row in read.rows
    ]  # fmt: skip
    if fresh:
        notify(
            title=f"登记了 {len(fresh)} 条监督线索（{Source(source).label}），等待研判",
            url="/leads?state=registered",
            capability="supervision.supervise",
        )
    return TakenIn(tuple(fresh), read.known, read.faults)
