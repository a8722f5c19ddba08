"""Puts PDF files together, page by page on A4, numbers them and adds bookmarks: a process of its own, without the project.

``python -I binder.py <manifest.json>``. The manifest: ``out``, ``stamps`` (a PDF of the page numbers) or "", and ``parts`` in order,
each with ``path``, ``first`` and ``count`` (pages of it), ``title`` (bookmark, or ""), ``numbered``. Each page done is a line on
standard output. Limits on memory and time are set first: what is bound came from outside.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY = 3 << 30  # bytes
SECONDS = 600  # of processor time
WIDE, HIGH = 595.276, 841.89  # A4 in points
CLOSE = 6.0  # points by which a page may differ from A4 and still be taken as it is
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
DROPPED = ("/Annots", "/AA", "/B", "/Thumb", "/Metadata", "/PieceInfo")  # on paper nothing can be clicked
NUMBER = "/PlumblinePageNumber"


def main(manifest: str) -> int:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    from pypdf import PdfReader, PdfWriter

    logging.disable(logging.CRITICAL)
    told = json.loads(Path(manifest).read_text())
    writer, readers = PdfWriter(), {}
    desk = Desk(writer, PdfReader(told["stamps"]) if told["stamps"] else None)
    number = 0
    for part in told["parts"]:
        path = part["path"]
        if path not in readers:
            readers[path] = PdfReader(path)
        began = len(writer.pages)
        for page in readers[path].pages[part["first"] : part["first"] + part["count"]]:
            number += bool(part["numbered"])
            desk.add(page, number if part["numbered"] else 0)
            print(len(writer.pages), flush=True)
        if part["title"]:
            writer.add_outline_item(title=part["title"], page_number=began)
    writer.add_metadata({"/Title": told["title"], "/Producer": "Plumbline"})
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    with Path(told["out"]).open("wb") as sink:
        writer.write(sink)
    return 0


class Desk:
    """Lays pages upright on A4 and puts their numbers on, without reading what is drawn on them.

    What stands on a page is kept byte for byte between a few operators of ours; its number is a drawing of its own (a form).
    """

    def __init__(self, writer: Any, stamps: Any) -> None:
        self.writer, self.stamps = writer, stamps
        self.keep, self.back = self._drawn(b"q\n"), self._drawn(b"\nQ\n")
        self.back_and_number = self._drawn(f"\nQ\n{NUMBER} Do\n".encode())

    def add(self, page: Any, number: int) -> None:
        """The page, and its number where that is not 0."""
        from pypdf.generic import ArrayObject, NameObject, RectangleObject

        added = self.writer.add_page(page, excluded_keys=DROPPED)
        drawn = [*_contents(added)]
        placing = _placing(added)
        if placing:
            for name in BOXES:
                added[NameObject(name)] = RectangleObject((0, 0, WIDE, HIGH))
            added.pop("/Rotate", None)
        if placing or (number and self.stamps):
            before = self._drawn(placing) if placing else self.keep
            after = self.back_and_number if number and self.stamps else self.back
            added[NameObject("/Contents")] = ArrayObject([before, *drawn, after])
        if number and self.stamps:
            self._give_number(added, number)

    def _give_number(self, page: Any, number: int) -> None:
        """The form with the number, under a name of our own; the page's resources may be those of other pages too."""
        from pypdf.generic import DictionaryObject, NameObject

        own = DictionaryObject(_dictionary(page.get("/Resources")))
        forms = DictionaryObject(_dictionary(own.get("/XObject")))
        forms[NameObject(NUMBER)] = self._form(number)
        own[NameObject("/XObject")] = forms
        page[NameObject("/Resources")] = own

    def _form(self, number: int) -> Any:
        from pypdf.generic import NameObject, RectangleObject, StreamObject

        stamp = self.stamps.pages[number - 1]
        form = StreamObject()
        form.set_data(stamp.get_contents().get_data())
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = RectangleObject((0, 0, WIDE, HIGH))
        form[NameObject("/Resources")] = _dictionary(stamp["/Resources"]).clone(self.writer)
        return self.writer._add_object(form)

    def _drawn(self, operators: bytes) -> Any:
        from pypdf.generic import StreamObject

        stream = StreamObject()
        stream.set_data(operators)
        return self.writer._add_object(stream)


def _dictionary(found: Any) -> Any:
    from pypdf.generic import DictionaryObject

    whole = found.get_object() if found is not None else None
    return whole if isinstance(whole, DictionaryObject) else DictionaryObject()


def _contents(page: Any) -> Iterator[Any]:
    """The streams of a page in order, as references."""
    from pypdf.generic import ArrayObject, StreamObject

    found = page.raw_get("/Contents") if "/Contents" in page else None
    whole = found.get_object() if found is not None else None
    if isinstance(whole, ArrayObject):
        yield from (each for each in whole if isinstance(each.get_object(), StreamObject))
    elif isinstance(whole, StreamObject):
        yield found


def _placing(page: Any) -> bytes:
    """The operators that turn a page upright and bring it onto A4, cut to what it showed; none for a page that is A4 already."""
    box, turned = page.cropbox, page.rotation % 360
    left, low, wide, high = float(box.left), float(box.bottom), float(box.width), float(box.height)
    whole = page.mediabox
    if not turned and not left and not low and abs(wide - WIDE) <= CLOSE and abs(high - HIGH) <= CLOSE:
        if abs(float(whole.width) - wide) <= CLOSE and abs(float(whole.height) - high) <= CLOSE:
            return b""
    # Where a point of the page lies once the page is upright with its lower left corner at 0.
    a, b, c, d, e, f = {
        0: (1, 0, 0, 1, -left, -low),
        90: (0, -1, 1, 0, -low, left + wide),
        180: (-1, 0, 0, -1, left + wide, low + high),
        270: (0, 1, -1, 0, low + high, -left),
    }.get(turned, (1, 0, 0, 1, -left, -low))
    if turned in (90, 270):
        upright_wide, upright_high = high, wide
    else:
        upright_wide, upright_high = wide, high
    scale, right, up = 1.0, 0.0, 0.0
    if abs(upright_wide - WIDE) > CLOSE or abs(upright_high - HIGH) > CLOSE:
        scale = min((WIDE - 40) / upright_wide, (HIGH - 60) / upright_high, 1.5)
        right, up = (WIDE - upright_wide * scale) / 2, (HIGH - upright_high * scale) / 2
    placed = (a * scale, b * scale, c * scale, d * scale, e * scale + right, f * scale + up)
    matrix = " ".join(f"{each:.5f}" for each in placed)
    return f"q\n{matrix} cm\n{left:.3f} {low:.3f} {wide:.3f} {high:.3f} re W n\n".encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
