"""What may come in as a file: recognised by its content, within its size, without anything that runs.

A refusal names the file, says what is wrong and what to do instead; nothing of a refused file is kept.
"""

from __future__ import annotations

import codecs
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from .confined import Filmed, Photographed, Unreadable, look_at_film, look_at_picture, page_count
from .kinds import HEIF_BRANDS, KINDS, MIB, REFUSED_STARTS, STARTS, FileKind, FileRefused, refuse_size
from .office import checked_office

__all__ = ["KINDS", "Checked", "FileKind", "FileRefused", "check", "safe_name"]

DICOM_AT = 128
PDF_HEAD = 1024  # readers of PDF look for its mark this far into a file


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its safe name and kind, and what was read on the way."""

    name: str
    kind: FileKind
    photograph: Photographed | None = None
    film: Filmed | None = None
    pages: int | None = None

    @property
    def key(self) -> str:
        """The kind's key in ``KINDS``."""
        return next(key for key, kind in KINDS.items() if kind is self.kind)


def check(name: str, size: int, source: BinaryIO, *, in_parts: bool = False) -> Checked:
    """Check a file before it is kept; ``source`` is read from its start and left there.

    ``in_parts``: it came as a resumable upload, for which recordings may be larger.
    """
    safe = safe_name(name)
    if size == 0:
        raise FileRefused(f"“{safe}”是空文件，没有收下。请核对后重新选择。")
    source.seek(0)
    head = source.read(PDF_HEAD)
    kind = _recognise(head, source, safe)
    source.seek(0)
    ending = PurePosixPath(safe.lower()).suffix
    if ending not in kind.endings:
        raise FileRefused(
            f"“{safe}”的内容是{kind.name}，与扩展名不符，已拒收。请用正确的扩展名（{kind.endings[0]}）另存后上传。"
        )
    refuse_size(kind, safe, size, in_parts=in_parts)
    _refuse_two_in_one(kind, head, source, safe)
    checked = _read_closely(kind, source, safe)
    source.seek(0)
    return checked


def safe_name(name: str) -> str:
    """The last part of a name without control characters, at most 120 characters, in Unicode's composed form."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*')[-120:] or "未命名"


def _recognise(head: bytes, source: BinaryIO, name: str) -> FileKind:
    for start, found in STARTS:
        if head.startswith(start):
            return KINDS[found]
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE"):
        return KINDS["webp" if head[8:12] == b"WEBP" else "wav"]
    if head.startswith(b"%PDF-"):
        return _checked_pdf(source, name)
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIF_BRANDS:
            raise FileRefused(f"“{name}”是 HEIC 照片，本平台不能显示，已拒收。请另存为 .jpg 后上传。")
        return KINDS["mp4"]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefused(f"“{name}”不是 UTF-8 文本，已拒收。请另存为 UTF-8 编码的 .txt 后上传。")
    if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE0 == 0xE0:
        return KINDS["mp3"]
    if head.startswith(b"PK\x03\x04"):
        return checked_office(source, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(f"“{name}”是旧版 Office 或加密文件，已拒收。请另存为 .docx、.xlsx，或上传 PDF。")
    if head[DICOM_AT : DICOM_AT + 4] == b"DICM":
        raise FileRefused(
            f"“{name}”是医学影像（DICOM），本平台不能显示，已拒收。请提供单位导出为 .jpg 或 PDF 后上传，原件请自行保存。"
        )
    for start, refusal in REFUSED_STARTS:
        # Two letters may as well begin a sentence.
        if head.startswith(start) and (len(start) > 2 or start[0] > 0x7F or b"\0" in head):
            raise FileRefused(refusal.format(name=name))
    return _checked_text(source, name)


def _refuse_two_in_one(kind: FileKind, head: bytes, source: BinaryIO, name: str) -> None:
    """A picture or PDF that another program would open as an archive or a page hides what nobody has looked at."""
    if kind in {KINDS["docx"], KINDS["xlsx"], KINDS["pptx"]}:
        return
    hidden = kind is not KINDS["pdf"] and kind is not KINDS["text"] and b"%PDF-" in head
    if hidden or zipfile.is_zipfile(source):
        raise FileRefused(
            f"“{name}”里还藏着另一个文件，已拒收。请用原始文件，或另存为新的{kind.name}后上传。"
        )
    source.seek(0)


def _read_closely(kind: FileKind, source: BinaryIO, name: str) -> Checked:
    """Pictures, films and PDF are read through, in a process of limited means."""
    try:
        if kind.content_type.startswith("image/"):
            return Checked(name, kind, photograph=look_at_picture(source))
        if kind is KINDS["mp4"]:
            return Checked(name, kind, film=look_at_film(source))
        if kind is KINDS["pdf"]:
            return Checked(name, kind, pages=page_count(source))
    except Unreadable as unreadable:
        raise FileRefused(_WHY[unreadable.why].format(name=name, kind=kind.name)) from None
    return Checked(name, kind)


_WHY = {
    "broken": "“{name}”已损坏，打不开。请重新导出或重新拍摄后上传。",
    "pixels": "“{name}”超过 5000 万像素，已拒收。请缩小后上传，原件请自行保存。",
    "pages": "“{name}”超过 1000 页，已拒收。请分开上传。",
    "active": "“{name}”含有脚本或嵌入文件，已拒收。请打印为普通 PDF 后上传。",
    "password": "“{name}”有密码，已拒收。请去掉密码后上传。",
    "heavy": "“{name}”的内部结构过于复杂，在限定时间内检查不完，已拒收。请重新导出为普通{kind}后上传。",
}


def _checked_text(source: BinaryIO, name: str) -> FileKind:
    """Plain UTF-8 text from end to end: a text that turns into something else further on is not text."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    try:
        while block := source.read(MIB):
            text = decoder.decode(block)
            if "\0" in text or (first and text.lstrip()[:1] == "<"):
                raise _unknown(name)
            first = False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _unknown(name) from None
    return KINDS["text"]


def _unknown(name: str) -> FileRefused:
    return FileRefused(f"不认识“{name}”的格式，已拒收。可以上传照片、PDF、Word、Excel、录音录像和文本。")


def _checked_pdf(source: BinaryIO, name: str) -> FileKind:
    """A quick look at the bytes; objects that are compressed are read afterwards (``_read_closely``)."""
    source.seek(0)
    overlap = b""
    while block := source.read(4 * MIB):
        window = overlap + block  # a marker may lie across two blocks
        if any(marker in window for marker in (b"/JavaScript", b"/Launch", b"/EmbeddedFile")):
            raise FileRefused(_WHY["active"].format(name=name))
        if b"/Encrypt" in window:
            raise FileRefused(_WHY["password"].format(name=name))
        overlap = block[-16:]
    return KINDS["pdf"]
