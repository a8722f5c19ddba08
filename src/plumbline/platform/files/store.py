"""Content-addressed file store on local disk: a file is named by its SHA-256 and never overwritten."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class KeptFile:
    """A file in the store: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


def _path(sha256: str) -> Path:
    root: Path = settings.DATA_DIR
    return root / "files" / sha256[:2] / sha256[2:4] / sha256


def keep(chunks: Iterable[bytes]) -> KeptFile:
    """Store the bytes and return their name. Durable before it returns; storing the same bytes again is harmless."""
    incoming = settings.DATA_DIR / "files" / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as sink:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())
        target = _path(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            Path(name).chmod(0o440)
            Path(name).replace(target)
            _make_durable(target.parent)
    finally:
        Path(name).unlink(missing_ok=True)
    return KeptFile(digest.hexdigest(), size)


def _make_durable(folder: Path) -> None:
    """A new name survives a power cut only when its folder, too, has been written out."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_kept(sha256: str) -> BufferedReader:
    """Open a stored file for reading; FileNotFoundError when it is not there."""
    return _path(sha256).open("rb")


def is_intact(sha256: str) -> bool:
    """Whether the stored bytes still have the hash they were named by."""
    try:
        with open_kept(sha256) as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
