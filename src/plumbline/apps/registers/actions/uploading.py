"""A workbook for a list: kept and read in a job (dry run); only what a person then takes over enters a draft."""

from __future__ import annotations

import io
from typing import Any

import orjson
from django.core.files.uploadedfile import UploadedFile

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep, open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.running import start
from plumbline.platform.lists import Change, Kind, Register, remembering
from plumbline.platform.lists.comparing import between

from ..events import DRAFTED, KIND, ROWS_CHANGED, TAKEN_OVER, UPLOADED
from ..keepers import keeps
from ..models import EDITABLE, ListUpload, Revision, State
from ..policies import BASIS, may_keep, may_take_over
from ..versions import open_revision
from .drafting import new_revision, put_many
from .steps import declared, locked, note

LARGEST = 50 * 1024 * 1024


@action("registers.upload_list", policy=may_keep, on="agency", records=(UPLOADED,), basis=BASIS)
def upload_list(
    *, actor: Actor, register: str, agency: str, file: UploadedFile[Any], whole: bool
) -> ListUpload:
    """Keep a workbook and queue its reading. Nothing is written into the list or a draft.

    ``whole``: the workbook is the complete list, so that rows it leaves out are to end.
    """
    declaration = declared(register)
    if not keeps(declaration, agency):
        raise InputFault({"agency": f"《{declaration.title}》不由这个机关编制。请从“清单与名录”重新进入。"})
    content = file.read()
    try:
        checked = check(str(file.name or "清单.xlsx"), len(content), io.BytesIO(content))
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    if checked.key != "xlsx":
        raise InputFault(
            {
                "file": f"“{checked.name}”是{checked.kind.name}，不是 Excel 表格。请下载模板，填好后上传 .xlsx 文件。"
            }
        )
    kept = keep([content])
    upload = ListUpload.objects.create(
        register=register,
        agency_id=agency,
        name=checked.name,
        sha256=kept.sha256,
        whole=whole,
        by_person_id=actor.person_id,
        by_label=actor.label[:120],
        at=clock.now(),
    )
    queued = start(
        "registers.read_upload",
        actor=actor,
        title=f"核对{declaration.title}：{checked.name}"[:200],
        arguments={"upload": upload.pk},
    )
    upload.job = queued.pk
    upload.save(update_fields=["job"])
    record(
        actor=actor,
        matter=f"LIST-UPLOAD-{upload.pk}",
        kind=KIND,
        activity=UPLOADED,
        agency=agency,
        data={"register": register, "file": checked.name, "sha256": kept.sha256, "bytes": kept.size},
    )
    return upload


def changes_of_upload(upload: ListUpload, register: Register) -> list[Change]:
    """What the uploaded rows change in the list as it stands today (with the open draft where there is one)."""
    with open_kept(upload.rows_sha256) as source:
        rows = orjson.loads(source.read())
    with remembering():
        return between(register.content(upload.agency_id, clock.today()), rows, whole=upload.whole)


@action(
    "registers.take_over_upload",
    policy=may_take_over,
    on="upload",
    records=(TAKEN_OVER, DRAFTED, ROWS_CHANGED),
    basis=BASIS,
)
def take_over_upload(*, actor: Actor, upload: ListUpload, reason: str) -> Revision:
    """Put what an upload changes into the agency's draft (a new one where none is open)."""
    current = ListUpload.objects.unscoped("已按岗位核对").select_for_update(of=("self",)).get(pk=upload.pk)
    if current.read_at is None or not current.rows_sha256:
        raise Refusal("这份文件还没有核对完，或者有需要修改的行", next_step="请改好后重新上传。")
    if current.taken_into_id is not None:
        raise Refusal("这份文件已经并入草稿", next_url=f"/registers/revisions/{current.taken_into_id}")
    register = declared(current.register)
    changes = changes_of_upload(current, register)
    if not changes:
        raise Refusal("文件与现行清单内容相同，没有需要并入的变化")
    draft = open_revision(register.key, current.agency_id)
    if draft is None:
        draft = new_revision(actor=actor, register=register, agency=current.agency_id, reason=reason)
    else:
        draft = locked(draft, *map(State, EDITABLE))
    put_many(draft, changes, actor=actor)
    counts = {kind.value: sum(change.kind == kind for change in changes) for kind in Kind}
    said = f"{current.name}：新增 {counts['add']}，修改 {counts['change']}，终止 {counts['end']}"
    note(
        draft,
        actor=actor,
        step="taken_over",
        activity=TAKEN_OVER,
        text=said,
        data=counts | {"upload": current.pk},
    )
    current.taken_into = draft
    current.save(update_fields=["taken_into"])
    return draft
