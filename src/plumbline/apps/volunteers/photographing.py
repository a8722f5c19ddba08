"""A photo as it is kept here: drawn anew, without place, time and device. The original is not kept."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from plumbline.platform.actions import InputFault
from plumbline.platform.files.confined import Unreadable, redrawn
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep


def kept_photo(file: UploadedFile[Any]) -> str:
    """The hash under which the clean picture lies in the store."""
    source = BytesIO(file.read())
    try:
        checked = check(file.name or "照片.jpg", source.getbuffer().nbytes, source)
        if not checked.kind.content_type.startswith("image/"):
            raise InputFault({"photo": f"“{checked.name}”不是照片。请选择 JPG 或 PNG 图片。"})
        source.seek(0)
        return keep([redrawn(source)]).sha256
    except FileRefused as refused:
        raise InputFault({"photo": str(refused)}) from None
    except Unreadable:
        raise InputFault({"photo": f"“{file.name}”打不开，没有收下。请换一张照片。"}) from None
