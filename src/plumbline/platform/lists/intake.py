"""From a workbook to the rows of a list: which sheet and which columns, every cell read, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from plumbline.rules.reports.cells import FORMULA_MARKS

from .cells import CellFault, half_width, remembering, tidy
from .declaration import Column, Register, Values
from .sheets import BROKEN, FORMULA, Merged, Sheet, UnreadableBook, column_letters, open_book

HEAD_WITHIN: Final = 12  # the headings stand within so many rows
EXAMPLE: Final = "示例"
#: Columns that our own workbooks add: whose row it is, and its days.
OWNER, SINCE, UNTIL = "所属机关", "生效", "失效"
MOST_ROWS: Final = 100_000
MOST_FAULTS: Final = 20_000
Progress = Callable[[int, str], None]


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place: sheet, row and column as the person sees them, and what to do."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass
class Intake:
    """What a workbook holds: rows by key, the texts as they stood (for the file of faults), and the faults."""

    sheet: str = ""
    headings: list[str] = field(default_factory=list)
    rows: dict[str, Values] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: int = 0


def take_in(
    register: Register,
    agency: str,
    source: BinaryIO,
    *,
    agency_name: str = "",
    progress: Progress = lambda _done, _say: None,
) -> Intake:
    """Read a workbook as rows of an agency's list. Raises UnreadableBook where it is no such list at all.

    ``agency_name``: rows that say they are another agency's are faults.
    """
    with remembering():
        return _Reading(register, agency, agency_name, progress).of(open_book(source))


class _Reading:
    def __init__(self, register: Register, agency: str, agency_name: str, progress: Progress) -> None:
        self.register, self.agency, self.progress = register, agency, progress
        self.agency_name = agency_name
        self.owner_at: int | None = None
        self.result = Intake()
        self.by_heading = {_heading(column.heading): column for column in register.columns}

    def of(self, sheets: Sequence[Sheet]) -> Intake:
        best: set[str] = set()
        for sheet in sheets:
            rows = sheet.rows()
            for number, texts in rows:
                if number > HEAD_WITHIN:
                    break
                known = {column.name for text in texts if (column := self.by_heading.get(_heading(text)))}
                if not self._lacking(known):
                    self._read(sheet, number, texts, rows)
                    return self.result
                best = max(best, known, key=len)
        lacking = "、".join(column.heading for column in self._lacking(best))
        raise UnreadableBook(
            f"没有找到《{self.register.title}》的表头：缺少“{lacking}”列。请使用从本页下载的模板，不要改动表头"
        )

    def _lacking(self, known: set[str]) -> list[Column]:
        return [
            column
            for column in self.register.columns
            if (column.required or column.name in self.register.keys) and column.name not in known
        ]

    def _read(
        self, sheet: Sheet, head: int, headings: list[str], rows: Iterator[tuple[int, list[str]]]
    ) -> None:
        columns = [self.by_heading.get(_heading(text)) for text in headings]
        self._refuse_doubled(columns)
        result = self.result
        result.sheet, result.headings = sheet.name, [tidy(text) for text in headings]
        extra = [tidy(text) for text, column in zip(headings, columns, strict=True) if column is None]
        self.owner_at = headings.index(OWNER) if OWNER in extra else None
        unknown = [text for text in extra if text and text not in {OWNER, SINCE, UNTIL}]
        if unknown:
            result.notes.append(f"这些列不属于本清单，没有读取：{'、'.join(unknown[:10])}。")
        faulty: set[int] = set()
        for fault in _merges(sheet, head, columns):
            faulty.add(fault.row)
            result.faults.append(fault)
        for number, texts in rows:
            if tidy(texts[0]).startswith(EXAMPLE) or not any(
                column and at < len(texts) and tidy(texts[at]) for at, column in enumerate(columns)
            ):
                continue
            result.read += 1
            if result.read > MOST_ROWS:
                raise UnreadableBook(f"超过 {MOST_ROWS} 行。请分成几个文件上传")
            self._row(number, texts, columns, merged=number in faulty)
            if result.read % 500 == 0:
                self.progress(result.read, f"已核对 {result.read} 行，发现 {len(result.faults)} 处问题")
            if len(result.faults) > MOST_FAULTS:
                result.notes.append(f"问题超过 {MOST_FAULTS} 处，只核对到第 {number} 行。")
                return

    def _refuse_doubled(self, columns: Sequence[Column | None]) -> None:
        seen: set[str] = set()
        for column in columns:
            if column is not None and column.name in seen:
                raise UnreadableBook(f"“{column.heading}”列出现了两次。请删去多余的一列")
            if column is not None:
                seen.add(column.name)

    def _row(self, number: int, texts: list[str], columns: Sequence[Column | None], *, merged: bool) -> None:
        result, found = self.result, {}
        for at, column in enumerate(columns):
            if column is not None:
                found[column.name] = texts[at] if at < len(texts) else ""
        values, wrong = read_row(self.register, self.agency, found)
        owner = tidy(texts[self.owner_at]) if self.owner_at is not None and self.owner_at < len(texts) else ""
        if owner and self.agency_name and owner != self.agency_name:
            wrong[OWNER] = f"这一行是{owner}的，不能作为{self.agency_name}的上传。请删去这一行。"
        names = {column.name: (column, at) for at, column in enumerate(columns) if column is not None}
        for name, message in wrong.items():
            column, at = names.get(name, (None, 0))
            place = f"{column_letters(at + 1)}（{column.heading}）" if column else "整行"
            result.faults.append(Fault(result.sheet, number, place, message))
        if wrong or merged:
            result.texts[number] = [_readable(text) for text in texts]
            return
        key = self.register.key_of(values)
        if (first := result.places.get(key)) is not None:
            keys = "、".join(self.register.column(name).heading for name in self.register.keys)
            message = f"与第 {first} 行的{keys}相同（{key}）。同一{keys}只能有一行，请合并或删去一行。"
            result.faults.append(Fault(result.sheet, number, "整行", message))
            result.texts[number] = [_readable(text) for text in texts]
            return
        result.places[key] = number
        result.rows[key] = values


def read_row(register: Register, agency: str, texts: Mapping[str, str]) -> tuple[Values, dict[str, str]]:
    """The values of a row from what was typed, by column name, and what is wrong; ends with the check across columns."""
    values: Values = {}
    wrong: dict[str, str] = {}
    for column in register.columns:
        typed = texts.get(column.name, "")
        if typed == FORMULA:
            wrong[column.name] = "这一格是公式。请复制后“选择性粘贴—数值”，只留下结果"
            continue
        if typed == BROKEN:
            wrong[column.name] = "这一格是 Excel 的错误值。请改成应填的内容"
            continue
        said = tidy(typed)
        if said[:1] == "'" and said[1:2] in FORMULA_MARKS:
            said = said[1:]  # our own workbooks guard such text with it
        if not said:
            values[column.name] = None
            if column.required:
                wrong[column.name] = (
                    f"“{column.heading}”没有填写。{column.help or f'请填写：{column.cell.says}'}"
                )
            continue
        try:
            values[column.name] = column.cell.read(said)
        except CellFault as fault:
            wrong[column.name] = f"“{column.heading}”{fault}"
    if not wrong:
        wrong = dict(register.check(values, agency))
    return values, {name: message.rstrip("。") + "。" for name, message in wrong.items()}


def _heading(text: str) -> str:
    return half_width(tidy(text)).replace(" ", "").replace("\n", "").strip("*").replace("*", "")


def _readable(text: str) -> str:
    return {FORMULA: "（公式）", BROKEN: "（错误值）"}.get(text, tidy(text))


def _merges(sheet: Sheet, head: int, columns: Sequence[Column | None]) -> Iterator[Fault]:
    """Merged areas below the headings: which row a value belongs to cannot be told."""
    for area in sheet.merged:
        if area.last_row > head and any(columns[area.first_column - 1 : area.last_column]):
            yield from _fault_of(sheet, area)


def _fault_of(sheet: Sheet, area: Merged) -> Iterator[Fault]:
    rows = (
        f"第 {area.first_row} 行"
        if area.first_row == area.last_row
        else f"第 {area.first_row} 至 {area.last_row} 行"
    )
    letters = column_letters(area.first_column)
    if area.first_column != area.last_column:
        letters += f" 至 {column_letters(area.last_column)}"
    message = f"{rows}、{letters} 列是合并单元格。请取消合并，每一行都填写完整。"
    yield Fault(sheet.name, area.first_row, letters, message)
