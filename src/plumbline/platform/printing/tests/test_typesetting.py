"""Setting a page: what is typed stays text, rare characters are drawn, equal input gives equal bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from plumbline.platform.printing.typesetting import TypesettingFault, typeset

PAGE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: datetime(year: 2026, month: 3, day: 2))
#set text(font: "Noto Serif SC", lang: "zh", region: "cn")
= #data.title
#data.body
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    template = tmp_path / "page.typ"
    template.write_text(PAGE)
    return template


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_what_is_typed_stays_text(page: Path) -> None:
    pdf = typeset(page, {"title": "决定书", "body": '#panic("x") = $x$ *粗* 邾城街道 㛃 𬭎 䶮'})
    assert '#panic("x") = $x$ *粗*' in words_of(pdf)
    assert all(name in words_of(pdf) for name in "邾㛃𬭎䶮")


def test_equal_input_gives_equal_bytes(page: Path) -> None:
    data = {"title": "决定书", "body": "甲"}
    assert typeset(page, data) == typeset(page, data)


def test_a_template_that_cannot_be_set_is_a_fault(page: Path) -> None:
    with pytest.raises(TypesettingFault):
        typeset(page, {"title": "缺正文"})
