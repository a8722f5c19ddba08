"""Lists of leads as workbooks: the template for what a hotline hands over, and reading one back row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.sheets import BROKEN, FORMULA, UnreadableBook, open_book
from plumbline.platform.workbooks import open_workbook

#: Heading, whether it must be filled, what belongs into it.
COLUMNS = (
    ("工单编号", True, "热线的工单号；同一编号只登记一次"),
    ("收到日期", True, "2026-03-02"),
    ("标题", True, "不超过 200 字"),
    ("反映的情况", True, "不写反映人的姓名、电话、身份证号"),
    ("涉及的机关", False, "机关全称、简称或者编码；不清楚的不填"),
    ("案号或事项号", False, "有的填写"),
)
HEADINGS = tuple(name for name, _, _ in COLUMNS)
MOST = 2000
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


@dataclass
class LeadBook:
    """What a workbook holds: good lines, and faults as (row number, column, what to do)."""

    rows: list[LeadRow] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def template() -> bytes:
    """An empty list with its headings and what belongs under each."""
    sink = BytesIO()
    book = open_workbook(sink)
    sheet = book.add_worksheet("线索")
    bold = book.add_format({"bold": True, "bg_color": "#eef2f7"})
    for at, (name, needed, note) in enumerate(COLUMNS):
        sheet.write(0, at, name, bold)
        sheet.write_comment(0, at, ("必填。" if needed else "选填。") + note)
        sheet.set_column(at, at, 40 if name == "反映的情况" else 18)
    sheet.freeze_panes(1, 0)
    book.close()
    return sink.getvalue()


def read_book(source: BinaryIO, today: date) -> LeadBook:
    """Read the first sheet. Raises UnreadableBook where it is no such list at all."""
    found = LeadBook()
    lines = iter(open_book(source)[0].rows())
    _, head = next(lines, (0, []))
    at = {name.strip(): place for place, name in enumerate(head)}
    lacking = [name for name, needed, _ in COLUMNS if needed and name not in at]
    if lacking:
        raise UnreadableBook(f"第一行没有这些列：{'、'.join(lacking)}。请使用从本页下载的模板")
    agencies = _agencies()
    seen: dict[str, int] = {}
    for number, texts in lines:
        if len(found.rows) + len(found.faults) >= MOST:
            raise UnreadableBook(f"一次最多登记 {MOST} 行，请分几次上传")
        given = {name: texts[place].strip() if place < len(texts) else "" for name, place in at.items()}
        _row(found, number, given, agencies, seen, today)
    return found


def _row(
    found: LeadBook,
    number: int,
    given: Mapping[str, str],
    agencies: Mapping[str, Agency],
    seen: dict[str, int],
    today: date,
) -> None:
    faults: list[tuple[int, str, str]] = []

    def fault(column: str, text: str) -> None:
        faults.append((number, column, text))

    for name, needed, _ in COLUMNS:
        text = given.get(name, "")
        if text in {FORMULA, BROKEN}:
            fault(name, "这一格是公式或者出错的值，请改填文字")
        elif needed and not text:
            fault(name, "必须填写")
    day: date | None = None
    if given.get("收到日期"):
        try:
            day = date.fromisoformat(given["收到日期"][:10].replace("/", "-"))
        except ValueError:
            fault("收到日期", f"“{given['收到日期'][:20]}”不是日期，请写成 2026-03-02")
    if day is not None and day > today:
        fault("收到日期", "不能晚于今天")
    if len(given.get("标题", "")) > 200:
        fault("标题", "超过 200 字，请缩短")
    for name in ("标题", "反映的情况"):
        if _PERSONAL.search(given.get(name, "")):
            fault(name, "含有手机号或者身份证号，请删去后再上传")
    named = given.get("涉及的机关", "")
    if named and named not in agencies:
        fault("涉及的机关", f"没有“{named[:30]}”这个机关，请填全称、简称或者编码")
    ref = given.get("工单编号", "")
    if ref and ref in seen:
        fault("工单编号", f"与第 {seen[ref]} 行相同")
    seen.setdefault(ref, number)
    if faults or day is None:
        found.faults += faults
        return
    row = LeadRow(number, ref[:100], day, given["标题"], given["反映的情况"], agencies.get(named), given.get("案号或事项号", "")[:100])  # fmt: skip
    found.rows.append(row)


def _agencies() -> dict[str, Any]:
    named: dict[str, Any] = {}
    for agency in Agency.objects.all():
        for key in (agency.code, agency.name, agency.short_name):
            named.setdefault(key, agency)
    return named
