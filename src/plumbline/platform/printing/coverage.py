"""Which characters the typefaces can draw: read from the fonts' own character maps (``cmap``, formats 4 and 12)."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from django.conf import settings

FONTS = Path(__file__).parent / "fonts"


def undrawable(text: str) -> list[str]:
    """The characters of a text that no face has, each once, in order. White space is no character to draw."""
    known = _known(str(getattr(settings, "FONT_DIR", "") or ""))
    found = dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace())
    return list(found)


@cache
def _known(extra: str) -> frozenset[int]:
    folders = [FONTS, *([Path(extra)] if extra else [])]
    files = sorted(
        each
        for folder in folders
        for each in folder.rglob("*")
        if each.suffix.lower() in (".ttf", ".otf", ".ttc")
    )
    points: set[int] = {0x200B}
    for each in files:
        points |= _points(each.read_bytes())
    return frozenset(points)


def _points(font: bytes) -> set[int]:
    points: set[int] = set()
    starts = [0]
    if font[:4] == b"ttcf":
        (count,) = struct.unpack(">I", font[8:12])
        starts = list(struct.unpack(f">{count}I", font[12 : 12 + 4 * count]))
    for start in starts:
        (tables,) = struct.unpack(">H", font[start + 4 : start + 6])
        for at in range(start + 12, start + 12 + 16 * tables, 16):
            tag, _, offset, _ = struct.unpack(">4sIII", font[at : at + 16])
            if tag == b"cmap":
                points |= _character_map(font, offset)
    return points


def _character_map(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack(">H", font[at + 2 : at + 4])
    points: set[int] = set()
    for entry in range(at + 4, at + 4 + 8 * count, 8):
        (offset,) = struct.unpack(">I", font[entry + 4 : entry + 8])
        where = at + offset
        (form,) = struct.unpack(">H", font[where : where + 2])
        if form == 12:
            (groups,) = struct.unpack(">I", font[where + 12 : where + 16])
            for first, last, glyph in struct.iter_unpack(">III", font[where + 16 : where + 16 + 12 * groups]):
                points.update(range(first + (0 if glyph else 1), last + 1))
        elif form == 4:
            points |= _segments(font, where)
    return points


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: segments of the basic plane. A segment may name characters that have no glyph of their own."""
    (twice,) = struct.unpack(">H", font[at + 6 : at + 8])
    size = twice // 2
    ends = struct.unpack(f">{size}H", font[at + 14 : at + 14 + twice])
    starts = struct.unpack(f">{size}H", font[at + 16 + twice : at + 16 + 2 * twice])
    shifts = struct.unpack(f">{size}H", font[at + 16 + 2 * twice : at + 16 + 3 * twice])
    base = at + 16 + 3 * twice
    ranges = struct.unpack(f">{size}H", font[base : base + twice])
    points: set[int] = set()
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if ranges[index] == 0:
                glyph = (code + shifts[index]) & 0xFFFF
            else:
                where = base + 2 * index + ranges[index] + 2 * (code - first)
                (glyph,) = struct.unpack(">H", font[where : where + 2])
            if glyph:
                points.add(code)
    return points
