"""Plots for documents: one drawing, as SVG for the PDF (its words can be searched) and as PNG for Word.

A plot never stands alone: its figures are written at the bars, and the caller puts the table behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from .blocks import Picture
from .typesetting import FONTS

WIDTH, LABELS, FIGURES = 1500, 430, 190  # in the drawing's own units, a tenth of a millimetre and a little
ROW, SIZE, TOP = 92, 36, 70
NOW, THEN, INK, LINE = "#123f7a", "#8792a2", "#1d2530", "#9aa4b2"
FACE = "Noto Serif SC"
MILLIMETRES = 156


@dataclass(frozen=True)
class PlotRow:
    """A label, this period's figure and the one before, with both in words."""

    label: str
    value: int
    said: str
    before: int
    said_before: str


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class _Text:
    """``x`` is where the text begins, or ends with ``right``; ``y`` is its middle."""

    x: float
    y: float
    words: str
    fill: str
    size: int = SIZE
    right: bool = False


_Part = _Box | _Text


def bar_plot(
    rows: Sequence[PlotRow], *, words: str, legend: tuple[str, str] = ("本期", "上年同期")
) -> Picture:
    """Two bars a row from a common nought: the thick dark one now, the thin grey one before. ``words`` say what it shows."""
    height = TOP + ROW * len(rows) + 20
    parts = list(_parts(rows, legend))
    return Picture(_png(parts, height), MILLIMETRES, words, vector=_svg(parts, height))


def _parts(rows: Sequence[PlotRow], legend: tuple[str, str]) -> Iterable[_Part]:
    room = WIDTH - LABELS - FIGURES
    top = max([1, *(max(row.value, row.before) for row in rows)])
    yield _Box(LABELS, 18, 54, 30, NOW)
    yield _Text(LABELS + 68, 33, legend[0], INK)
    yield _Box(LABELS + 260, 26, 54, 14, THEN)
    yield _Text(LABELS + 328, 33, legend[1], INK)
    for at, row in enumerate(rows):
        y = TOP + ROW * at
        size = SIZE if len(row.label) * SIZE <= LABELS - 24 else (LABELS - 24) // len(row.label)
        yield _Text(LABELS - 18, y + ROW / 2 - 4, row.label, INK, size, right=True)
        now, then = (max(0, each) * room / top for each in (row.value, row.before))
        yield _Box(LABELS, y + 12, max(now, 2 if row.value else 0), 36, NOW)
        yield _Text(LABELS + now + 12, y + 30, row.said, INK)
        yield _Box(LABELS, y + 56, max(then, 2 if row.before else 0), 14, THEN)
        yield _Text(LABELS + then + 12, y + 64, row.said_before, "#5b6675", 28)
    yield _Box(LABELS - 2, TOP, 3, ROW * len(rows), LINE)


def _svg(parts: Iterable[_Part], height: int) -> bytes:
    drawn = []
    for part in parts:
        if isinstance(part, _Box):
            if part.width > 0:
                drawn.append(
                    f'<rect x="{part.x:.1f}" y="{part.y:.1f}" width="{part.width:.1f}" height="{part.height:.1f}" fill="{part.fill}"/>'
                )
        else:
            anchor = ' text-anchor="end"' if part.right else ""
            # The middle of a Chinese character lies a third of its height above the line it stands on.
            drawn.append(
                f'<text x="{part.x:.1f}" y="{part.y + part.size * 0.36:.1f}" font-size="{part.size}" fill="{part.fill}"{anchor}>{escape(part.words)}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="{FACE}">{"".join(drawn)}</svg>'
    ).encode()


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "NotoSerifSC-Regular.ttf"), size)


def _png(parts: Iterable[_Part], height: int) -> bytes:
    sheet = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(sheet)
    for part in parts:
        if isinstance(part, _Box):
            if part.width > 0:
                pen.rectangle(
                    (part.x, part.y, part.x + part.width - 1, part.y + part.height - 1), fill=part.fill
                )
        else:
            pen.text(
                (part.x, part.y),
                part.words,
                fill=part.fill,
                font=_face(part.size),
                anchor="rm" if part.right else "lm",
            )
    sink = BytesIO()
    sheet.quantize(32).save(sink, "PNG", optimize=True)
    return sink.getvalue()
