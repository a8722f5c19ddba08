"""Files that come with a form: accepted by what is in them before anything is written, then kept under their hash."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plumbline.platform.actions import InputFault

from .intake import FileRefused, check
from .store import keep

#: An upload beside what it was found to be.
Accepted = tuple[Any, Any]


def accepted(upload: Any, field: str = "file") -> Accepted:
    """The upload, where it may be kept; InputFault at ``field`` otherwise."""
    try:
        return upload, check(upload.name or "", upload.size or 0, upload.file)
    except FileRefused as refused:
        raise InputFault({field: str(refused)}) from None


def all_accepted(uploads: Iterable[Any], field: str = "files") -> list[Accepted]:
    """Every upload; InputFault for the first that may not be kept, before any is."""
    return [accepted(upload, field) for upload in uploads]


def kept(file: Accepted) -> dict[str, Any]:
    """Keep an accepted upload; the columns of its row: name, content_type, sha256, size (bytes)."""
    upload, found = file
    upload.seek(0)
    stored = keep(upload.chunks())
    return {
        "name": found.name,
        "content_type": found.kind.content_type,
        "sha256": stored.sha256,
        "size": stored.size,
    }
