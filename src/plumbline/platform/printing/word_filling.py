"""Filling a Word template: facts go in as text, never as markup, and a missing fact is marked where it belongs.

Templates may come from an agency: they are rendered in a sandbox, and ``word_checking`` has let through names, loops
and conditions only.
"""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Undefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from .blocks import Picture
from .word_joining import MARKS, SENTENCE_END, SENTENCE_START, WORD_END, join_facts
from .word_styles import q
from .word_writing import packed

# Two private characters enclose the words of a gap from the filling to the marking; no typed text keeps them.
GAP_START, GAP_END = "\ue0f0", "\ue0f1"


@dataclass(frozen=True)
class Gap:
    """A required fact that is missing, by the name an officer knows."""

    name: str


@dataclass(frozen=True)
class Sentence:
    """What somebody wrote in sentences: it ends with one full stop where the template goes on with the next."""

    text: str


Value = str | Sentence | Gap | Picture | tuple[str | Picture, ...] | list[Any] | bool


def fill_word(template: bytes, facts: Mapping[str, Value]) -> bytes:
    """The template filled. A name without a value is empty; a ``Gap`` is written 「（缺：名称）」 and highlighted."""
    word = DocxTemplate(BytesIO(template))
    word.init_docx()
    placed = {name: _ended(value, _placed(word, value)) for name, value in facts.items()}
    word.render(placed, jinja_env=_environment())
    join_facts(word.docx.element.body)
    _mark_gaps(word.docx.element.body)
    out = BytesIO()
    word.save(out)
    with zipfile.ZipFile(out) as archive:
        return packed({name: _unmarked(archive.read(name)) for name in sorted(archive.namelist())})


def _unmarked(part: bytes) -> bytes:
    """Heads and feet have facts too, but no sentences."""
    for mark in MARKS + GAP_START + GAP_END:
        part = part.replace(mark.encode(), b"")
    return part


class _Blank(Undefined):
    """A name or a column nobody filled is empty, also one level down."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    __getitem__ = __getattr__


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=_Blank)


class _Mixed:
    """Pictures and words in one place, one after the other. A picture joins the part that is being written."""

    def __init__(self, word: DocxTemplate, each: tuple[str | Picture, ...]) -> None:
        self._word = word
        self._each = each

    def __html__(self) -> str:
        return "".join(
            _image(self._word, one) if isinstance(one, Picture) else escape(clean(one)) for one in self._each
        )

    def __bool__(self) -> bool:
        return bool(self._each)


def _ended(value: Any, placed: Any) -> Any:
    """A fact with the mark of its end, for the punctuation after it; entries of a list stand in cells and need none."""
    if isinstance(value, Sentence):
        return f"{SENTENCE_START}{placed}{SENTENCE_END}" if placed else ""
    return f"{placed}{WORD_END}" if isinstance(value, str) and placed else placed


def _placed(word: DocxTemplate, value: Any) -> Any:
    if isinstance(value, Sentence):
        return clean(value.text)
    if isinstance(value, Gap):
        return f"{GAP_START}（缺：{clean(value.name)}）{GAP_END}"
    if isinstance(value, Picture):
        return _Mixed(word, (value,))
    if isinstance(value, tuple):
        return _Mixed(word, value)
    if isinstance(value, list):
        return [
            {name: _placed(word, inner) for name, inner in each.items()}
            if isinstance(each, Mapping)
            else _placed(word, each)
            for each in value
        ]
    return value if isinstance(value, bool) else clean(str(value))


def _image(word: DocxTemplate, picture: Picture) -> str:
    """The picture as the library writes it, with what it shows in words for those who cannot see it."""
    written = str(InlineImage(word, BytesIO(picture.data), width=Mm(picture.width)))
    return written.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(clean(picture.words))} ", 1)


def clean(text: str) -> str:
    """Typed text without control characters and without the marks of a gap; line ends as one character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in text
        if c in "\n\t"
        or (
            ord(c) >= 0x20
            and c not in (GAP_START, GAP_END, *MARKS, "\ufffe", "\uffff")
            and not 0xD800 <= ord(c) <= 0xDFFF
        )
    )


def _mark_gaps(root: Any) -> None:
    """Cut each run that holds a gap into before, gap and after, and highlight the gap."""
    for text in list(root.iter(q("t"))):
        if text.text is None or GAP_START not in text.text:
            continue
        run = text.getparent()
        pieces: list[Any] = []
        rest = text.text
        while rest:
            before, start, rest = rest.partition(GAP_START)
            if before:
                pieces.append(_copy(run, before, marked=False))
            if start:
                gap, _, rest = rest.partition(GAP_END)
                pieces.append(_copy(run, gap, marked=True))
        siblings = [each for each in run if each.tag != q("rPr")]
        at = siblings.index(text)
        lead = _kept(run, siblings[:at])
        trail = _kept(run, siblings[at + 1 :])
        for piece in (*lead, *pieces, *trail):
            run.addprevious(piece)
        run.getparent().remove(run)
        if any(GAP_START in (each.text or "") for piece in trail for each in piece.iter(q("t"))):
            _mark_gaps(root)
            return


def _copy(run: Any, words: str, *, marked: bool) -> Any:
    piece = etree.Element(run.tag, nsmap=run.nsmap)
    props = run.find(q("rPr"))
    if props is not None:
        piece.append(copy.deepcopy(props))
    if marked:
        look = piece.find(q("rPr"))
        if look is None:
            look = etree.SubElement(piece, q("rPr"))
        mark = etree.Element(q("highlight"))
        mark.set(q("val"), "yellow")
        later = next((each for each in look if each.tag == q("u")), None)
        look.append(mark) if later is None else later.addprevious(mark)
    inner = etree.SubElement(piece, q("t"))
    inner.text = words
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return piece


def _kept(run: Any, children: list[Any]) -> list[Any]:
    if not children:
        return []
    piece = etree.Element(run.tag, nsmap=run.nsmap)
    props = run.find(q("rPr"))
    if props is not None:
        piece.append(copy.deepcopy(props))
    for each in children:
        piece.append(copy.deepcopy(each))
    return [piece]
