"""The binder alone: pages upright on A4, nothing shown that was cut away, numbers that cannot hurt what is on the page."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, NameObject, NumberObject, RectangleObject

from plumbline.apps.casefile import setting
from plumbline.apps.casefile.binding import BINDER
from plumbline.platform import clock


def sheet(wide: int, high: int) -> PdfReader:
    """One page with a picture as large as the page, in points."""
    sink = io.BytesIO()
    Image.effect_noise((wide, high), 40).save(sink, "PDF", resolution=72)
    return PdfReader(sink)


def bound(folder: Path, changed: Any) -> PdfReader:
    writer = PdfWriter()
    writer.append(changed)
    writer.write(folder / "part.pdf")
    (folder / "numbers.pdf").write_bytes(setting.numbers(2, on=clock.today()))
    part = {
        "path": str(folder / "part.pdf"),
        "first": 0,
        "count": 1,
        "title": "证据",
        "numbered": True,
    }
    told = {
        "out": str(folder / "out.pdf"),
        "stamps": str(folder / "numbers.pdf"),
        "title": "正卷",
        "parts": [part, part],
    }
    (folder / "manifest.json").write_text(json.dumps(told))
    subprocess.run([sys.executable, "-I", str(BINDER), str(folder / "manifest.json")], check=True)
    return PdfReader(folder / "out.pdf")


def placed(page: Any) -> tuple[float, ...]:
    """The operands of the first matrix on a page."""
    operations = ContentStream(page.get_contents(), page.pdf).operations
    return next(tuple(float(each) for each in operands) for operands, name in operations if name == b"cm")


def upright(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e), round(b * x + d * y + f)


@pytest.mark.parametrize(
    ("turned", "first", "last"),
    [
        # Where the corners (0, 0) and (300, 500) of the page come to lie, once it stands as it is to be read.
        (0, (73, 46), (523, 796)),
        (90, (20, 588), (575, 254)),
        (180, (523, 796), (73, 46)),
        (270, (575, 254), (20, 588)),
    ],
)
def test_a_turned_page_stands_upright_and_as_large_as_it_can(
    tmp_path: Path, turned: int, first: tuple[int, int], last: tuple[int, int]
) -> None:
    page = sheet(300, 500).pages[0]
    page[NameObject("/Rotate")] = NumberObject(turned)
    out = bound(tmp_path, page.pdf).pages[0]
    assert out.rotation == 0
    assert [round(float(each)) for each in out.mediabox] == [0, 0, 595, 842]
    matrix = placed(out)
    corners = [upright(matrix, 0, 0), upright(matrix, 300, 500)]
    for found, wanted in zip(corners, [first, last], strict=True):
        assert abs(found[0] - wanted[0]) <= 1
        assert abs(found[1] - wanted[1]) <= 1


def test_what_was_cut_away_stays_away_and_links_are_gone(tmp_path: Path) -> None:
    page = sheet(595, 842).pages[0]
    page[NameObject("/CropBox")] = RectangleObject((100, 200, 400, 700))
    out = bound(tmp_path, page.pdf).pages[0]
    operations = [
        (name, [round(float(each)) for each in operands])
        for operands, name in ContentStream(out.get_contents(), out.pdf).operations
        if name in {b"re", b"W"}
    ]
    assert operations[:2] == [(b"re", [100, 200, 300, 500]), (b"W", [])]
    assert "/Annots" not in out


def test_pages_share_what_they_share_and_each_has_its_own_number(tmp_path: Path) -> None:
    reader = bound(tmp_path, sheet(595, 842))
    assert [page.extract_text().split() for page in reader.pages] == [["1"], ["2"]]
    pictures = {
        each.idnum
        for page in reader.pages
        for name in page["/Resources"]["/XObject"]
        if (each := page["/Resources"]["/XObject"].raw_get(name)).get_object()["/Subtype"] == "/Image"
    }
    assert len(pictures) == 1, "a page bound twice keeps its picture once"
    assert [str(each.title) for each in reader.outline] == ["证据", "证据"]
