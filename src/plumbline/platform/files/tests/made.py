"""Files made for tests: photographs with what a camera writes, PDF with what hides in them. Nothing binary is kept."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

DEVICE = "HUAWEI BRA-AL00"
WUHAN = (30.841, 114.802)


@cache
def jpeg(
    width: int = 64, height: int = 48, *, place: bool = False, turned: bool = False, shade: int = 90
) -> bytes:
    """A photograph; ``place`` adds moment, device and position, ``turned`` an orientation that says "turn right"."""
    picture = Image.new("RGB", (width, height), (shade, 120, 150))
    for x in range(width // 2):
        picture.putpixel((x, 0), (255, 0, 0))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    if place:
        exif[0x010F], exif[0x0110] = DEVICE.split(" ")
        exif.get_ifd(0x8769).update({0x9003: "2026:03:02 10:14:05", 0x9011: "+08:00"})
        exif.get_ifd(0x8825).update({1: "N", 2: _parts(WUHAN[0]), 3: "E", 4: _parts(WUHAN[1])})
    sink = io.BytesIO()
    picture.save(sink, "JPEG", exif=exif)
    return sink.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return (float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 3))


@cache
def png(width: int = 4, height: int = 3) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(sink, "PNG")
    return sink.getvalue()


@cache
def webp() -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(sink, "WEBP")
    return sink.getvalue()


@cache
def pdf(pages: int = 1, *, hidden: str = "", packed: bool = False) -> bytes:
    """A PDF. ``hidden`` is a name to plant as an action; ``packed`` puts every object into compressed streams."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if hidden:
        action: Any = DictionaryObject(
            {NameObject("/S"): NameObject(hidden), NameObject("/X"): TextStringObject("calc")}
        )
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    sink = io.BytesIO()
    writer.write(sink)
    return _packed(sink.getvalue()) if packed else sink.getvalue()


def _packed(plain: bytes) -> bytes:
    """The same objects inside one compressed object stream with a cross-reference stream (ISO 32000-1, 7.5.7)."""
    import re
    import struct
    import zlib

    found = re.findall(rb"(?m)^(\d+) 0 obj\s*(.*?)\s*endobj", plain, re.S)
    root = re.search(rb"/Root (\d+) 0 R", plain)
    assert root is not None
    first, pairs, bodies = 0, [], b""
    for number, body in found:
        pairs.append(f"{number.decode()} {len(bodies)}")
        bodies += body + b"\n"
    head = (" ".join(pairs) + "\n").encode()
    first = len(head)
    stream = zlib.compress(head + bodies)
    last = max(int(number) for number, _ in found)
    holder, table = last + 1, last + 2
    out = b"%PDF-1.5\n"
    holder_at = len(out)
    out += (
        (
            f"{holder} 0 obj\n<< /Type /ObjStm /N {len(found)} /First {first} /Filter /FlateDecode /Length {len(stream)} >>\nstream\n"
        ).encode()
        + stream
        + b"\nendstream\nendobj\n"
    )
    table_at = len(out)
    rows = {0: (0, 0, 65535), holder: (1, holder_at, 0), table: (1, table_at, 0)}
    rows |= {int(number): (2, holder, index) for index, (number, _) in enumerate(found)}
    packed = zlib.compress(
        b"".join(struct.pack(">BIH", *rows.get(n, (0, 0, 65535))) for n in range(table + 1))
    )
    out += (
        (
            f"{table} 0 obj\n<< /Type /XRef /Size {table + 1} /W [1 4 2] /Root {root[1].decode()} 0 R /Filter /FlateDecode "
            f"/Length {len(packed)} >>\nstream\n"
        ).encode()
        + packed
        + b"\nendstream\nendobj\n"
    )
    return out + f"startxref\n{table_at}\n%%EOF\n".encode()


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of an MP4 file (ISO/IEC 14496-12): length, kind, content."""
    content = b"".join(parts)
    return (8 + len(content)).to_bytes(4) + kind + content


def film(*inside: bytes, tracks: tuple[bytes, ...] = (), pixels: int = 400) -> bytes:
    """A film as a phone makes it: 2026-03-02 10:14:05 by China's clock, ``inside`` its ``moov`` box, pictures behind."""
    moment = 3_855_262_445  # seconds since 1904, world time
    head = box(b"mvhd", bytes(4), moment.to_bytes(4), bytes(92))
    moov = box(b"moov", head, *tracks, *inside)
    return box(b"ftyp", b"mp42", bytes(4), b"mp42isom") + moov + box(b"mdat", bytes(range(256)) * pixels)


def place_of_android(text: str = "+30.8410+114.8020/") -> bytes:
    said = text.encode()
    return box(b"udta", box(b"\xa9xyz", len(said).to_bytes(2), b"\x15\xc7", said))


def place_of_apple(text: str = "+30.8410+114.8020+023.000/") -> bytes:
    """The atoms of QuickTime: names in ``keys``, values in ``ilst`` numbered by them."""
    names = [
        b"com.apple.quicktime.make",
        b"com.apple.quicktime.model",
        b"com.apple.quicktime.location.ISO6709",
    ]
    values = [b"HUAWEI", b"BRA-AL00", text.encode()]
    keys = bytes(4) + len(names).to_bytes(4) + b"".join(box(b"mdta", each) for each in names)
    items = [
        box(n.to_bytes(4), box(b"data", (1).to_bytes(4), bytes(4), each)) for n, each in enumerate(values, 1)
    ]
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(13))
    return box(b"meta", handler, box(b"keys", keys), box(b"ilst", *items))


def place_of_3gpp(latitude: float = WUHAN[0], longitude: float = WUHAN[1]) -> bytes:
    fixed = [round(each * 65536).to_bytes(4, signed=True) for each in (longitude, latitude, 23)]
    return box(b"udta", box(b"loci", bytes(4), b"\x15\xc7", b"home\0", b"\0", *fixed, b"earth\0", b"\0"))
