"""The layout of 2016 of 双公示: what is sent is written in it for a platform that still asks, old files in it are read.

Its table gives names alone: no lengths, no codes of its own. What it has and the present layout has not is kept beside.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.lists.sheets import BROKEN, FORMULA, UnreadableBook, open_book

from .credit_layout import Faults, faults_of, identity_fault, items, mapping
from .redaction import trade_name

LAYOUT, PRESENT = "2016", "2018"
MOST = 5_000  # lines of a file, as of one that is made here
LARGEST = 8 * 1024 * 1024  # bytes
_DAY = re.compile(r"(\d{4})\s*[年/\-.]?\s*(\d{1,2})\s*[月/\-.]?\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?")
_FINE = re.compile(r"罚款[（(]?(?:人民币|计|共计|合计)?[)）]?[^0-9，。；]{0,6}([\d,，]+(?:\.\d+)?)\s*(万)?元")
_SPOILS = re.compile(r"没收[^0-9，。；]{0,20}([\d,，]+(?:\.\d+)?)\s*(万)?元")
_LICENCE = re.compile(r"(?:暂扣|吊销)([^，。；]{2,60})")


@cache
def headings() -> dict[str, str]:
    """Heading → key: the code where the table has one, else the heading itself."""
    return {item.name: item.code or item.name for item in items("CF_V1_2016")}


def as_2016(values: Mapping[str, str], *, division: str, at: str, severity: str) -> dict[str, str]:
    """A line of the present layout in the one of 2016, by heading; what it does not know stays empty."""
    words = _type_words()
    kinds = [words.get(code, "其他") for code in values.get("CF_CFLB", "").split(";") if code]
    told = {
        "CF_WSH": values.get("CF_WSH", ""), "CF_CFMC": values.get("CF_WFXW", ""), "CF_CFLB1": kinds[0] if kinds else "",
        "CF_CFLB2": "、".join(kinds[1:]), "CF_SY": values.get("CF_SY", ""), "CF_YJ": values.get("CF_YJ", ""),
        "CF_XDR_MC": values.get("CF_XDR_MC", ""), "CF_XDR_SHXYM": values.get("CF_XDR_SHXYM", ""),
        "CF_XDR_ZDM": values.get("CF_XDR_ZZJG", ""), "CF_XDR_GSDJ": values.get("CF_XDR_GSZC", ""),
        "CF_XDR_SWDJ": values.get("CF_XDR_SWDJ", ""), "CF_XDR_SFZ": values.get("CF_XDR_ZJHM", ""),
        "CF_FR": values.get("CF_FRDB", ""), "CF_JG": values.get("CF_NR", ""), "CF_JDRQ": values.get("CF_JDRQ", ""),
        "CF_XZJG": values.get("CF_CFJG", ""), "CF_ZT": "1", "DFBM": division, "SJC": at, "BZ": values.get("CF_BZ", ""),
        "公示截止期": values.get("CF_GSJZQ", ""), "失信严重程度": severity,
    }  # fmt: skip
    return {heading: told.get(key, "") for heading, key in headings().items()}


@dataclass(frozen=True)
class OldLine:
    """A line as it was read: where it stood, what it says in the present layout, what is wrong with it."""

    row: int
    values: dict[str, str]
    faults: Faults
    identity: str = ""

    @property
    def number(self) -> str:
        return self.values.get("CF_WSH", "")


def read_2016(name: str, content: bytes, *, agency_name: str, agency_code: str) -> list[OldLine]:
    """Every line of an old file, each with its faults. A file that is none of this layout is refused as a whole."""
    table = list(rows_of(name, content))
    at = next((n for n, (_, cells) in enumerate(table) if _is_head(cells)), None)
    if at is None:
        raise UnreadableBook(
            "没有找到 2016 版的表头（至少要有行政处罚决定书文号、行政相对人名称、处罚决定日期三列）"
        )
    head = [headings().get(cell.strip(), headings_by_code().get(cell.strip(), "")) for cell in table[at][1]]
    body = [(row, dict(zip(head, cells, strict=False))) for row, cells in table[at + 1 :] if any(cells)]
    if len(body) > MOST:
        raise UnreadableBook(f"一次最多 {MOST} 行，这个文件有 {len(body)} 行。请分成几个文件")
    twice = Counter(told.get("CF_WSH", "").strip() for _, told in body)
    return [
        _line(row, told, agency_name, agency_code, twice=twice[told.get("CF_WSH", "").strip()] > 1)
        for row, told in body
    ]


def rows_of(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of a workbook's first sheet that holds anything, or of a CSV in UTF-8 or GB18030."""
    if len(content) > LARGEST:
        raise UnreadableBook(f"文件超过 {LARGEST // 1024 // 1024} MB。请分成几个文件")
    if name.lower().endswith(".csv"):
        yield from enumerate(csv.reader(io.StringIO(_text(content))), 1)
        return
    try:
        checked = check(name, len(content), io.BytesIO(content))
    except FileRefused as refused:
        raise UnreadableBook(str(refused)) from None
    if checked.key != "xlsx":
        raise UnreadableBook(f"“{checked.name}”不是 Excel 表格（.xlsx）或者 CSV。请另存后上传")
    for sheet in open_book(io.BytesIO(content)):
        found = list(sheet.rows())
        if found:
            yield from found
            return


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableBook("文字编码不是 UTF-8，也不是 GB18030。请用 Excel 另存为 .xlsx 后上传")


@cache
def headings_by_code() -> dict[str, str]:
    return {code: code for code in headings().values()}


def _is_head(cells: list[str]) -> bool:
    known = {headings().get(cell.strip(), cell.strip()) for cell in cells}
    return {"CF_WSH", "CF_XDR_MC", "CF_JDRQ"} <= known


def _line(row: int, told: dict[str, str], agency_name: str, agency_code: str, *, twice: bool) -> OldLine:
    told = {key: (text or "").strip() for key, text in told.items() if key}
    spoilt = [key for key, text in told.items() if text in (FORMULA, BROKEN)]
    told |= dict.fromkeys(spoilt, "")
    decided, identity = _day(told.get("CF_JDRQ", "")), told.get("CF_XDR_SFZ", "")
    until = _day(told.get("公示截止期", ""))
    result, types = told.get("CF_JG", ""), _types(told)
    values = {
        "CF_XDR_MC": told.get("CF_XDR_MC", ""), "CF_XDR_LB": _party_type(told), "CF_XDR_SHXYM": told.get("CF_XDR_SHXYM", "").upper(),
        "CF_XDR_ZZJG": told.get("CF_XDR_ZDM", ""), "CF_XDR_GSZC": told.get("CF_XDR_GSDJ", ""), "CF_XDR_SWDJ": told.get("CF_XDR_SWDJ", ""),
        "CF_FRDB": told.get("CF_FR", ""), "CF_XDR_ZJLX": "01" if identity else "", "CF_WSH": told.get("CF_WSH", ""),
        "CF_WFXW": told.get("CF_CFMC", ""), "CF_SY": told.get("CF_SY", ""), "CF_YJ": told.get("CF_YJ", ""), "CF_CFLB": ";".join(types),
        "CF_NR": result, "CF_NR_FK": _wan(_FINE, result), "CF_NR_WFFF": _wan(_SPOILS, result),
        "CF_NR_ZKDX": found[1].strip() if (found := _LICENCE.search(result)) else "",
        "CF_JDRQ": f"{decided:%Y/%m/%d}" if decided else "", "CF_GSJZQ": f"{until:%Y/%m/%d}" if until else "",
        "CF_CFJG": told.get("CF_XZJG", "") or agency_name, "CF_CFJGDM": agency_code, "CF_SJLY": agency_name, "CF_SJLYDM": agency_code,
        "CF_BZ": told.get("BZ", ""),
    }  # fmt: skip
    faults = faults_of(values, decided_on=decided or date.min, twice=twice)
    if (
        values["CF_XDR_ZZJG"] or values["CF_XDR_GSZC"]
    ):  # the code of eighteen figures came after many of these decisions
        faults = [
            {**each, "level": "warn"}
            if each["code"] == "CF_XDR_SHXYM" and not values["CF_XDR_SHXYM"]
            else each
            for each in faults
        ]
    if told.get("CF_JDRQ") and decided is None:
        faults = [each for each in faults if each["code"] != "CF_JDRQ"]
        faults.append(_fault("CF_JDRQ", "处罚决定日期", f"“{told['CF_JDRQ'][:20]}”不是有效的日期"))
    if decided and until and until < decided:
        faults.append(_fault("CF_GSJZQ", "公示截止期", "早于处罚决定日期"))
    if types == ["99"]:
        faults.append(_fault("CF_CFLB", "处罚类别", "旧类别没有对上现行代码，按“其他”处理，请核对", "warn"))
    if told.get("CF_XZJG") and told["CF_XZJG"] != agency_name:
        faults.append(_fault("CF_CFJG", "处罚机关", f"写的是“{told['CF_XZJG'][:40]}”，与所选机关不同"))
    if identity and (problem := identity_fault(identity)):
        faults.append(_fault("CF_XDR_ZJHM", "居民身份证号", problem))
    faults += [_fault(key, _heading(key), "是公式或者错误值，请改成文字后重新上传") for key in spoilt]
    return OldLine(row, values, faults, identity)


def _fault(code: str, name: str, problem: str, level: str = "refuse") -> dict[str, str]:
    return {"code": code, "name": name, "problem": problem, "level": level}


def _heading(key: str) -> str:
    return next((heading for heading, code in headings().items() if code == key), key)


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups()[:3])) if found else None
    except ValueError:
        return None


def _party_type(told: Mapping[str, str]) -> str:
    """Told by the numbers that the line has: 2016 had no column for it."""
    organisation = any(told.get(key) for key in ("CF_XDR_SHXYM", "CF_XDR_ZDM", "CF_XDR_GSDJ"))
    shop = trade_name(told.get("CF_XDR_MC", ""))
    if told.get("CF_XDR_SFZ"):
        return str(mapping()["trader"]) if shop else "01"
    return "02" if organisation else ""


@cache
def _type_words() -> dict[str, str]:
    return {
        item.code.partition("=")[2]: item.name
        for item in items("code")
        if item.code.startswith("penalty_type=")
    }


def _types(told: Mapping[str, Any]) -> list[str]:
    """Codes of both columns of kinds; a word of neither is 其他."""
    text = f"{told.get('CF_CFLB1', '')}、{told.get('CF_CFLB2', '')}"
    said = [word for word in re.split(r"[、,，;；/\s]+", text) if word]
    signs = {
        "警告": "01", "罚款": "02", "没收": "03", "停产": "04", "停业": "04", "暂扣": "05", "吊销": "05", "拘留": "06",
    }  # fmt: skip
    found = {next((code for sign, code in signs.items() if sign in word), "99") for word in said}
    return sorted(found)


def _wan(pattern: re.Pattern[str], text: str) -> str:
    """The amount in ten thousand yuan with six decimals; empty where none is written in figures."""
    found = pattern.search(text)
    if found is None:
        return ""
    try:
        amount = Decimal(re.sub(r"[,，]", "", found[1]))
    except InvalidOperation:
        return ""
    return f"{amount if found[2] else amount / 10_000:.6f}"
