"""Files of records: received in parts by ``platform.files``, put into the store when a record names them."""

from __future__ import annotations

from django.db import transaction

from plumbline.apps.inspections.contract import file_arrived
from plumbline.platform import clock
from plumbline.platform.files.models import Upload, UploadState
from plumbline.platform.files.receiving import take_up
from plumbline.platform.identity.actor import Actor

from .evidence import take_in_photos
from .models import FieldFile, FieldRecord, RecordState
from .timing import occurred_at


def attach_waiting(actor: Actor, row: FieldRecord) -> None:
    """Take into the store what has been received whole of a record's files; the rest follows when it is finished."""
    waiting = {each.sha256: each for each in row.files.filter(arrived_at=None)}
    ready = Upload.objects.filter(
        person_id=actor.own_id, sha256__in=waiting, state__in=[UploadState.READY, UploadState.TAKEN]
    ).values_list("sha256", flat=True)
    for each in take_up(actor=actor, sha256s=sorted(ready)):
        FieldFile.objects.filter(pk=waiting[each.sha256].pk).update(
            arrived_at=clock.now(), content_type=each.kind.content_type
        )
    if row.kind == "inspection" and row.matter_id:
        for sha256 in row.files.exclude(arrived_at=None).values_list("sha256", flat=True):
            file_arrived(row.matter_id, sha256)
    take_in_photos(actor, row, occurred_at(row))


def attach_everywhere(actor: Actor, sha256: str) -> None:
    """After an upload is finished: give it to every record of this person that names it."""
    rows = FieldRecord.objects.unscoped("收到照片").filter(
        person_id=actor.person_id, files__sha256=sha256, files__arrived_at=None
    )
    with transaction.atomic():
        for row in rows.exclude(state=RecordState.REFUSED).distinct():
            attach_waiting(actor, row)
