"""How figures, stages and verdicts are shown: what templates need, made in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.platform.ui.components import VERDICT_TAGS, Tag
from plumbline.platform.verdicts.models import StoredVerdict

from .checking import TEXT_PARTS
from .figures import Cell, Line, shown
from .layout import Column, Table, layout
from .models import STAGE_ZH, AnnualReport

STAGE_TAGS = {
    "preview": Tag(STAGE_ZH["preview"], "gry"),
    "draft": Tag(STAGE_ZH["draft"], "amb"),
    "correcting": Tag(STAGE_ZH["correcting"], "amb"),
    "signed": Tag(STAGE_ZH["signed"], "blu"),
    "published": Tag(STAGE_ZH["published"], "grn"),
}


@dataclass(frozen=True)
class Shown:
    """One line of a table on the page. ``rows`` is the cell whose rows can be opened, ``may_enter`` whether a figure can be entered."""

    column: Column
    counted: str
    entered: str
    last: str
    rows: str
    may_enter: bool
    unknown: bool
    zero: bool
    note: str


@dataclass(frozen=True)
class Part:
    table: Table
    lines: list[Shown]

    @property
    def headline(self) -> str:
        """A table in a few words: its sum or first figure, and how many of its columns are not known."""
        first = next((each for each in self.lines if each.column.sum), self.lines[0])
        said = first.counted or first.entered or "—"
        unknown = sum(each.unknown for each in self.lines)
        words = f"{first.column.label} {said}" + (f" {first.column.unit}" if said[0].isdigit() else "")
        return words + (f"，{unknown} 栏未报送" if unknown else "")


def part_rows(report: AnnualReport, line: Line, before: Mapping[str, int | None]) -> list[Part]:
    """The tables of a report as it stands."""
    return [
        Part(
            table,
            [
                _shown(column, line.cells[column.cell], before.get(column.cell), report)
                for column in table.columns
            ],
        )
        for table in layout().tables
    ]


def _shown(column: Column, cell: Cell, last: int | None, report: AnnualReport) -> Shown:
    notes = []
    if cell.partial:
        notes.append("来源没有确认完整")
    if cell.entry is not None:
        notes.append(f"填报来源：{cell.entry.source}（{cell.entry.by_label}）")
        if cell.entry.reason:
            notes.append(cell.entry.reason)
    if explained := report.explanations.get(column.cell):
        notes.append(f"与上年：{explained}")
    follows = bool(column.sum or column.share)
    if column.entered:
        counted = "" if cell.entered is not None else "未报送"
    else:
        counted = shown(column, cell.counted)
    return Shown(
        column,
        counted,
        shown(column, cell.entered) if cell.entered is not None else "",
        shown(column, last) if last is not None else "—",
        column.cell if cell.counted and not column.share else "",
        not follows,
        cell.known is None and not column.share,
        cell.counted == 0,
        "；".join(notes),
    )


def text_rows(report: AnnualReport) -> list[tuple[str, str]]:
    return [(label, str(report.text.get(key, ""))) for key, label in TEXT_PARTS.items()]


def verdict_tag(verdict: StoredVerdict | None) -> Tag:
    """The rule's own answer; a report whose duty has not begun has none."""
    return VERDICT_TAGS[verdict.verdict] if verdict is not None else Tag("尚未开始", "gry")


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart: width in percent as SVG takes it, the figure in words, and where its rows are."""

    label: str
    value: int
    said: str
    width: str
    before: str = ""
    before_width: str = ""
    url: str = ""
    mark: Tag | None = None


def bars(rows: Iterable[tuple[str, int, int | None, str, str, str]]) -> list[Bar]:
    """From label, value, last year's value, both in words, and the address of the rows."""
    told = list(rows)
    top = max([1, *(v for _, value, before, *_ in told for v in (value, before or 0))])

    def width(value: int | None) -> str:
        return f"{max(0, value or 0) * 100 / top:.2f}%"

    return [
        Bar(label, value, said, width(value), said_before, width(before), url)
        for label, value, before, said, said_before, url in told
    ]


def told_tables(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tables of a signed version in words, for pages of the public and of the unit."""
    known = layout().columns
    tables = []
    for table in content["tables"]:
        lines = []
        for told in table["columns"]:
            column = known.get(told["cell"]) or Column(told["cell"], told["label"], told["unit"])
            lines.append(
                {
                    **told,
                    "counted_zh": "" if told["counted"] is None and told["entered"] is not None else shown(column, told["counted"]),
                    "entered_zh": shown(column, told["entered"]) if told["entered"] is not None else "",
                    "last_zh": shown(column, told["last_year"]) if told["last_year"] is not None else "—",
                    "unknown": told["known"] is None,
                    "rows": column.cell if column.counted is not None and told["counted"] else "",
                }
            )  # fmt: skip
        tables.append({**table, "columns": lines})
    return tables
