"""A published document, decision or interpretation as Word file and PDF: the text of its public page, and where to check it.

Both files are made from one sheet. They say how the document stands on the day that was asked for, and lead back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import HttpResponse

from plumbline.apps.paperwork.contract import qr_of
from plumbline.platform.printing.blocks import Block, Cell, Paragraph, Row, Run, Sheet, Table
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.word_writing import as_word
from plumbline.platform.ui.downloads import as_file

from .articles import fingerprint, headed
from .models import NormDoc, NormText
from .validity import validity_tag

TITLE_FACE = "方正小标宋简体"
KINDS = ("docx", "pdf")
FOOT = (Paragraph((Run("— "), Run(field="page"), Run(" —")), align="center", size=10.5),)


def file_of(sheet: Sheet, kind: str, *, name: str, on: date) -> HttpResponse:
    """The file as an answer; ``on`` is the day the sheet speaks of, so that equal content gives equal bytes."""
    content = as_word(sheet) if kind == "docx" else as_pdf(sheet, on=on)
    answer = as_file(content, f"{name}.{kind}")
    answer["Cache-Control"] = "public, no-cache"
    return answer


def text_sheet(doc: NormDoc, text: NormText, on: date) -> Sheet:
    """The text as it was published, with its numbers and days, and its validity on a day."""
    blocks: list[Block] = [
        _title(doc.title),
        *([_line(doc.number, align="center")] if doc.number else []),
        _line(
            f"{doc.maker.name}{f'、{doc.joint}' if doc.joint and not doc.is_policy else ''}",
            align="center",
            after=12,
        ),
    ]
    blocks += [_article(headed(each), each["text"]) for each in text.articles]
    facts = [
        ("统一登记号", doc.register_no),
        ("公布", _day(doc.published_on)),
        ("施行", _day(doc.effective_from)),
        ("有效期止", "" if doc.is_policy else _day(doc.valid_to) or "没有设定"),
        (
            f"{on} 的效力",
            f"{validity_tag(doc, on).word}{f'。{doc.ended_reason}' if doc.ended_on and doc.ended_on <= on else ''}",
        ),
        ("正文指纹（SHA-256）", _in_groups(fingerprint(text.articles))),
    ]
    return _sheet(doc.title, blocks, facts, doc.public_page)


def interpretation_sheet(doc: NormDoc, *, title: str, text: str, on: date) -> Sheet:
    """An interpretation, with what it interprets."""
    blocks = [_title(title), *_paragraphs(text)]
    facts = [
        ("解读的对象", f"{doc.title}{f'（{doc.number}）' if doc.number else ''}"),
        (f"{on} 的效力", validity_tag(doc, on).word),
    ]
    return _sheet(title, blocks, facts, doc.public_page)


def _sheet(title: str, blocks: Sequence[Block], facts: Sequence[tuple[str, str]], page: str) -> Sheet:
    address = f"{settings.PUBLIC_URL}{page}"
    rows = [
        Row((Cell((_small(label),)), Cell((_small(said),))))
        for label, said in (*facts, ("固定网址", address))
        if said
    ]
    code = Cell((Paragraph((Run(picture=qr_of(address)),), align="center", size=10.5),))
    told = Cell((_small("扫码打开固定网址，核对正文、公布日和任何一天的效力。内容以固定网址为准。"),))
    return Sheet(
        (
            *blocks,
            Paragraph(size=10.5, before=12),
            Table((0.26, 0.74), tuple(rows)),
            # Word joins two tables that nothing parts.
            Paragraph(size=6),
            Table((0.26, 0.74), (Row((code, told)),), bordered=False),
        ),
        margins=(30, 26, 28, 28),
        footer=FOOT,
        title=title,
    )


def _title(text: str) -> Paragraph:
    return Paragraph((Run(text, font=TITLE_FACE, size=20),), align="center", after=10, size=20, line=30)


def _line(text: str, *, align: str, after: float = 0) -> Paragraph:
    return Paragraph((Run(text),), align=align, size=14, line=24, after=after)  # type: ignore[arg-type]


def _article(head: str, text: str) -> Paragraph:
    begun = (Run(head, bold=True),) if head else ()
    return Paragraph((*begun, Run(text)), first=2, size=14, line=25, align="justify", after=2)


def _paragraphs(text: str) -> list[Paragraph]:
    return [_article("", line.strip()) for line in text.splitlines() if line.strip()]


def _small(text: str) -> Paragraph:
    return Paragraph((Run(text),), size=10.5, line=16)


def _in_groups(digest: str) -> str:
    """A fingerprint in groups of sixteen: a line may end between them, and it is easier to compare."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
