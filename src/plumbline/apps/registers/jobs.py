"""Reading an uploaded workbook in the background, with progress and cancel; long exports."""

from __future__ import annotations

from typing import Any

import orjson

from plumbline.platform import clock
from plumbline.platform.files.store import keep, open_kept
from plumbline.platform.jobs.running import JobFault, JobRun, job
from plumbline.platform.lists import find_register
from plumbline.platform.lists.books import fault_book
from plumbline.platform.lists.intake import take_in
from plumbline.platform.lists.sheets import UnreadableBook
from plumbline.platform.verdicts.evaluation import on_clock

from .actions.uploading import changes_of_upload
from .models import ListUpload
from .searching import read_all
from .versions import counted


@job("registers.read_upload")
def read_upload(run: JobRun, *, upload: int) -> dict[str, Any]:
    """The dry run: read every row, keep what was read and what could not be; the list itself is not touched."""
    row = ListUpload.objects.unscoped("后台核对上传的清单").select_related("agency").get(pk=upload)
    register = find_register(row.register)
    if register is None:
        raise JobFault("没有这份清单。请从“清单与名录”重新进入。")
    again = f"/registers/{row.register}/upload?agency={row.agency_id}"
    try:
        with open_kept(row.sha256) as source:
            read = take_in(
                register,
                row.agency_id,
                source,
                agency_name=row.agency.short_name,
                progress=lambda done, said: run.progress(done, None, said),
            )
    except UnreadableBook as fault:
        raise JobFault(f"{fault}。") from None
    run.progress(read.read, read.read, "正在比较")
    row.read, row.faults, row.read_at = read.read, len(read.faults), clock.now()
    if read.faults:
        row.faults_sha256 = keep([fault_book(register, read)]).sha256
        row.save()
        rows = len({fault.row for fault in read.faults})
        return {
            "headline": f"共 {read.read} 行，{rows} 行需要修改，没有写入任何内容",
            "errors": [
                {"line": fault.row, "field": fault.column, "message_zh": f"{fault.sheet}：{fault.message}"}
                for fault in read.faults[:1000]
            ],
            "links": [{"label": "下载需要修改的行", "url": f"/registers/uploads/{row.pk}/faults.xlsx"}],
            "notes": read.notes,
            "again": again,
        }
    row.rows_sha256 = keep([orjson.dumps(read.rows)]).sha256
    row.save()
    found = counted(changes_of_upload(row, register))
    if not any(found.values()):
        return {"headline": f"共 {read.read} 行，与现行清单相同，没有需要并入的变化", "notes": read.notes}
    return {
        "headline": f"共 {read.read} 行，全部可以读取。还没有写入，请核对变化后并入草稿",
        "links": [{"label": "核对变化", "url": f"/registers/uploads/{row.pk}"}],
        "notes": read.notes,
        "figures": [
            {"label": "新增", "value": found["add"]},
            {"label": "修改", "value": found["change"]},
            {"label": "终止", "value": found["end"]},
        ],
    }


@job("registers.export")
def export_job(run: JobRun, *, person_id: int, key: str, on: str, agency: str, words: str) -> dict[str, Any]:
    """A long export; the file is kept under its hash and fetched from the job's page."""
    from datetime import date

    from plumbline.platform.identity.actor import Actor
    from plumbline.platform.identity.models import Person

    from .queries import Wanted
    from .web.listing import workbook_of

    register = find_register(key)
    if register is None:
        raise JobFault("没有这份清单。请从“清单与名录”重新进入。")
    actor = Actor.of(Person.objects.get(pk=person_id), on=clock.today())
    run.progress(0, None, "正在读取清单")
    kept = keep([workbook_of(Wanted(register, date.fromisoformat(on), agency, words), actor)])
    return {
        "headline": f"{register.title}已导出",
        "sha256": kept.sha256,
        "links": [{"label": "下载", "url": f"/registers/exports/{run.job.pk}"}],
    }


@on_clock
def read_words() -> int:
    """Take the words of rows that are new or written anew under the index of searches."""
    return read_all(clock.today())
