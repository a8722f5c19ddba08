"""Pictures drawn from an original without its metadata: small for the grid, whole for whoever looks or takes a copy."""

from __future__ import annotations

from plumbline.platform.files.confined import Unreadable, redrawn
from plumbline.platform.files.store import KeptFile, is_kept, keep, open_kept

from .models import EvidenceFile

SMALL = 480  # pixels of the longer edge: two columns on a phone, sharp on a dense screen


def draw_small(sha256: str) -> str:
    """The hash of the small picture; empty when the original cannot be drawn."""
    try:
        with open_kept(sha256) as source:
            return keep([redrawn(source, edge=SMALL, form="WEBP", quality=72)]).sha256
    except (Unreadable, FileNotFoundError):
        return ""


def small_picture(file: EvidenceFile) -> str:
    """The small picture of a file; drawn now for one that came in before pictures were drawn."""
    if file.form != "picture":
        return ""
    if not file.small or not is_kept(file.small):
        file.small = draw_small(file.sha256)
        EvidenceFile.objects.filter(pk=file.pk).update(small=file.small)
    return file.small


def clean_picture(file: EvidenceFile) -> KeptFile:
    """The whole picture upright and without metadata; drawn once. Raises Unreadable when it cannot be drawn."""
    if not file.clean or not is_kept(file.clean):
        with open_kept(file.sha256) as source:
            kept = keep([redrawn(source)])
        file.clean = kept.sha256
        EvidenceFile.objects.filter(pk=file.pk).update(clean=file.clean)
        return kept
    from plumbline.platform.files.store import size_of

    return KeptFile(file.clean, size_of(file.clean))


def clean_name(name: str) -> str:
    """A clean picture is always a JPEG."""
    return f"{name.rsplit('.', 1)[0][:100]}（副本）.jpg"


def film_copy_name(name: str) -> str:
    """A copy of a film is of the same format."""
    stem, dot, ending = name.rpartition(".")
    return f"{(stem if dot else name)[:100]}（副本）{dot}{ending if dot else ''}"
