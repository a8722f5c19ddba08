"""The boxes of an MP4 or QuickTime film that tell where it was taken (ISO/IEC 14496-12, QuickTime File Format).

Part of the child process: no import of the project, and every loop is bounded. Only heads of boxes and the small boxes of
metadata are read; pictures and sound are passed over.
"""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

BOXES = 20_000  # heads looked at; a film of hours in fragments has some thousands
DEEPEST = 10
SMALL = 1 << 20  # bytes of one box of metadata that are read
CONTAINERS = {b"moov", b"trak", b"udta", b"moof", b"traf", b"mdia", b"minf", b"stbl"}
PLACES = {b"\xa9xyz", b"loci", b"GPS ", b"gps ", b"gps0", b"XMP_"}
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# Sample descriptions of tracks that are nothing but positions, sample by sample.
POSITION_TRACKS = {b"gpmd", b"camm"}
_SINCE = datetime(1904, 1, 1, tzinfo=UTC)
_CHINA = timedelta(hours=8)
_ISO_6709 = re.compile(r"([+-])(\d{2,6})(\.\d+)?([+-])(\d{3,7})(\.\d+)?")


class Film:
    """What one walk finds. ``hides`` are the boxes to blank: where each begins, the length of its head, its whole length."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.size = source.seek(0, 2)
        self.left = BOXES
        self.hides: list[tuple[int, int, int]] = []
        self.tracked = False
        self.told: dict[str, Any] = {}
        self._walk(0, self.size, 0, [])

    def answer(self) -> dict[str, Any]:
        return {"hides": self.hides, "tracked": self.tracked, **self.told}

    def _walk(self, at: int, end: int, depth: int, keys: list[str]) -> None:
        """The boxes from ``at`` to ``end``; stops where their lengths make no sense, as any player does."""
        while at + 8 <= end and self.left > 0 and depth < DEEPEST:
            self.left -= 1
            head, length = 8, int.from_bytes(self._read(at, 4))
            kind = self._read(at + 4, 4)
            if length == 1:
                head, length = 16, int.from_bytes(self._read(at + 8, 8))
            elif length == 0:
                length = end - at
            if length < head or at + length > end:
                return
            self._box(kind, at, head, length, depth, keys)
            at += length

    def _box(self, kind: bytes, at: int, head: int, length: int, depth: int, keys: list[str]) -> None:
        inside, end = at + head, at + length
        if kind in PLACES or (kind == b"uuid" and self._read(inside, 16) == XMP):
            self.hides.append((at, head, length))
            self._keep_place(_place_of(kind, self._read(inside, min(length - head, SMALL))))
        elif kind in CONTAINERS:
            self._walk(inside, end, depth + 1, keys)
        elif kind == b"meta":
            # A box of ISO has a version before its parts, the atom of QuickTime has not.
            skip = 0 if self._read(inside + 4, 4) == b"hdlr" else 4
            self._walk(inside + skip, end, depth + 1, [])
        elif kind == b"keys":
            keys[:] = _names(self._read(inside, min(length - head, SMALL)))
        elif kind == b"ilst":
            self._items(inside, end, keys)
        elif kind == b"stsd":
            self.tracked |= self._read(inside + 12, 4) in POSITION_TRACKS
        elif kind == b"mvhd" and "taken_at" not in self.told:
            self._keep_moment(self._read(inside, 12))

    def _items(self, at: int, end: int, keys: list[str]) -> None:
        """The entries of a list of metadata: named by a number into ``keys``, or by four letters."""
        while at + 8 <= end and self.left > 0:
            self.left -= 1
            length, kind = int.from_bytes(self._read(at, 4)), self._read(at + 4, 4)
            if length < 8 or at + length > end:
                return
            number = int.from_bytes(kind)
            name = keys[number - 1].lower() if 1 <= number <= len(keys) else ""
            value = self._read(
                at + 24, min(max(length - 24, 0), 400)
            )  # behind the head of the item and of its data
            if kind in PLACES or "location" in name or "gps" in name:
                self.hides.append((at, 8, length))
                self._keep_place(_iso_6709(value.decode("utf-8", "replace")))
            elif name.endswith((".make", ".model")):
                said = f"{self.told.get('device', '')} {_plain(value.decode('utf-8', 'replace'))}"
                self.told["device"] = said.strip()[:60]
            at += length

    def _read(self, at: int, length: int) -> bytes:
        self.source.seek(at)
        return self.source.read(length)

    def _keep_place(self, place: tuple[float, float] | None) -> None:
        if place is not None and "latitude" not in self.told and abs(place[0]) <= 90 and abs(place[1]) <= 180:
            self.told |= {"latitude": round(place[0], 6), "longitude": round(place[1], 6)}

    def _keep_moment(self, head: bytes) -> None:
        """The moment of recording, which the format keeps in seconds since 1904 of world time; 0 is no moment."""
        if len(head) < 12:
            return
        seconds = int.from_bytes(head[4:12] if head[0] == 1 else head[4:8])
        if 0 < seconds < 1 << 33:
            self.told["taken_at"] = f"{_SINCE + timedelta(seconds=seconds) + _CHINA:%Y-%m-%d %H:%M:%S} +08:00"


def _names(keys: bytes) -> list[str]:
    """The names of a ``keys`` box, in order: items of the list are numbered by them from 1 on."""
    names: list[str] = []
    at = 8
    while at + 8 <= len(keys) and len(names) < 1000:
        length = int.from_bytes(keys[at : at + 4])
        if length < 8:
            break
        names.append(keys[at + 8 : at + length].decode("utf-8", "replace"))
        at += length
    return names


def _place_of(kind: bytes, inside: bytes) -> tuple[float, float] | None:
    if kind != b"loci":
        return _iso_6709(inside.decode("utf-8", "replace"))
    # 3GPP TS 26.244: version, language, name, role, then longitude and latitude in 65536ths of a degree.
    after = inside.find(b"\0", 6)
    if after < 0 or len(inside) < after + 10:
        return None
    longitude, latitude = struct.unpack(">ii", inside[after + 2 : after + 10])
    return latitude / 65536, longitude / 65536


def _iso_6709(text: str) -> tuple[float, float] | None:
    """「+30.8410+114.8020+023/」: degrees, or degrees with minutes, or with seconds as well."""
    found = _ISO_6709.search(text)
    if found is None:
        return None
    return (
        _degrees(found[1], found[2], found[3] or "", 2),
        _degrees(found[4], found[5], found[6] or "", 3),
    )


def _degrees(sign: str, whole: str, rest: str, digits: int) -> float:
    parts = [whole[:digits], whole[digits : digits + 2], whole[digits + 2 :]]
    last = max(n for n, part in enumerate(parts) if part)
    value = sum(float(part + (rest if n == last else "")) / 60**n for n, part in enumerate(parts) if part)
    return -value if sign == "-" else value


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()
