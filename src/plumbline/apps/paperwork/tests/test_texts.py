"""Word file, page and PDF of every document say the same, whatever the facts are."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from plumbline.apps.paperwork.keeping import ALL_DOCUMENTS, needed_in
from plumbline.apps.paperwork.layouts import word_template
from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS, Fact
from plumbline.platform.printing.blocks import Sheet, Table, gaps_of, text_of
from plumbline.platform.printing.html_form import as_html
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.word_checking import checked_template
from plumbline.platform.printing.word_filling import Gap, fill_word
from plumbline.platform.printing.word_reading import read_word

NASTY = "<b>&amp;</b> {{ 案由 }} {% if x %} #panic() $x$ *粗* \\ \"引\" '号' 㛃𬭎䶮"
LONG_NAME = "武汉市新洲区阳逻经济开发区" + "建筑劳务分包及渣土运输清洁服务综合保障" * 2 + "有限责任公司"
assert len(LONG_NAME) >= 57
EVERY = pytest.mark.parametrize("template", ALL_DOCUMENTS.values(), ids=lambda each: each.code)


def full(fact: Fact, needed: bool) -> Any:
    return value(fact, fact.example or "周晓岚", rows=2)


def required_only(fact: Fact, needed: bool) -> Any:
    return full(fact, needed) if needed or fact.kind == "system" else ([] if fact.kind == "list" else "")


def gaps(fact: Fact, needed: bool) -> Any:
    return Gap(fact.name) if needed and fact.kind not in ("system", "sign") else required_only(fact, needed)


def hostile(fact: Fact, needed: bool) -> Any:
    text = LONG_NAME if fact.name in ("当事人", "受送达人") else NASTY
    return value(fact, text, rows=40)


def value(fact: Fact, text: str, *, rows: int) -> Any:
    if fact.kind != "list":
        return text
    if len(fact.columns) == 1:
        return [text] * rows
    return [dict.fromkeys(fact.columns, f"{text[:24]}{n}") for n in range(rows)]


def sheet_of(template: DocumentTemplate, fill: Callable[[Fact, bool], Any]) -> Sheet:
    needed = set(template.required)
    facts = {fact.name: fill(fact, fact.name in needed) for fact in FACTS.values()}
    return read_word(fill_word(word_template(template), facts), title=template.title)


def letters(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def text_of_page(sheet: Sheet) -> str:
    return letters(html.unescape(re.sub(r"<[^>]+>", "", as_html(sheet))))


def text_of_pdf(sheet: Sheet) -> str:
    """The text of the PDF without page numbers, and without the heads of tables that are repeated on further pages."""
    pages = PdfReader(io.BytesIO(as_pdf(sheet, on=date(2026, 3, 2)))).pages
    said = [re.sub(r"第\d+页共\d+页", "", letters(page.extract_text())) for page in pages]
    heads = [
        letters("".join(cell.text for row in block.rows if row.head for cell in row.cells))
        for block in sheet.blocks
        if isinstance(block, Table)
    ]
    whole = said[0]
    for page in said[1:]:
        repeated = next((head for head in heads if head and page.startswith(head) and head in whole), "")
        whole += page.removeprefix(repeated)
    return whole


@EVERY
@pytest.mark.parametrize("fill", [full, hostile], ids=lambda each: each.__name__)
def test_word_page_and_pdf_say_the_same(template: DocumentTemplate, fill: Any) -> None:
    sheet = sheet_of(template, fill)
    said = letters(text_of(sheet))
    assert text_of_page(sheet) == said
    assert text_of_pdf(sheet) == said


def test_what_is_typed_stands_in_the_document_as_it_was_typed() -> None:
    assert letters(NASTY) in letters(text_of(sheet_of(ALL_DOCUMENTS["D32"], hostile)))
    assert LONG_NAME in letters(text_of(sheet_of(ALL_DOCUMENTS["D25"], hostile)))


@EVERY
@pytest.mark.parametrize("fill", [required_only, gaps], ids=lambda each: each.__name__)
def test_a_document_with_little_in_it_reads_as_well(template: DocumentTemplate, fill: Any) -> None:
    sheet = sheet_of(template, fill)
    assert text_of_page(sheet) == letters(text_of(sheet))
    named = {name for name in template.required if FACTS[name].kind not in ("system", "sign")}
    marked = "".join(gaps_of(sheet))
    assert all(
        (f"（缺：{name}）" in marked) == (fill is gaps) for name in named if FACTS[name].kind != "list"
    )


@pytest.mark.exhaustive
@EVERY
@pytest.mark.parametrize("fill", [required_only, gaps], ids=lambda each: each.__name__)
def test_the_pdf_of_a_document_with_little_in_it(template: DocumentTemplate, fill: Any) -> None:
    sheet = sheet_of(template, fill)
    assert text_of_pdf(sheet) == letters(text_of(sheet))


@EVERY
def test_the_projects_own_templates_pass_their_own_check(template: DocumentTemplate) -> None:
    known = {fact.name: fact.columns for fact in FACTS.values()}
    names = checked_template(word_template(template), known=known, required=needed_in(template))
    assert set(names) >= set(template.required)


def test_a_template_is_built_alike_every_time() -> None:
    template = ALL_DOCUMENTS["D32"]
    assert word_template.__wrapped__(template) == word_template(template)


def test_an_official_letter_has_the_margins_and_sizes_of_the_standard() -> None:
    sheet = sheet_of(ALL_DOCUMENTS["D32"], full)
    assert [round(each) for each in sheet.margins] == [37, 26, 35, 28]
    title = next(p for p in sheet.blocks if getattr(p, "text", "") == "行政处罚决定书")
    assert (title.size, title.align, title.runs[0].font) == (22, "center", "方正小标宋简体")  # type: ignore[union-attr]
    body = next(p for p in sheet.blocks if getattr(p, "text", "").startswith("经查明"))
    assert (body.size, body.first, body.line) == (16, 2, 28)  # type: ignore[union-attr]


def test_a_letter_begins_on_its_first_page_and_ends_with_text_beside_its_seal() -> None:
    """Only the last paragraph of a text is held to the seal; a list of paragraphs is not."""
    held = [p.text for p in sheet_of(ALL_DOCUMENTS["D32"], full).blocks if getattr(p, "together", False)]
    assert len([text for text in held if text]) == 1 and "申请行政复议" in "".join(held)
    letter = sheet_of(ALL_DOCUMENTS["J01"], full)
    assert not [p for p in letter.blocks if getattr(p, "together", False) and getattr(p, "text", "")]
    twenty = {fact.name: value(fact, fact.example or "某", rows=20) for fact in FACTS.values()}
    sheet = read_word(fill_word(word_template(ALL_DOCUMENTS["J01"]), twenty), title="函")
    first = PdfReader(io.BytesIO(as_pdf(sheet, on=date(2026, 3, 2)))).pages[0].extract_text()
    assert letters(first).count("没有在法定期限内送达") > 5
