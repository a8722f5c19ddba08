"""A sample of a document: every fact with its example, to see a template before it is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS, Fact
from plumbline.platform.printing.blocks import Sheet
from plumbline.platform.printing.word_filling import Sentence, fill_word
from plumbline.platform.printing.word_reading import read_word

from .rendering import qr_of


def sample(template: DocumentTemplate, word: bytes) -> tuple[bytes, Sheet]:
    """The template filled with examples: the Word file and what is read from it."""
    docx = fill_word(word, examples() | _of_its_kind(template))
    return docx, read_word(docx, title=template.title)


def examples() -> dict[str, Any]:
    """Every fact with its example."""
    return {fact.name: _example(fact) for fact in FACTS.values()}


def _of_its_kind(template: DocumentTemplate) -> dict[str, Any]:
    """What is never the same in two kinds of document: the number's mark. The code leads to nothing that was signed."""
    number = f"新阳街综执{template.mark}〔2026〕12号" if template.mark else ""
    return {"文号": number, "验证二维码": qr_of(f"{settings.PUBLIC_URL}/open/verify/sample")}


def _example(fact: Fact) -> Any:
    if fact.kind == "list":
        parts = fact.example.split("｜")
        if len(fact.columns) == 1:
            return [fact.example]
        return [dict(zip(fact.columns, parts + [""] * len(fact.columns), strict=False))]
    if fact.kind == "sign":
        return ""
    return Sentence(fact.example) if fact.kind == "long" else fact.example
