"""The block model: what stands on a page, apart from how a page, a Word file or a PDF says it.

One filled Word file is read into blocks (``word_reading``); the preview in the page (``html``) and the PDF (``pdf``) are
made from the same blocks, so that the three cannot differ in content. Sizes are in points, lengths in millimetres,
indents in characters (em), as Chinese typists count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True)
class Picture:
    """A signature, a code, a seal or a plot: the file's bytes (png or jpeg), its width, and what it shows in words.

    ``vector`` is the same drawing as SVG, where there is one; the PDF takes it.
    """

    data: bytes
    width: float
    words: str = ""
    vector: bytes = b""


@dataclass(frozen=True)
class Run:
    """Text of one look. ``field`` is ``page`` or ``pages`` for a page number; ``gap`` marks a fact that is missing."""

    text: str = ""
    bold: bool = False
    underline: bool = False
    red: bool = False
    size: float = 0
    font: str = ""
    gap: bool = False
    field: Literal["", "page", "pages"] = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Paragraph:
    """``first`` and ``left`` are indents in characters; ``rule`` draws a line below (black or red)."""

    runs: tuple[Run, ...] = ()
    align: Align = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 0
    size: float = 16
    rule: Literal["", "black", "red"] = ""
    new_page: bool = False
    together: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    paragraphs: tuple[Paragraph, ...]
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        return "\n".join(each.text for each in self.paragraphs)


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    head: bool = False


@dataclass(frozen=True)
class Table:
    """``widths`` are shares of the text's width. A ``head`` row is repeated on every page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    bordered: bool = True


Block = Paragraph | Table


@dataclass(frozen=True)
class Sheet:
    """A4 upright. Margins in millimetres, in the order top, right, bottom, left; GB/T 9704 asks for 37, 26, 35, 28."""

    blocks: tuple[Block, ...]
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)
    header: tuple[Paragraph, ...] = ()
    footer: tuple[Paragraph, ...] = ()
    title: str = field(default="", compare=False)


def text_of(sheet: Sheet) -> str:
    """The whole text in reading order, a line a paragraph; what all forms of a document have in common."""
    return "\n".join(each.text for each in paragraphs_of(sheet.blocks))


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def pictures_of(sheet: Sheet) -> Iterator[Picture]:
    for paragraph in paragraphs_of(sheet.blocks):
        for run in paragraph.runs:
            if run.picture is not None:
                yield run.picture


def gaps_of(sheet: Sheet) -> list[str]:
    """The text of every gap that is marked in the document."""
    return [run.text for each in paragraphs_of(sheet.blocks) for run in each.runs if run.gap]
