"""Files that somebody takes along: the kind by the ending of the name, and a Chinese name that reaches every browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from plumbline.platform import clock

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(content: bytes | str, name: str, *, content_type: str = "") -> HttpResponse:
    """``content`` to be kept under ``name``; ``content_type`` where the ending is none of ``TYPES``."""
    answer = HttpResponse(content, content_type=content_type or TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def at_this_moment(name: str, ending: str) -> str:
    """The name of a file that says what stood at the moment it was made."""
    return f"{name}-{clock.now():%Y%m%d-%H%M}.{ending}"
