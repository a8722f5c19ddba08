"""A signed document on paper: Word file and PDF say what was signed."""

from __future__ import annotations

import io
from typing import Any

from django.utils.html import strip_tags
from pypdf import PdfReader

from plumbline.apps.paperwork.contract import printed
from plumbline.platform.printing.blocks import text_of
from plumbline.platform.printing.word_reading import read_word

from .test_signing import signed


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_signed_document_has_its_files(world: Any) -> None:
    document = signed(world, world.noticed())
    paper = printed(document)
    said = letters(strip_tags(document.html.replace("<br>", "\n")))
    assert letters(text_of(read_word(paper.docx))) == said
    pages = PdfReader(io.BytesIO(paper.pdf)).pages
    assert len(pages) == paper.pages
    assert letters("".join(page.extract_text() for page in pages)).startswith(said[:120])
    assert printed(document).pdf_sha256 == paper.pdf_sha256
