"""A sample of a document: every fact with its example, to see a template before it is published."""

from __future__ import annotations

from typing import Any

from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS, Fact
from plumbline.platform.printing.blocks import Sheet
from plumbline.platform.printing.word_filling import fill_word
from plumbline.platform.printing.word_reading import read_word


def sample(template: DocumentTemplate, word: bytes) -> tuple[bytes, Sheet]:
    """The template filled with examples: the Word file and what is read from it."""
    docx = fill_word(word, examples())
    return docx, read_word(docx, title=template.title)


def examples() -> dict[str, Any]:
    """Every fact with its example."""
    return {fact.name: _example(fact) for fact in FACTS.values()}


def _example(fact: Fact) -> Any:
    if fact.kind == "list":
        parts = fact.example.split("｜")
        if len(fact.columns) == 1:
            return [fact.example]
        return [dict(zip(fact.columns, parts + [""] * len(fact.columns), strict=False))]
    if fact.kind == "sign":
        return ""
    return fact.example
