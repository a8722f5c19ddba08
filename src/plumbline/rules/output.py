"""Where the result of a check goes: standard output, or a file that is there only when it is whole.

A file is written in a folder beside its place and moved there at the end; stopped, failed or killed by a full disk, it
leaves what was there before.
"""

from __future__ import annotations

import errno
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Unwritable(Exception):
    """Nothing can be written there; the message says why and what to do."""


class DiskFull(Exception):
    """There was no room for the whole result; nothing of it was left behind."""


@dataclass(frozen=True)
class Output:
    """An open sink, and a folder for what does not fit in memory (None for standard output)."""

    sink: BinaryIO
    scratch: Path | None

    def empty(self) -> None:
        """Begin again. What has gone to standard output cannot be taken back: it must be nothing."""
        if self.scratch is not None:
            self.sink.seek(0)
            self.sink.truncate()


@contextmanager
def output(path: Path | None) -> Iterator[Output]:
    """The sink for ``path``; None is standard output."""
    try:
        if path is None:
            yield Output(sys.stdout.buffer, None)
            sys.stdout.flush()
            return
        with _beside(path) as folder:
            part = folder / "part"
            with part.open("wb") as sink:
                yield Output(sink, folder)
            part.replace(path)
    except BrokenPipeError:
        raise
    except OSError as fault:
        if fault.errno not in _FULL:
            raise
        where = f"{path} 所在的磁盘" if path else "标准输出所在的磁盘"
        raise DiskFull(
            f"{where}空间不足或者文件超过允许的大小，没有写完。请清理磁盘或者换一个位置。"
        ) from None


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder of its own beside a file that is to be written; it goes with all that is left in it."""
    if path.is_dir():
        raise Unwritable(f"{path} 是文件夹。请写明文件名，例如 {path / '报告.html'}。")
    if path.exists() and not path.is_file():
        raise Unwritable(f"{path} 不是普通文件，不能写。请换一个文件名。")
    try:
        made = tempfile.TemporaryDirectory(prefix=".plumbline-", dir=path.absolute().parent)
    except FileNotFoundError:
        raise Unwritable(f"没有文件夹 {path.absolute().parent}。请先建立，或者核对 --out。") from None
    except NotADirectoryError:
        raise Unwritable(f"{path.absolute().parent} 不是文件夹。请核对 --out。") from None
    except OSError as fault:
        if fault.errno in _FULL:
            raise
        known = {errno.EACCES: "没有写入的权限", errno.EPERM: "没有写入的权限", errno.EROFS: "磁盘是只读的"}
        reason = known.get(fault.errno or 0, str(fault.strerror))
        raise Unwritable(
            f"不能在 {path.absolute().parent} 中写文件：{reason}。请换一个文件夹，或者修改权限。"
        ) from None
    with made as name:
        yield Path(name)
