"""What may come in as a template, and how what may not is named."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from plumbline.platform.printing.blocks import Cell, Paragraph, Row, Run, Sheet, Table, text_of
from plumbline.platform.printing.coverage import undrawable
from plumbline.platform.printing.word_checking import TemplateFault, checked_template
from plumbline.platform.printing.word_filling import Gap, fill_word
from plumbline.platform.printing.word_reading import read_word
from plumbline.platform.printing.word_writing import as_word

KNOWN = {"当事人": (), "案由": (), "财物清单": ("名称", "数量")}


def sheet(*texts: str) -> Sheet:
    return Sheet(tuple(Paragraph((Run(text),)) for text in texts))


def with_xml(docx: bytes, before: str, after: str) -> bytes:
    """The file with a piece of its document part put another way, as Word would have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode(), 1)
            new.writestr(name, data)
    return out.getvalue()


def faults_of(docx: bytes, required: tuple[str, ...] = ()) -> str:
    with pytest.raises(TemplateFault) as refused:
        checked_template(docx, known=KNOWN, required=required)
    return "\n".join(refused.value.faults)


def test_names_loops_and_conditions_are_all_there_is() -> None:
    table = Table(
        (0.5, 0.5),
        tuple(
            Row((Cell((Paragraph((Run(text),)),), 2),))
            for text in (
                "{%tr for 行 in 财物清单 %}",
                "{{ 行.名称 }}{{ 行.数量 }}{{ loop.index }}",
                "{%tr endfor %}",
            )
        ),
    )
    page = sheet("{{ 当事人 }}", "{%p if 案由 %}", "{{ 案由 }}", "{%p endif %}")
    docx = as_word(replace(page, blocks=(*page.blocks, table)))
    assert checked_template(docx, known=KNOWN, required=("当事人",)) == ["当事人", "案由", "财物清单"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 当事入 }}", "是不是“当事人”"),
        ("{{ 当事人", "没有写完整"),
        ("{% if 案由 %}", "没有写完整"),
        ("{{ 当事人|upper }}", "不支持"),
        ("{{ 当事人.__class__ }}", "只能写在"),
        ("{{ ().__class__ }}", "一个点"),
        ("{% for 行 in 当事人 %}{% endfor %}", "不是清单"),
        ("{% for 行 in 财物清单 %}{{ 行.颜色 }}{% endfor %}", "没有“颜色”这一栏"),
        ("{{ range(1) }}", "不支持"),
        ("{% set a = 1 %}", "不支持"),
    ],
)
def test_a_field_that_cannot_be_filled_is_named(text: str, said: str) -> None:
    assert said in faults_of(as_word(sheet(text)))


def test_a_required_field_that_is_missing_is_named() -> None:
    assert "缺少必备的字段：{{ 案由 }}" in faults_of(as_word(sheet("{{ 当事人 }}")), ("当事人", "案由"))


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<w:r><w:pict/></w:r>", "旧式图形"),
        ("<w:ins><w:r><w:t>加</w:t></w:r></w:ins>", "修订痕迹"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "隐藏文字"),
        ("<w:r><w:footnoteReference/></w:r>", "脚注"),
        ('<w:r><w:instrText> TIME \\@ "y" </w:instrText></w:r>', "域（TIME）"),
        ("<w:sdt/>", "内容控件"),
        ('<w:r><w:t>甲</w:t></w:r><w:r><w:br w:type="page"/></w:r>', "段落中间有分页符"),
    ],
)
def test_what_page_and_pdf_cannot_show_is_named(xml: str, said: str) -> None:
    docx = with_xml(as_word(sheet("正文")), "</w:p>", f"{xml}</w:p>")
    assert said in faults_of(docx)


def test_lists_that_number_themselves_and_other_paper_are_named() -> None:
    page = as_word(sheet("正文"))
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    assert "自动编号" in faults_of(with_xml(page, "<w:pPr>", numbered))
    assert "A4 纵向" in faults_of(with_xml(page, 'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'))


def test_what_word_cuts_into_pieces_is_one_field() -> None:
    docx = with_xml(
        as_word(sheet("{{ 当事人 }}好")),
        "{{ 当事人 }}好",
        "{{ 当</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>事人 }}好",
    )
    assert text_of(read_word(fill_word(docx, {"当事人": "甲公司"}))) == "甲公司好"


def test_a_gap_is_marked_and_the_rest_of_its_line_is_not() -> None:
    filled = read_word(fill_word(as_word(sheet("前{{ 当事人 }}后")), {"当事人": Gap("当事人")}))
    runs = filled.blocks[0].runs  # type: ignore[union-attr]
    assert [(run.text, run.gap) for run in runs] == [("前", False), ("（缺：当事人）", True), ("后", False)]


def test_joined_cells_are_read_as_word_shows_them() -> None:
    page = Sheet(
        (Table((0.5, 0.5), (Row((Cell((Paragraph((Run("甲"),)),)), Cell((Paragraph((Run("乙"),)),)))),) * 2),)
    )
    docx = as_word(page)
    for state in ('w:val="restart"', ""):
        docx = with_xml(docx, '<w:vAlign w:val="center"/></w:tcPr>', f"<w:vMerge {state}/></w:tcPr>")
        docx = with_xml(docx, '<w:vAlign w:val="center"/></w:tcPr>', "<w:noWrap/></w:tcPr>")
    table = read_word(docx).blocks[0]
    assert isinstance(table, Table)
    assert [[cell.down for cell in row.cells] for row in table.rows] == [[2, 1], [1]]


def test_a_character_without_a_glyph_is_named_once() -> None:
    assert undrawable("邾城街道㛃𬭎䶮，Plumbline 2026〔1〕号") == []
    assert undrawable("甲\U0001f600乙\U0001f600") == ["\U0001f600"]
