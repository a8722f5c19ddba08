"""A report of the programme as Word and PDF, from the same blocks."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform.printing.blocks import Block, Cell, Paragraph, Row, Run, Sheet, Table
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.word_writing import as_word

from .drafting import PARTS, facts_of, reporting_day
from .models import Paper

TITLE_FACE = "方正小标宋简体"
FOOT = (Paragraph((Run("— "), Run(field="page"), Run(" —")), align="center", size=10.5),)
NUMERALS = "一二三四五六七八九"


def as_files(paper: Paper, form: str) -> bytes:
    """The bytes of a report; an issued one from what was frozen."""
    sheet = sheet_of(paper)
    if form == "docx":
        return as_word(sheet)
    return as_pdf(sheet, on=paper.issued_on or paper.drafted_on)


def sheet_of(paper: Paper) -> Sheet:
    issued = paper.issued_on is not None
    facts = paper.content if issued else facts_of(paper, reporting_day(paper))
    text = facts["text"] if issued else paper.text
    blocks: list[Block] = [
        Paragraph((Run(str(paper), font=TITLE_FACE, size=20),), align="center", after=6, size=20, line=30)
    ]
    about = f"{facts['number']} · 数据截至 {facts['as_of']}"
    if paper.number > 1:
        about += f" · 第 {paper.number} 版"
    if not issued:
        about += " · 草稿，没有印发"
    blocks.append(Paragraph((Run(about),), align="center", after=8, size=10.5))
    for numeral, (key, label) in zip(NUMERALS, PARTS[paper.kind].items(), strict=False):
        blocks.append(_section(f"{numeral}、{label}"))
        blocks += [
            Paragraph((Run(part.strip()),), first=2, size=14, line=24, align="justify", after=2)
            for part in str(text.get(key, "")).splitlines()
            if part.strip()
        ]
    blocks.append(_section("附表　附件任务进展", new_page=True))
    rows = [(t["code"], t["title"], t["owners"], t["due"], t["state"], t["said"]) for t in facts["tasks"]]
    blocks.append(
        _table(("编号", "任务", "责任主体", "时限", "状态", "进展"), rows, (0.07, 0.33, 0.2, 0.12, 0.1, 0.18))
    )
    if issued:
        words = (
            f"印发：{paper.issued_label}　{paper.issued_on:%Y 年 %m 月 %d 日}　内容指纹 {paper.sha256[:16]}"
        )
        blocks.append(Paragraph((Run(words),), size=10.5, before=8))
    return Sheet(tuple(blocks), margins=(30, 24, 28, 26), footer=FOOT, title=str(paper))


def _section(text: str, *, new_page: bool = False) -> Paragraph:
    return Paragraph(
        (Run(text, bold=True),), size=15, before=10, after=4, line=24, together=True, new_page=new_page
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    def cell(text: str, bold: bool = False) -> Cell:
        return Cell(
            (Paragraph((Run(text, bold=bold),), size=9, align="center" if bold else "left", line=13),)
        )

    made = [Row(tuple(cell(text, True) for text in heads), head=True)]
    made += [Row(tuple(cell(text) for text in row)) for row in rows]
    return Table(tuple(widths), tuple(made))
