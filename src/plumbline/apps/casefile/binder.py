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
from pathlib import Path
from typing import Any

MEMORY = 3 << 30  # bytes
SECONDS = 600  # of processor time
WIDE, HIGH = 595.276, 841.89  # A4 in points
CLOSE = 6.0  # points by which a page may differ from A4 and still be taken as it is


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
    stamps = PdfReader(told["stamps"]) if told["stamps"] else None
    number = 0
    for part in told["parts"]:
        reader = readers.setdefault(part["path"], PdfReader(part["path"]))
        began = len(writer.pages)
        for page in reader.pages[part["first"] : part["first"] + part["count"]]:
            number += bool(part["numbered"])
            _add(writer, page, stamps.pages[number - 1] if stamps and part["numbered"] else None)
            print(len(writer.pages), flush=True)
        if part["title"]:
            writer.add_outline_item(title=part["title"], page_number=began)
    writer.add_metadata({"/Title": told["title"], "/Producer": "Plumbline"})
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    with Path(told["out"]).open("wb") as sink:
        writer.write(sink)
    return 0


def _add(writer: Any, page: Any, stamp: Any) -> None:
    """The page upright on A4, with its number."""
    from pypdf import Transformation
    from pypdf.generic import RectangleObject

    added = writer.add_page(page)
    if added.rotation:
        added.transfer_rotation_to_content()
    for active in ("/Annots", "/AA"):
        added.pop(active, None)  # on paper nothing can be clicked
    box = added.cropbox
    wide, high = float(box.width), float(box.height)
    if abs(wide - WIDE) > CLOSE or abs(high - HIGH) > CLOSE or box.left or box.bottom:
        scale = min((WIDE - 40) / wide, (HIGH - 60) / high, 1.5)
        left = (WIDE - wide * scale) / 2 - float(box.left) * scale
        bottom = (HIGH - high * scale) / 2 - float(box.bottom) * scale
        added.add_transformation(Transformation().scale(scale).translate(left, bottom))
        for name in ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox"):
            setattr(added, name, RectangleObject((0, 0, WIDE, HIGH)))
    if stamp is not None:
        added.merge_page(stamp)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
