"""A signed document on paper: Word file and PDF say what was signed."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.test import Client
from django.utils.html import strip_tags
from pypdf import PdfReader

from plumbline.apps.paperwork.contract import printed, printed_pdf
from plumbline.apps.paperwork.models import Document
from plumbline.apps.paperwork.verifying import is_unaltered
from plumbline.platform.printing.blocks import text_of
from plumbline.platform.printing.word_reading import read_word

from .test_signing import signed

# What signing froze before Word files and PDF were kept beside the text.
FIRST_FORM = (
    '<div class="paper"><p class="issuer to">阳逻街道办事处</p><p class="no to">新阳街综执罚告〔2025〕7号</p>'
    "<h2>行政处罚告知书</h2><p><b>当事人：</b>武汉甲公司 &amp; 乙</p><p><b>事实：</b>第一行<br>第二行</p>"
    '<p class="sign">阳逻街道办事处<br>2025年3月2日</p></div>'
)


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
    assert printed_pdf(document) == paper.pdf


def test_a_document_signed_before_files_were_kept_stays_valid_and_can_be_printed(world: Any) -> None:
    document = Document.objects.create(
        matter_id="M-OLD", agency_id="T-STREET", template="D25", template_version="2026-1", title="行政处罚告知书",
        state="signed", number="新阳街综执罚告〔2025〕7号", html=FIRST_FORM, signed_on="2025-03-02",
        sha256=hashlib.sha256(FIRST_FORM.encode()).hexdigest(),
        facts=[{"label": "当事人", "text": "武汉甲公司 & 乙", "gap": ""}],
    )  # fmt: skip
    document.refresh_from_db(from_queryset=Document.objects.unscoped("测试"))
    assert is_unaltered(document)
    paper = printed(document)
    assert printed_pdf(document) == paper.pdf
    text = text_of(read_word(paper.docx))
    assert "当事人：武汉甲公司 & 乙" in text
    assert "第一行\n第二行" in text
    assert "武汉甲公司" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.pdf)).pages)
    assert "有效，自签发以来未被改动" in Client().get(f"/open/verify/{document.code}").content.decode()
