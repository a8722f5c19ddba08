"""A signed report as a page to print (PDF), a Word file and a workbook; all from the same content."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plumbline.platform.printing.blocks import Block, Cell, Paragraph, Row, Run, Sheet, Table
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.plots import PlotRow, bar_plot
from plumbline.platform.printing.word_writing import as_word
from plumbline.platform.workbooks import open_workbook

from .checking import TEXT_PARTS
from .figures import shown, wan
from .layout import Column, layout

TITLE_FACE = "方正小标宋简体"
FOOT = (Paragraph((Run("— "), Run(field="page"), Run(" —")), align="center", size=10.5),)


def heading(text: str) -> Paragraph:
    return Paragraph((Run(text, font=TITLE_FACE, size=20),), align="center", after=10, size=20, line=30)


def section(text: str, *, new_page: bool = False) -> Paragraph:
    return Paragraph(
        (Run(text, bold=True),), size=15, before=10, after=4, line=24, together=True, new_page=new_page
    )


def words(text: str, *, small: bool = False) -> list[Paragraph]:
    """Running text, a paragraph a line."""
    size = 10.5 if small else 14
    return [
        Paragraph((Run(part.strip()),), first=0 if small else 2, size=size, line=size * 1.7, align="justify", after=2)
        for part in text.splitlines()
        if part.strip()
    ]  # fmt: skip


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], *, size: float = 10.5
) -> Table:
    """Texts on the left, figures (every column but the first) on the right."""

    def cell(text: str, at: int, bold: bool = False) -> Cell:
        right = at > 0 and not bold and text[:1] in "0123456789—-" and len(text) < 16
        align = "center" if bold else "right" if right else "left"
        return Cell((Paragraph((Run(text, bold=bold),), size=size, align=align, line=size * 1.5),))  # type: ignore[arg-type]

    made = [Row(tuple(cell(text, at, bold=True) for at, text in enumerate(heads)), head=True)]
    made += [Row(tuple(cell(text, at) for at, text in enumerate(row))) for row in rows]
    return Table(tuple(widths), tuple(made))


def plot(rows: Sequence[PlotRow], *, words: str, legend: tuple[str, str] = ("本期", "上年同期")) -> Paragraph:
    """A plot on a line of its own; the table behind it comes before."""
    return Paragraph(
        (Run(picture=bar_plot(rows, words=words, legend=legend)),),
        align="center",
        size=10.5,
        before=4,
        after=6,
    )


def _column(told: Mapping[str, Any]) -> Column:
    known = layout().columns.get(told["cell"])
    return known or Column(told["cell"], told["label"], told["unit"])


def figure_of(told: Mapping[str, Any], key: str) -> str:
    """A figure of the content in words."""
    return shown(_column(told), told[key])


def annual_sheet(
    content: Mapping[str, Any], *, number: int, reason: str, signed: str, signed_on: date
) -> Sheet:
    """The report: words first, then the tables, each with last year beside, then what limits the figures."""
    blocks: list[Block] = [heading(f"{content['agency_name']}{content['year']} 年度行政执法年报")]
    if number > 1:
        blocks += words(f"第 {number} 版，更正理由：{reason}")
    for place, (key, label) in zip("一二三四", TEXT_PARTS.items(), strict=True):
        blocks.append(section(f"{place}、{label}"))
        blocks += words(content["text"].get(key, ""))
    for at, each in enumerate(content["tables"]):
        blocks.append(section(f"附表{'一二三四五六七八九'[at]}　{each['name']}", new_page=at == 0))
        if each["note"]:
            blocks += words(each["note"], small=True)
        blocks.append(
            table(
                ("项目", "单位", "系统统计", "单位填报", "上年", "说明"),
                [
                    (
                        c["label"],
                        c["unit"],
                        figure_of(c, "counted") if c["counted"] is not None or c["entered"] is None else "—",
                        figure_of(c, "entered") if c["entered"] is not None else "—",
                        figure_of(c, "last_year"),
                        "；".join(part for part in (c["source"], c["reason"], c["explanation"], "来源未确认完整" if c["partial"] else "") if part),
                    )
                    for c in each["columns"]
                ],
                (0.27, 0.08, 0.13, 0.13, 0.13, 0.26),
            )
        )  # fmt: skip
    blocks.append(section("统计口径和数据来源"))
    for key, rule in content["rules"].items():
        blocks += words(f"{key}　{rule}。", small=True)
    for each in content["sources"].values():
        said = "已确认完整" if each.get("complete") else "没有确认完整"
        note = f"（{each['note']}）" if each.get("note") else ""
        blocks += words(f"{each['label']}：{said}{note}。", small=True)
    blocks += words(content["form"]["note"], small=True)
    blocks += words(f"签发：{signed}　{signed_on:%Y 年 %m 月 %d 日}")
    return Sheet(
        tuple(blocks),
        margins=(30, 24, 28, 26),
        footer=FOOT,
        title=f"{content['agency_name']}{content['year']}年度行政执法年报",
    )


def pdf(sheet: Sheet, on: date) -> bytes:
    return as_pdf(sheet, on=on)


def word(sheet: Sheet) -> bytes:
    return as_word(sheet)


def workbook(
    title: str,
    about: Sequence[tuple[str, str]],
    sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]],
) -> bytes:
    """A first sheet that says what this is, then tables; nothing is ever taken for a formula."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    cover = book.add_worksheet("说明")
    cover.set_column(0, 0, 14)
    cover.set_column(1, 1, 80)
    for at, (name, said) in enumerate((("内容", title), *about)):
        cover.write_string(at, 0, name, bold)
        cover.write_string(at, 1, said, wrap)
    for name, heads, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, max(1, len(heads) - 1), 14)
        sheet.write_row(0, 0, list(heads), bold)
        for at, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(at, place, value)
                elif value is not None:
                    sheet.write_string(at, place, str(value))
    book.close()
    return sink.getvalue()


def annual_workbook(content: Mapping[str, Any], *, sha256: str, signed_on: date) -> bytes:
    """The tables of one report, figures as numbers (万元 for money); an unknown figure says so in words."""
    sheets = []
    for each in content["tables"]:
        rows = [
            (c["label"], c["unit"], _number(c, "counted"), _number(c, "entered"), _number(c, "last_year"), c["source"], c["reason"], c["explanation"])
            for c in each["columns"]
        ]  # fmt: skip
        sheets.append(
            (
                each["name"],
                ("项目", "单位", "系统统计", "单位填报", "上年", "来源", "填报说明", "与上年差异的说明"),
                rows,
            )
        )
    about = (
        ("单位", str(content["agency_name"])),
        ("年度", str(content["year"])),
        ("签发日", signed_on.isoformat()),
        ("内容指纹", sha256),
        ("表式", str(content["form"]["note"])),
        *((key, str(rule)) for key, rule in content["rules"].items()),
    )
    return workbook(f"{content['agency_name']}{content['year']} 年度行政执法年报", about, sheets)


def _number(told: Mapping[str, Any], key: str) -> Any:
    value, column = told[key], _column(told)
    if value is None:
        return "未报送" if key == "counted" and told["entered"] is None and not column.share else None
    return round(value / 10, 1) if column.share else round(value / 1_000_000, 4) if column.is_money else value


__all__ = [
    "PlotRow", "annual_sheet", "annual_workbook", "figure_of", "heading", "pdf", "plot", "section", "table", "wan", "word", "words", "workbook",
]  # fmt: skip
