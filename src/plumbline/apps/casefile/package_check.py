"""Whether an export package is whole: every file named with its hash, every hash right, every event of the contract."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.vocabulary import load_vocabulary, validate_event

from .packing import FORMAT

SUMS, METADATA, EVENTS = "SHA256SUMS", "metadata.json", "events.jsonl"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
LARGEST_TEXT = 64 << 20  # bytes of a text file that is read whole


@dataclass(frozen=True)
class Checked:
    """What a check found; ``faults`` is empty for a package that is whole."""

    files: int
    events: int
    case: str
    faults: tuple[str, ...]


def check_package(path: Path) -> Checked:
    """Check a package file. Nothing of it is unpacked to disk."""
    faults: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            return _checked(archive, faults)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as fault:
        return Checked(0, 0, "", (f"打不开这个文件，或者它不是电子案卷包（{fault}）。",))


def _checked(archive: zipfile.ZipFile, faults: list[str]) -> Checked:
    names = [entry.filename for entry in archive.infolist()]
    if len(names) != len(set(names)):
        faults.append("包里有同名文件。")
    for needed in (SUMS, METADATA, EVENTS):
        if needed not in names:
            return Checked(len(names), 0, "", (f"缺少 {needed}，不能核对。",))
    sums: dict[str, str] = {}
    for line in _text(archive, SUMS).splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append(f"SHA256SUMS 有一行读不懂：{line[:80]}")
            continue
        sums[match[2]] = match[1]
    found: dict[str, str] = {}
    for name in names:
        if name == SUMS:
            continue
        if name not in sums:
            faults.append(f"“{name}”不在 SHA256SUMS 里，是后来放进去的。")
            continue
        found[name] = _sha256(archive, name)
        if found[name] != sums[name]:
            faults.append(f"“{name}”与 SHA256SUMS 不一致，内容被改过。")
    faults += [f"缺少“{name}”。" for name in sums if name not in names]
    told = _metadata(archive, found, faults)
    events = _events(archive, told, faults)
    case = told.get("case", {})
    return Checked(
        len(names), events, f"{case.get('number', '')} {case.get('title', '')}".strip(), tuple(faults)
    )


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    try:
        with archive.open(name) as source:
            digest = hashlib.sha256()
            while block := source.read(1 << 20):
                digest.update(block)
            return digest.hexdigest()
    except zipfile.BadZipFile:
        return ""


def _text(archive: zipfile.ZipFile, name: str) -> str:
    if archive.getinfo(name).file_size > LARGEST_TEXT:
        raise zipfile.BadZipFile(f"{name} too large")
    return archive.read(name).decode("utf-8", errors="replace")


def _metadata(archive: zipfile.ZipFile, found: dict[str, str], faults: list[str]) -> dict[str, Any]:
    """Its hashes have to be those of the files it names: SHA256SUMS could have been written anew."""
    try:
        told: dict[str, Any] = json.loads(_text(archive, METADATA))
        named = [
            *told["volumes"],
            *(file for row in told["documents"] for file in row["files"]),
            *(file for row in told["evidence"] for file in row["files"]),
            *(row for row in told["recordings"] if row["file"]),
        ]
        for each in named:
            if found.get(each["file"]) != each["sha256"]:
                faults.append(f"“{each['file']}”与 metadata.json 登记的指纹不一致。")
        if told["format"] != FORMAT:
            faults.append(f"不认识的格式 {told['format']}，请用生成它的版本核对。")
    except (ValueError, KeyError, TypeError):
        faults.append("metadata.json 读不懂。")
        return {}
    return told


def _events(archive: zipfile.ZipFile, told: dict[str, Any], faults: list[str]) -> int:
    vocabulary, count = load_vocabulary(), 0
    for number, line in enumerate(_text(archive, EVENTS).splitlines(), 1):
        count += 1
        try:
            document = json.loads(line)
        except ValueError:
            faults.append(f"events.jsonl 第 {number} 行不是 JSON。")
            continue
        faults += [
            f"events.jsonl 第 {number} 行：{e.message_zh}"
            for e in validate_event(vocabulary, document, number)
        ]
    if told and count != told.get("events"):
        faults.append(f"events.jsonl 有 {count} 个事件，登记的是 {told.get('events')} 个。")
    return count
