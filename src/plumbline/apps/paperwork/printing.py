"""A document on paper: PDF and Word file of one content."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date

from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.printing.blocks import Sheet
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.word_writing import as_word

from .frozen import sheet_of_text
from .models import Document, DocumentState
from .rendering import rendered


@dataclass(frozen=True)
class PrintedDocument:
    """The two files of a document, their fingerprints and the number of pages of the PDF."""

    pdf: bytes
    docx: bytes
    pages: int

    @property
    def pdf_sha256(self) -> str:
        return hashlib.sha256(self.pdf).hexdigest()

    @property
    def docx_sha256(self) -> str:
        return hashlib.sha256(self.docx).hexdigest()


def printed(document: Document) -> PrintedDocument:
    """The files of a document: a signed one's as they were kept, a draft's as they would be now.

    Documents signed before files were kept have their text; their files are made from it each time.
    """
    if document.pdf_sha256:
        return PrintedDocument(_kept(document.pdf_sha256), _kept(document.docx_sha256), document.pages)
    if document.state == DocumentState.DRAFT:
        now = rendered(document)
        return files_of(now.sheet, on=clock.today(), docx=now.docx)
    sheet = sheet_of_text(document.html, title=document.title)
    return files_of(sheet, on=_day_of(document), docx=as_word(sheet))


def printed_pdf(document: Document) -> bytes:
    """The PDF alone, the same as ``printed`` gives, without making or reading a Word file that nobody asked for."""
    if document.pdf_sha256:
        return _kept(document.pdf_sha256)
    if document.state == DocumentState.DRAFT:
        return as_pdf(rendered(document).sheet, on=clock.today())
    return as_pdf(sheet_of_text(document.html, title=document.title), on=_day_of(document))


def files_of(sheet: Sheet, *, on: date, docx: bytes) -> PrintedDocument:
    pdf = as_pdf(sheet, on=on)
    from pypdf import PdfReader  # dear to load

    return PrintedDocument(pdf, docx, len(PdfReader(io.BytesIO(pdf)).pages))


def _day_of(document: Document) -> date:
    return document.signed_on or document.drafted_at.date()


def _kept(sha256: str) -> bytes:
    with open_kept(sha256) as source:
        return source.read()
