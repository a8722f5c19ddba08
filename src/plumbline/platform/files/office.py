"""Word, Excel and PowerPoint files: without macros, embedded objects or outside references, and not a bomb."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from .kinds import KINDS, MIB, FileKind, FileRefused

LARGEST_UNPACKED = 200 * MIB
LARGEST_RATIO = 100
MOST_ENTRIES = 2000
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".docx", ".xlsx", ".pptx"}
# What a part may not be, whatever its name: another archive, a program, an old Office file.
NESTED_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
PACKED_PICTURES = {".emz", ".wmz", ".svgz"}  # gzip by nature
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"\']External[\"\']")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"\'][^\"\']*/hyperlink[\"\']")
# Word fields and Excel links that start another program.
_DDE = re.compile(
    rb"instrText[^>]*>[^<]*\bDDE(?:AUTO)?\b|:instr=\"[^\"]*\bDDE(?:AUTO)?\b|<(?:\w+:)?ddeLink\b"
)


def checked_office(source: BinaryIO, name: str) -> FileKind:
    """The kind of an Office file, or FileRefused. Nothing is unpacked to disk."""
    try:
        with zipfile.ZipFile(source) as archive:
            return _checked(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError):
        raise FileRefused(f"“{name}”已损坏，打不开。请重新导出后上传。") from None


def _checked(archive: zipfile.ZipFile, name: str) -> FileKind:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    lowered = [each.lower() for each in names]
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(f"“{name}”有密码，已拒收。请去掉密码后上传。")
    _refuse_bomb(entries, name)
    kind = next((KINDS[found] for part, found in MAIN_PARTS.items() if part in names), None)
    if (
        kind is None
        or len(set(lowered)) != len(lowered)
        or any(map(_escapes, names))
        or any(map(_is_link, entries))
    ):
        raise FileRefused(f"“{name}”是压缩包，已拒收。请解开后把文件分别上传。")
    if any("vbaproject" in each or "/macrosheets/" in each for each in lowered):
        raise FileRefused(f"“{name}”含有宏，已拒收。请另存为不含宏的文件，或上传 PDF。")
    if any(
        "/embeddings/" in each or "/activex/" in each or PurePosixPath(each).suffix in ARCHIVES
        for each in lowered
    ):
        raise FileRefused(f"“{name}”嵌有其他文件，已拒收。请把嵌入的内容单独上传，或上传 PDF。")
    for entry in entries:
        _refuse_nested(archive, entry, name)
        _refuse_parts(archive, entry, name)
    return kind


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _refuse_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    if PurePosixPath(entry.filename.lower()).suffix in PACKED_PICTURES:
        return
    with archive.open(entry) as part:
        if part.read(8).startswith(NESTED_STARTS):
            raise FileRefused(f"“{name}”嵌有其他文件，已拒收。请把嵌入的内容单独上传，或上传 PDF。")


def _refuse_bomb(entries: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > LARGEST_UNPACKED:
        raise FileRefused(f"“{name}”解开后超过 {LARGEST_UNPACKED // MIB} MB，已拒收。请分开上传。")
    if len(entries) > MOST_ENTRIES or (unpacked > 10 * MIB and unpacked / packed > LARGEST_RATIO):
        raise FileRefused(f"“{name}”的压缩方式不正常，已拒收。请重新导出后上传，或上传 PDF。")


def _escapes(entry: str) -> bool:
    parts = entry.replace("\\", "/").split("/")
    return entry.startswith(("/", "\\")) or ".." in parts


def _refuse_parts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    lowered = entry.filename.lower()
    if not lowered.endswith((".rels", ".xml")):
        return
    part = archive.read(entry)  # its size is within the limit; a false one fails the checksum
    if b"\0" in part[:200]:  # UTF-16 says the same in twice the bytes
        part = part.replace(b"\0", b"")
    if lowered.endswith(".rels"):
        for relation in _RELATION.findall(part):
            if _EXTERNAL.search(relation) and not _HYPERLINK.search(relation):
                raise FileRefused(f"“{name}”引用了外部文件，已拒收。请断开链接后另存，或上传 PDF。")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FileRefused(f"“{name}”的内部结构不正常，已拒收。请重新导出后上传，或上传 PDF。")
    if lowered == "[content_types].xml" and b"macroEnabled" in part:
        raise FileRefused(f"“{name}”含有宏，已拒收。请另存为不含宏的文件，或上传 PDF。")
    if _DDE.search(part):
        raise FileRefused(f"“{name}”含有会启动其他程序的域，已拒收。请删除该域后另存，或上传 PDF。")
