"""The file store: named by content, written once, and able to say that a file was altered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline.platform.files.store import is_intact, keep, open_kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def stored(folder: Path) -> list[Path]:
    return [each for each in (folder / "files").rglob("*") if each.is_file()]


def test_a_file_is_named_by_its_content_and_kept_once(folder: Path) -> None:
    first = keep([b"ab", b"c"])
    second = keep([b"abc"])
    assert first == second
    assert first.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert first.size == 3
    assert len(stored(folder)) == 1
    with open_kept(first.sha256) as source:
        assert source.read() == b"abc"


def test_a_changed_byte_and_a_lost_file_are_found(folder: Path) -> None:
    kept = keep([b"abc"])
    assert is_intact(kept.sha256)
    (path,) = stored(folder)
    assert path.stat().st_mode & 0o222 == 0, "nobody may write a kept file"
    path.chmod(0o600)
    path.write_bytes(b"abd")
    assert not is_intact(kept.sha256)
    path.unlink()
    assert not is_intact(kept.sha256)


def test_an_upload_that_breaks_off_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        keep(broken())
    assert stored(folder) == []
