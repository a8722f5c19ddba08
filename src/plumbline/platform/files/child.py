"""What reads untrusted pictures, films and PDF: run as a process of its own, by path, without the project and its settings.

``python -I child.py <task> <arguments as JSON>`` reads the file from standard input and writes its answer to standard
output: JSON for a look, bytes for a picture. Its limits are set before the first untrusted byte is read.
"""

from __future__ import annotations

import contextlib
import json
import math
import resource
import sys
from typing import Any

MEMORY = 1 << 30  # bytes of address space
SECONDS = 20  # of processor time
OUTPUT = 64 << 20  # bytes that may be written
PIXELS = 50_000_000
PAGES = 1000
OBJECTS = 400_000
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/XFA",
    "/ImportData",
    "/SubmitForm",
}


class Refused(Exception):
    """The file is not taken; the word says why."""


def main() -> int:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    task, told = sys.argv[1], json.loads(sys.argv[2])
    try:
        answer = TASKS[task](**told)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "heavy"}
    if isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
    else:
        sys.stdout.write(json.dumps(answer))
    return 0


def _opened(edge: int = 0) -> Any:
    """The picture on standard input, small enough to be unpacked and whole.

    With ``edge`` a JPEG is unpacked at half, a quarter or an eighth of its size where that is still no shorter.
    """
    from PIL import Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin  # noqa: F401

    Image.MAX_IMAGE_PIXELS = None  # our own limit follows, on the size the head tells
    try:
        picture = Image.open(sys.stdin.buffer, formats=("JPEG", "PNG", "WEBP"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused("broken") from None
    if picture.width * picture.height > PIXELS:
        raise Refused("pixels")
    try:
        longest = max(picture.size)
        if 0 < edge < longest and picture.format == "JPEG":
            wide, high = (-(-side * edge // longest) for side in picture.size)
            picture.draft(None, (wide, high))
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refused("broken") from None
    return picture


def look_at_picture() -> dict[str, Any]:
    """Size, and what the camera wrote: moment, device and place."""
    picture = _opened()
    found: dict[str, Any] = {"width": picture.width, "height": picture.height}
    try:
        exif = picture.getexif()
        inner, place = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    except Exception:  # a spoilt EXIF block is no reason to refuse a photograph
        return found
    taken = str(inner.get(0x9003) or exif.get(0x0132) or "")
    device = " ".join(str(exif.get(tag, "")).strip() for tag in (0x010F, 0x0110)).strip()
    found |= {"taken_at": _plain(taken), "zone": _plain(str(inner.get(0x9011, ""))), "device": _plain(device)}
    latitude, longitude = _degrees(place.get(2), place.get(1)), _degrees(place.get(4), place.get(3))
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        found |= {"latitude": latitude, "longitude": longitude}
    return found


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:60].strip()


def _degrees(parts: Any, side: Any) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(value):
        return None
    return round(-value if side in {"S", "W"} else value, 6)


def look_at_pdf() -> dict[str, Any]:
    """Pages; refuses what runs or hides something, wherever in the file it is written."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PdfReadError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(sys.stdin.buffer, strict=False)
        if reader.is_encrypted:
            raise Refused("password")
        if len(reader.pages) > PAGES:
            raise Refused("pages")
        _refuse_active(reader)
        return {"pages": len(reader.pages)}
    except (Refused, MemoryError):
        raise
    except RecursionError:
        raise Refused("heavy") from None
    except (PdfReadError, Exception):  # whatever a parser says of bytes it cannot read
        raise Refused("broken") from None


def _refuse_active(reader: Any) -> None:
    from pypdf.errors import PyPdfError
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, held in reader.xref.items() for number in held}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > OBJECTS:
        raise Refused("heavy")
    waiting: list[Any] = [reader.trailer]
    for number, generation in numbers:
        # An object that no reader can read does nothing either.
        with contextlib.suppress(
            ArithmeticError, LookupError, OSError, TypeError, ValueError, AttributeError, PyPdfError
        ):
            waiting.append(reader.get_object(IndirectObject(number, generation, reader)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if (
                ACTIVE & set(one.keys())
                or str(dict.get(one, "/S", "")) in ACTIVE
                or str(dict.get(one, "/Type", "")) in ACTIVE
            ):
                raise Refused("active")
            waiting.extend(dict.values(one))
        elif isinstance(one, list):
            waiting.extend(list.__iter__(one))


def picture(
    *,
    edge: int = 0,
    turn: int = 0,
    boxes: list[list[float]] | None = None,
    form: str = "JPEG",
    quality: int = 92,
) -> bytes:
    """The picture upright, turned by ``turn`` degrees to the right, with black boxes, no longer than ``edge``; no metadata.

    ``boxes``: left, top, width and height as shares of the upright, turned picture.
    """
    import io

    from PIL import Image, ImageDraw, ImageOps

    upright = ImageOps.exif_transpose(_opened(edge))
    if upright.mode not in {"RGB", "L"}:
        upright = (
            upright.convert("RGBA")
            if "transparency" in upright.info or upright.mode in {"RGBA", "LA", "PA"}
            else upright.convert("RGB")
        )
    if upright.mode == "RGBA" and form == "JPEG":
        ground = Image.new("RGB", upright.size, "white")
        ground.paste(upright, mask=upright.getchannel("A"))
        upright = ground
    if turn % 360:
        upright = upright.rotate(-(turn % 360), expand=True)
    if boxes:
        pen = ImageDraw.Draw(upright)
        wide, high = upright.size
        for left, top, width, height in boxes:
            pen.rectangle(
                (left * wide, top * high, (left + width) * wide, (top + height) * high), fill="black"
            )
    if edge:
        upright.thumbnail((edge, edge))
    clean = Image.new(upright.mode, upright.size)  # pixels alone: nothing the reader hung on the old picture
    clean.paste(upright)
    sink = io.BytesIO()
    clean.save(sink, form, quality=quality, **({"subsampling": 0} if form == "JPEG" and quality > 90 else {}))
    return sink.getvalue()


def look_at_film() -> dict[str, Any]:
    """Where a film says that it was taken, and the boxes that say so."""
    import importlib.util
    from pathlib import Path

    # By path: this process knows nothing of the project.
    told = importlib.util.spec_from_file_location("film_boxes", Path(__file__).with_name("film_boxes.py"))
    assert told is not None
    assert told.loader is not None
    boxes = importlib.util.module_from_spec(told)
    told.loader.exec_module(boxes)
    answer: dict[str, Any] = boxes.Film(sys.stdin.buffer).answer()
    return answer


TASKS: dict[str, Any] = {
    "look-at-picture": look_at_picture,
    "look-at-pdf": look_at_pdf,
    "look-at-film": look_at_film,
    "picture": picture,
}

if __name__ == "__main__":
    sys.exit(main())
