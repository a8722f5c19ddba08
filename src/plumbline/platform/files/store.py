"""The file store: a file is named by its SHA-256, durable before its name is given out, and never overwritten.

Where the bytes lie is the setting ``FILE_STORE``: the local disk (``disk``) or an S3-compatible bucket (``bucket``). Both
keep the same promises and pass the same tests.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from django.conf import settings

from .disk import DiskStore

BLOCK = 1024 * 1024


class FileAltered(Exception):
    """The stored bytes no longer have the hash they are named by."""


@dataclass(frozen=True)
class KeptFile:
    """A file in the store: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


class FileStore(Protocol):
    """A place for files. Missing files raise FileNotFoundError."""

    def take(self, path: Path, sha256: str) -> None:
        """Keep the file at ``path``, whose hash the caller has computed, and remove it from there.

        Durable when it returns. A file that is already there is left as it is.
        """

    def open(self, sha256: str) -> BufferedReader:
        """Open for reading, with seek."""

    def size(self, sha256: str) -> int:
        """Bytes of a kept file."""


@cache
def _bucket(name: str, endpoint: str, region: str, prefix: str) -> FileStore:
    from .bucket import BucketStore

    return BucketStore(name=name, endpoint=endpoint, region=region, prefix=prefix)


def file_store() -> FileStore:
    """The store that the settings name."""
    chosen = settings.FILE_STORE
    if chosen["kind"] == "s3":
        return _bucket(chosen["bucket"], chosen["endpoint"], chosen["region"], chosen["prefix"])
    return DiskStore(settings.DATA_DIR / "files")


def incoming_folder() -> Path:
    """Where a file is put together before the store takes it; on the store's own disk where there is one."""
    folder: Path = settings.DATA_DIR / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(chunks: Iterable[bytes]) -> KeptFile:
    """Store the bytes and return their name. Durable before it returns; storing the same bytes again is harmless."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=incoming_folder())
    try:
        with os.fdopen(handle, "wb") as sink:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())
        file_store().take(Path(name), digest.hexdigest())
    finally:
        Path(name).unlink(missing_ok=True)
    return KeptFile(digest.hexdigest(), size)


def take_file(path: Path, sha256: str) -> None:
    """Keep a file that already lies in our folders and whose hash has been computed; it is moved, not copied."""
    file_store().take(path, sha256)


def open_kept(sha256: str, *, verify: bool = False) -> BufferedReader:
    """Open a stored file; FileNotFoundError when it is not there, FileAltered when ``verify`` finds other bytes."""
    if verify and not is_intact(sha256):
        with file_store().open(sha256):
            raise FileAltered(sha256)
    return file_store().open(sha256)


def read_range(sha256: str, start: int, length: int) -> Iterator[bytes]:
    """``length`` bytes from ``start`` on, in blocks."""
    with file_store().open(sha256) as source:
        source.seek(start)
        left = length
        while left > 0 and (block := source.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def size_of(sha256: str) -> int:
    """Bytes of a stored file."""
    return file_store().size(sha256)


def is_kept(sha256: str) -> bool:
    """Whether the store has the file at all; its bytes are not read."""
    try:
        file_store().size(sha256)
    except FileNotFoundError:
        return False
    return True


def is_intact(sha256: str) -> bool:
    """Whether the stored bytes still have the hash they were named by."""
    try:
        with file_store().open(sha256) as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
