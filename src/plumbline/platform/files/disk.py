"""Files on the local disk: two levels of folders by hash, written beside and renamed into place, read-only."""

from __future__ import annotations

import os
import shutil
from io import BufferedReader
from pathlib import Path


class DiskStore:
    """Keeps each file as ``<root>/ab/cd/<sha256>``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def take(self, path: Path, sha256: str) -> None:
        target = self._path(sha256)
        if target.exists():
            path.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _make_durable(path)
        path.chmod(0o440)
        try:
            path.replace(target)
        except (
            OSError
        ):  # from another disk: copied beside its place first, so that a half file never has the name
            beside = target.with_name(f"{sha256}.{os.getpid()}.part")
            shutil.copyfile(path, beside)
            _make_durable(beside)
            beside.chmod(0o440)
            beside.replace(target)
            path.unlink()
        _make_durable(target.parent)

    def open(self, sha256: str) -> BufferedReader:
        return self._path(sha256).open("rb")

    def size(self, sha256: str) -> int:
        return self._path(sha256).stat().st_size


def _make_durable(path: Path) -> None:
    """Bytes survive a power cut when they are written out; a new name only when its folder, too, has been."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
