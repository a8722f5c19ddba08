"""A frozen text read back into blocks, for documents that were signed before files were kept beside the text.

The text is what was signed; a file made from it says the same, and is made anew each time it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from plumbline.platform.printing.blocks import Paragraph, Run, Sheet

from .layouts import footer


def sheet_of_text(html: str, *, title: str) -> Sheet:
    """The sheet of a frozen text of the first form: paragraphs with classes, a heading, bold labels."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Sheet(tuple(reader.paragraphs), footer=footer(), title=title)


@dataclass
class _Open:
    """The paragraph being read."""

    classes: set[str]
    heading: bool
    runs: list[Run] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._open: _Open | None = None
        self._bold = self._gap = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "h2"):
            self._open = _Open(set((dict(attrs).get("class") or "").split()), tag == "h2")
        elif tag in ("b", "strong"):
            self._bold = True
        elif tag == "mark":
            self._gap = True
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "h2") and self._open is not None:
            self.paragraphs.append(_paragraph(self._open))
            self._open = None
        elif tag in ("b", "strong"):
            self._bold = False
        elif tag == "mark":
            self._gap = False

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        if self._open is not None and text:
            self._open.runs.append(Run(text, bold=self._bold, gap=self._gap))


def _paragraph(read: _Open) -> Paragraph:
    runs = tuple(read.runs)
    if "issuer" in read.classes:
        return Paragraph(
            tuple(Run(r.text, bold=True, red=True) for r in runs), align="center", size=30, after=10
        )
    if "no" in read.classes:
        return Paragraph(runs, align="center", rule="red", after=12, line=28)
    if read.heading:
        titled = tuple(Run(r.text, bold=True, font="方正小标宋简体") for r in runs)
        return Paragraph(titled, align="center", size=22, before=12, after=12)
    if "sign" in read.classes:
        return Paragraph(runs, align="right", right=4, before=28, line=28)
    if "meta" in read.classes:
        return Paragraph(runs, align="center", size=14, line=28)
    return Paragraph(runs, align="justify", first=0 if "to" in read.classes else 2, line=28)
