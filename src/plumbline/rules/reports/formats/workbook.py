"""A workbook: every verdict (结论), counts by rule (按规则) and by agency (按机关), and what was checked (说明).

Rows are written as they come (``constant_memory``); a sheet that is full goes on in another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from ..base import VERDICTS, VERDICTS_ZH, Judged, Report, Totals, agency_of
from ..cells import COLUMNS, LONGEST, Cell, guarded, row_of

ROWS_OF_A_SHEET = 1_048_576  # with the headings

#: Rows of cells, and verdicts by agency.
Part = tuple[list[tuple[Cell, ...]], Counter[tuple[str, str]]]


class Workbook(Report):
    name = "xlsx"
    zh = "工作簿：结论、按规则、按机关、说明"
    suffixes = (".xlsx",)
    needs_file = True
    rank = 4

    def render(self, judged: Sequence[Judged]) -> Part:
        rows = [row_of(verdict, self.about) for each in judged for verdict in each.verdicts]
        agencies = Counter(
            (agency_of(verdict), verdict.verdict) for each in judged for verdict in each.verdicts
        )
        return rows, agencies

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        import xlsxwriter  # dear to load, and most who import this write none

        super().begin(sink, scratch)
        self.book = xlsxwriter.Workbook(
            sink,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "tmpdir": str(scratch),
                "use_zip64": True,
                # A moment is written as its own clock has it.
                "remove_timezone": True,
            },
        )
        # The time of writing is no part of a report: the same question gives the same file.
        self.book.set_properties({"title": "执法事件检查结论", "created": datetime(2000, 1, 1)})
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.agencies: Counter[tuple[str, str]] = Counter()
        self.sheets = 0
        self._open_sheet()

    def add(self, part: Part) -> None:
        rows, agencies = part
        self.agencies += agencies
        for row in rows:
            if self.filled == ROWS_OF_A_SHEET:
                self._close_sheet()
                self._open_sheet()
            self._put(self.sheet, self.filled, row)
            self.filled += 1

    def end(self, totals: Totals) -> None:
        self._close_sheet()
        self._count_sheet("按规则", ("规则", "义务", "依据"), (26, 60, 34), self._by_rule(totals))
        self._count_sheet("按机关", ("机关编码", "机关"), (20, 40), self._by_agency())
        self._about_sheet(totals)
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as wrapped:
            raise wrapped.args[0] from None

    def _open_sheet(self) -> None:
        self.sheets += 1
        self.sheet = self.book.add_worksheet("结论" if self.sheets == 1 else f"结论{self.sheets}")
        for at, column in enumerate(COLUMNS):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(0, at, column.heading, self.bold)
        self.sheet.freeze_panes(1, 1)
        self.filled = 1

    def _close_sheet(self) -> None:
        self.sheet.autofilter(0, 0, self.filled - 1, len(COLUMNS) - 1)

    def _by_rule(self, totals: Totals) -> Iterable[tuple[tuple[str, ...], list[int]]]:
        for rule in self.about.book.rules:
            numbers = [totals.counts[rule.id, verdict] for verdict in VERDICTS]
            if any(numbers):
                yield (rule.id, rule.duty_zh, rule.facts.law + rule.facts.article), numbers

    def _by_agency(self) -> Iterable[tuple[tuple[str, ...], list[int]]]:
        for code in sorted({code for code, _ in self.agencies}):
            numbers = [self.agencies[code, verdict] for verdict in VERDICTS]
            yield (code, self.about.agency_zh(code)), numbers

    def _count_sheet(
        self,
        name: str,
        labels: tuple[str, ...],
        widths: tuple[int, ...],
        rows: Iterable[tuple[tuple[str, ...], list[int]]],
    ) -> None:
        sheet = self.book.add_worksheet(name)
        headings = (*labels, *(VERDICTS_ZH[verdict] for verdict in VERDICTS), "合计")
        for at, heading in enumerate(headings):
            sheet.set_column(at, at, widths[at] if at < len(widths) else 11)
            sheet.write_string(0, at, heading, self.bold)
        sheet.freeze_panes(1, 1)
        for number, (texts, counts) in enumerate(rows, start=1):
            self._put(sheet, number, (*texts, *counts, sum(counts)))

    def _about_sheet(self, totals: Totals) -> None:
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 80)
        lines: list[tuple[str, Cell]] = [
            *self.about.lines(),
            ("事项数", totals.matters),
            ("事件数", totals.events),
            ("结论数", sum(totals.counts.values())),
            *((f"其中{VERDICTS_ZH[verdict]}", totals.of(verdict)) for verdict in VERDICTS),
            ("说明", "“缺少事实”不等于符合。机关按作出该行为的机关统计。"),
        ]
        if self.sheets > 1:
            lines.append(("分表", f"结论超过一张工作表的行数，分在 {self.sheets} 张工作表中。"))
        for number, (label, value) in enumerate(lines):
            sheet.write_string(number, 0, label, self.bold)
            self._put(sheet, number, (value,), first=1)

    def _put(self, sheet: Any, number: int, row: tuple[Cell, ...], *, first: int = 0) -> None:
        for at, cell in enumerate(row, start=first):
            if cell is None or cell == "":
                continue
            if isinstance(cell, datetime):
                sheet.write_datetime(number, at, cell, self.moment)
            elif isinstance(cell, date):
                sheet.write_datetime(number, at, datetime.combine(cell, time()), self.day)
            elif isinstance(cell, int):
                sheet.write_number(number, at, cell)
            else:
                sheet.write_string(number, at, guarded(cell)[:LONGEST])
