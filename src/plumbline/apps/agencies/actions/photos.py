"""The photo of a certificate: checked like every file, drawn anew, kept by the certificate's number."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.files.confined import Unreadable, redrawn
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from ..events import PHOTO_KEPT
from ..models import OfficerCertificate, OfficerPhoto
from ..policies import may_keep_certificate

EDGE = 960  # the longer side in pixels: enough for a card at 300 dots an inch
BASIS = "行政执法监督条例第十七条"


@action(
    "agencies.keep_photo", policy=may_keep_certificate, on="certificate", records=(PHOTO_KEPT,), basis=BASIS
)
def keep_photo(*, actor: Actor, certificate: OfficerCertificate, file: UploadedFile[Any]) -> OfficerPhoto:
    """A photo without place, time and device; it takes the place of the one before, which stays in the record."""
    source = BytesIO(file.read())
    try:
        checked = check(file.name or "照片.jpg", source.getbuffer().nbytes, source)
        if not checked.kind.content_type.startswith("image/"):
            raise FileRefused(f"“{checked.name}”不是照片。请选择 JPG 或 PNG 图片。")
        source.seek(0)
        drawn = redrawn(source, edge=EDGE)
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    except Unreadable:
        raise InputFault({"file": f"“{file.name}”打不开，没有收下。请换一张照片。"}) from None
    photo = OfficerPhoto.objects.create(
        number=certificate.number, sha256=keep([drawn]).sha256, at=clock.now(), by_label=actor.label
    )
    record(
        actor=actor, matter=f"cert:{certificate.number}", kind="qualification", activity=PHOTO_KEPT,
        agency=certificate.agency_id, data={"photo": photo.pk},
    )  # fmt: skip
    return photo
