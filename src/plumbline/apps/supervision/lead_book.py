"""Lists of leads as workbooks: the template for what a hotline hands over, and reading one back row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from typing import Any, BinaryIO

from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.sheets import BROKEN, FORMULA, UnreadableBook, open_book
from plumbline.platform.workbooks import open_workbook

from .lead_models import Source

Column = tuple[str, bool, str]
#: Heading, whether it must be filled, what belongs into it; each source calls its number, its day and its facts its own way.
_TITLE: Column = ("标题", True, "不超过 200 字")
_AGENCY: Column = ("涉及的机关", False, "机关全称、简称或者编码；不清楚的不填")
_NOBODY = "不写反映人的姓名、电话、身份证号"


@dataclass(frozen=True)
class Shape:
    """How the list of a source looks: the headings of its number, its day and its facts, and all its columns."""

    ref: str
    day: str
    facts: str
    columns: tuple[Column, ...]


HOTLINE = Shape(
    "工单编号", "收到日期", "反映的情况",
    (
        ("工单编号", True, "热线的工单号；同一编号只登记一次，答复也用这个编号"),
        ("收到日期", True, "2026-03-02"), _TITLE, ("反映的情况", True, _NOBODY),
        ("答复期限", False, "工单要求在哪一天以前答复，2026-03-09"), _AGENCY, ("案号或事项号", False, "有的填写"),
    ),
)  # fmt: skip
EVALUATION = Shape(
    "评查编号", "评查日期", "发现的问题",
    (
        ("评查编号", True, "评查记录的编号；一份案卷有几个问题的，编号后加序号"),
        ("评查日期", True, "2026-03-02"), _TITLE, ("发现的问题", True, "写事实和对应的评查项目，不写当事人的姓名、电话、身份证号"),
        ("案号或事项号", True, "被评查的案卷"), ("评查扣分", False, "数字"),
        ("涉及的机关", False, "案号在平台里的，可以不填"),
    ),
)  # fmt: skip
OTHERS = Shape(
    "来源编号", "收到日期", "反映的情况",
    (
        ("来源编号", True, "对方的编号；同一编号只登记一次"), ("收到日期", True, "2026-03-02"), _TITLE,
        ("反映的情况", True, _NOBODY), ("答复期限", False, "对方要求在哪一天以前答复"), _AGENCY,
        ("案号或事项号", False, "有的填写"),
    ),
)  # fmt: skip
SHAPES = {Source.HOTLINE: HOTLINE, Source.EVALUATION: EVALUATION}


def shape_of(source: str) -> Shape:
    return SHAPES.get(Source(source), OTHERS) if source in Source.values else OTHERS


MOST = 2000
MIB = 1024 * 1024
LARGEST = 10 * MIB
_PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")


@dataclass(frozen=True)
class LeadRow:
    """One line that can be registered."""

    number: int
    ref: str
    received_on: date
    title: str
    facts: str
    concerned: Agency | None
    about: str
    answer_by: date | None = None


@dataclass
class LeadBook:
    """What a workbook holds: good lines, and faults as (row number, column, what to do)."""

    rows: list[LeadRow] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def template(source: str) -> bytes:
    """An empty list of a source with its headings and what belongs under each."""
    sink = BytesIO()
    book = open_workbook(sink)
    sheet = book.add_worksheet("线索")
    bold = book.add_format({"bold": True, "bg_color": "#eef2f7"})
    for at, (name, needed, note) in enumerate(shape_of(source).columns):
        sheet.write(0, at, name, bold)
        sheet.write_comment(0, at, ("必填。" if needed else "选填。") + note)
        sheet.set_column(at, at, 40 if name == shape_of(source).facts else 18)
    sheet.freeze_panes(1, 0)
    book.close()
    return sink.getvalue()


def read_book(source: BinaryIO, today: date, shape: Shape = HOTLINE, *, plain: bool = False) -> LeadBook:
    """Read the first sheet, or a text of comma-separated values (``plain``). Raises UnreadableBook where it is no such list."""
    found = LeadBook()
    lines = _plain_rows(source) if plain else iter(open_book(source)[0].rows())
    _, head = next(lines, (0, []))
    at = {name.strip(): place for place, name in enumerate(head)}
    lacking = [name for name, needed, _ in shape.columns if needed and name not in at]
    if lacking:
        raise UnreadableBook(f"第一行没有这些列：{'、'.join(lacking)}。请使用从本页下载的模板")
    agencies = _agencies()
    seen: dict[str, int] = {}
    for number, texts in lines:
        if len(found.rows) + len(found.faults) >= MOST:
            raise UnreadableBook(f"一次最多登记 {MOST} 行，请分几次上传")
        given = {name: texts[place].strip() if place < len(texts) else "" for name, place in at.items()}
        _Line(found, shape, number, given).take(agencies, seen, today)
    return found


def _plain_rows(source: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Lines of a CSV file as spreadsheets write it here: UTF-8, or the national encoding."""
    content = source.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableBook(f"文件超过 {LARGEST // MIB} MB，请分几次上传")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableBook("读不出这个 CSV 文件的文字。请在 Excel 里另存为 .xlsx 后上传")
    if "\0" in text:
        raise UnreadableBook("这不是 CSV 文件。请使用从本页下载的模板")
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error:
        raise UnreadableBook("CSV 文件的引号不成对。请在 Excel 里另存为 .xlsx 后上传") from None
    return iter(enumerate(rows, start=1))


@dataclass(frozen=True)
class _Line:
    """One line under its headings, on its way to be a row or faults."""

    book: LeadBook
    shape: Shape
    number: int
    given: Mapping[str, str]

    def fault(self, column: str, text: str) -> None:
        self.book.faults.append((self.number, column, text))

    def take(self, agencies: Mapping[str, Agency], seen: dict[str, int], today: date) -> None:
        before, shape, given = len(self.book.faults), self.shape, self.given
        for name, needed, _ in shape.columns:
            text = given.get(name, "")
            if text in {FORMULA, BROKEN}:
                self.fault(name, "这一格是公式或者出错的值，请改填文字")
            elif needed and not text:
                self.fault(name, "必须填写")
        day, answer_by = self._day(shape.day), self._day("答复期限")
        if day is not None and day > today:
            self.fault(shape.day, "不能晚于今天")
        if day is not None and answer_by is not None and answer_by < day:
            self.fault("答复期限", f"不能早于{shape.day}")
        if len(given.get("标题", "")) > 200:
            self.fault("标题", "超过 200 字，请缩短")
        for name in ("标题", shape.facts):
            if _PERSONAL.search(given.get(name, "")):
                self.fault(name, "含有手机号或者身份证号，请删去后再上传")
        named = given.get("涉及的机关", "")
        if named and named not in agencies:
            self.fault("涉及的机关", f"没有“{named[:30]}”这个机关，请填全称、简称或者编码")
        points = given.get("评查扣分", "")
        if points and not re.fullmatch(r"\d{1,3}(\.\d+)?", points):
            self.fault("评查扣分", f"“{points[:20]}”不是数字")
        ref = given.get(shape.ref, "")
        if ref and ref in seen:
            self.fault(shape.ref, f"与第 {seen[ref]} 行相同")
        seen.setdefault(ref, self.number)
        if len(self.book.faults) > before or day is None:
            return
        facts = given[shape.facts] + (f"\n评查扣 {points} 分。" if points else "")
        self.book.rows.append(
            LeadRow(
                self.number, ref[:100], day, given["标题"], facts, agencies.get(named),
                given.get("案号或事项号", "")[:100], answer_by,
            )
        )  # fmt: skip

    def _day(self, column: str) -> date | None:
        text = self.given.get(column, "")
        if not text or text in {FORMULA, BROKEN}:
            return None
        try:
            return date.fromisoformat(text[:10].replace("/", "-"))
        except ValueError:
            self.fault(column, f"“{text[:20]}”不是日期，请写成 2026-03-02")
            return None


def _agencies() -> dict[str, Any]:
    named: dict[str, Any] = {}
    for agency in Agency.objects.all():
        for key in (agency.code, agency.name, agency.short_name):
            named.setdefault(key, agency)
    return named
