"""A hotline's list becomes leads: good lines are registered, lines with faults are named and left for another upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists.sheets import UnreadableBook
from plumbline.platform.notify.models import notify

from ..lead_book import read_book
from ..lead_models import Lead, Source
from ..policies import may_register_lead
from ..taking_in import take_in_lead
from .leads import BASIS


@dataclass(frozen=True)
class TakenIn:
    """What became of a list: registered now, known before, and the faults by row and column."""

    fresh: tuple[Lead, ...]
    known: int
    faults: tuple[tuple[int, str, str], ...]


@action("supervision.import_leads", policy=may_register_lead, records=("lead_registered",), basis=BASIS)
def import_leads(*, actor: Actor, upload: Any, source: str = Source.HOTLINE) -> TakenIn:
    """Register the good lines of a workbook; uploading it again registers nothing twice."""
    if upload is None:
        raise InputFault({"upload": "请选择要上传的文件。"})
    try:
        checked = check(upload.name or "", upload.size or 0, upload.file)
        if not checked.name.lower().endswith(".xlsx"):
            raise InputFault({"upload": "请上传 .xlsx 文件。"})
        upload.file.seek(0)
        book = read_book(upload.file, clock.today())
    except (FileRefused, UnreadableBook) as refused:
        raise InputFault({"upload": f"{refused}"}) from None
    if not book.rows and not book.faults:
        raise InputFault({"upload": "表里没有线索。第一行是列名，从第二行起每行填一条。"})
    held = set(
        Lead.objects.unscoped("已登记的工单")
        .filter(source=source, source_ref__in=[row.ref for row in book.rows])
        .values_list("source_ref", flat=True)
    )
    fresh = [
        take_in_lead(
            actor=actor, source=source, source_ref=row.ref, title=row.title, facts=row.facts, received_on=row.received_on,
            concerned=row.concerned.code if row.concerned else "", about=row.about,
            quietly=True,
        )
        for row in book.rows
        if row.ref not in held
    ]  # fmt: skip
    if fresh:
        notify(
            title=f"登记了 {len(fresh)} 条监督线索（{Source(source).label}），等待研判",
            url="/leads?state=registered",
            capability="supervision.supervise",
        )
    return TakenIn(tuple(fresh), len(held), tuple(book.faults))
