"""What may come in as a file: recognised by its content, within its size, without anything that runs.

A refusal names the file, says what is wrong and what to do instead; nothing of a refused file is kept.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

MIB = 1024 * 1024
LARGEST_UNPACKED = 200 * MIB
LARGEST_RATIO = 200


class FileRefused(Exception):
    """The file cannot be taken; the message is shown as it stands."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file we take: its content type, endings, and largest size in bytes."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    largest: int


PHOTO = 20 * MIB
OTHER = 50 * MIB
KINDS = {
    "jpeg": FileKind("照片", "image/jpeg", (".jpg", ".jpeg"), PHOTO),
    "png": FileKind("图片", "image/png", (".png",), PHOTO),
    "webp": FileKind("图片", "image/webp", (".webp",), PHOTO),
    "pdf": FileKind("PDF", "application/pdf", (".pdf",), OTHER),
    "docx": FileKind(
        "Word 文档",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
        OTHER,
    ),
    "xlsx": FileKind(
        "Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), OTHER
    ),
    "mp4": FileKind("录像", "video/mp4", (".mp4", ".m4v", ".mov", ".m4a"), OTHER),
    "mp3": FileKind("录音", "audio/mpeg", (".mp3",), OTHER),
    "wav": FileKind("录音", "audio/wav", (".wav",), OTHER),
    "text": FileKind("文本", "text/plain; charset=utf-8", (".txt",), OTHER),
}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its safe name and kind."""

    name: str
    kind: FileKind


def check(name: str, size: int, source: BinaryIO) -> Checked:
    """Check a file before it is kept; ``source`` is read from its start and left there."""
    safe = safe_name(name)
    if size == 0:
        raise FileRefused(f"“{safe}”是空文件，没有收下。请核对后重新选择。")
    source.seek(0)
    head = source.read(64)
    kind = _recognise(head, source, safe)
    source.seek(0)
    ending = PurePosixPath(safe.lower()).suffix
    if ending not in kind.endings:
        raise FileRefused(
            f"“{safe}”的内容是{kind.name}，与扩展名不符，已拒收。请用正确的扩展名（{kind.endings[0]}）另存后上传。"
        )
    if size > kind.largest:
        raise FileRefused(
            f"{kind.name}不能超过 {kind.largest // MIB} MB（“{safe}”为 {-(-size // MIB)} MB）。请压缩或分开后上传，原件请自行保存。"
        )
    return Checked(safe, kind)


def safe_name(name: str) -> str:
    """The last part of a name without control characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*')[-120:] or "未命名"


def _recognise(head: bytes, source: BinaryIO, name: str) -> FileKind:
    if head.startswith(b"\xff\xd8\xff"):
        return KINDS["jpeg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return KINDS["wav"]
    if head.startswith(b"%PDF-"):
        return _checked_pdf(source, name)
    if head[4:8] == b"ftyp":
        return KINDS["mp4"]
    if head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] and head[1] & 0xE0 == 0xE0):
        return KINDS["mp3"]
    if head.startswith(b"PK\x03\x04"):
        return _checked_office(source, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(f"“{name}”是旧版 Office 或加密文件，已拒收。请另存为 .docx、.xlsx，或上传 PDF。")
    source.seek(0)
    sample = source.read(MIB)
    try:
        text = sample.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or text.lstrip()[:1] == "<":
        raise FileRefused(f"不认识“{name}”的格式，已拒收。可以上传照片、PDF、Word、Excel、录音录像和文本。")
    return KINDS["text"]


def _checked_pdf(source: BinaryIO, name: str) -> FileKind:
    source.seek(0)
    while block := source.read(4 * MIB):
        for marker in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
            if marker in block:
                raise FileRefused(f"“{name}”含有脚本或嵌入文件，已拒收。请打印为普通 PDF 后上传。")
    return KINDS["pdf"]


def _checked_office(source: BinaryIO, name: str) -> FileKind:
    """Word or Excel without macros, embedded objects or outside references, and not a bomb."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            if unpacked > LARGEST_UNPACKED or (unpacked > 10 * MIB and unpacked / packed > LARGEST_RATIO):
                raise FileRefused(f"“{name}”解开后超过 {LARGEST_UNPACKED // MIB} MB，已拒收。请分开上传。")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileRefused(f"“{name}”有密码，已拒收。请去掉密码后上传。")
            if any(each.lower().endswith("vbaproject.bin") for each in names):
                raise FileRefused(f"“{name}”含有宏，已拒收。请另存为不含宏的文件，或上传 PDF。")
            if any("/embeddings/" in each or "/activeX/" in each for each in names):
                raise FileRefused(f"“{name}”嵌有其他文件，已拒收。请把嵌入的内容单独上传，或上传 PDF。")
            for each in names:
                if each.endswith(".rels") and b'TargetMode="External"' in archive.read(each):
                    if b"hyperlink" not in archive.read(each):
                        raise FileRefused(f"“{name}”引用了外部文件，已拒收。请断开链接后另存，或上传 PDF。")
    except zipfile.BadZipFile:
        raise FileRefused(f"“{name}”已损坏，打不开。请重新导出后上传。") from None
    if "word/document.xml" in names:
        return KINDS["docx"]
    if "xl/workbook.xml" in names:
        return KINDS["xlsx"]
    raise FileRefused(f"“{name}”是压缩包，已拒收。请解开后把文件分别上传。")
