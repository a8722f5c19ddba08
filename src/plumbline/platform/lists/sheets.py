"""Reading a workbook as rows of text, one sheet after another, without ever calculating anything.

The file has passed the checks of ``platform.files`` (no macros, nothing embedded, no bomb). A formula is reported, not trusted.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO, Final

from lxml import etree

MIB: Final = 1024 * 1024
LARGEST_SHEET: Final = 96 * MIB
MOST_COLUMNS: Final = 200
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
#: Number formats of dates that every workbook knows (ECMA-376, 18.8.30; 27-58 are those of East Asia).
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
FORMULA: Final = "\x00formula"
BROKEN: Final = "\x00error"


class UnreadableBook(Exception):
    """The file cannot be read as a list; the message says why and what to do."""


@dataclass(frozen=True)
class Merged:
    """A merged area: rows and columns counted from 1."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class Sheet:
    """A sheet: its name, its merged areas, and ``rows()`` as (row number, texts by column, from the left)."""

    name: str
    _parts: _Parts
    _member: str
    merged: list[Merged] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows that hold anything. A cell with a formula reads ``FORMULA``, with an error value ``BROKEN``."""
        return self._parts.rows(self._member)


class _Parts:
    """The parts of an opened workbook that cells refer to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        names = set(archive.namelist())
        self.strings = self._strings() if "xl/sharedStrings.xml" in names else []
        self.dates = self._date_styles() if "xl/styles.xml" in names else frozenset()
        self.from_1904 = False

    def read(self, member: str) -> bytes:
        info = self.archive.getinfo(member)
        if info.file_size > LARGEST_SHEET:
            raise UnreadableBook(
                f"工作表解开后超过 {LARGEST_SHEET // MIB} MB。请删去清单以外的内容，或分成几个文件"
            )
        return self.archive.read(member)

    def _strings(self) -> list[str]:
        found = []
        for item in _children(self.read("xl/sharedStrings.xml"), "si"):
            found.append(
                "".join(
                    _text(each) for each in item.iter() if _plain(each.tag) == "t" and not _phonetic(each)
                )
            )
        return found

    def _date_styles(self) -> frozenset[int]:
        """The numbers of the cell styles that show a date."""
        root = etree.fromstring(self.read("xl/styles.xml"), _parser())
        own = {
            int(each.get("numFmtId", "0")): each.get("formatCode", "")
            for each in root.iter()
            if _plain(each.tag) == "numFmt"
        }
        found = set()
        styles = next((each for each in root if _plain(each.tag) == "cellXfs"), ())
        for at, style in enumerate(styles):
            number = int(style.get("numFmtId", "0"))
            if number in own:
                # What stands in quotes, brackets or behind a backslash is no part of a date's pattern.
                code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", own[number]).lower()
                if ("y" in code or "d" in code or "年" in own[number]) and "0" not in code:
                    found.add(at)
            elif number in _DATES:
                found.add(at)
        return frozenset(found)

    def rows(self, member: str) -> Iterator[tuple[int, list[str]]]:
        last = 0
        for row in _children(self.read(member), "row"):
            last = int(row.get("r") or last + 1)
            texts: list[str] = []
            for at, cell in enumerate(row):
                place = column_number(cell.get("r", "")) or at + 1
                if place > MOST_COLUMNS or not (text := self._cell(cell)):
                    continue
                texts.extend([""] * (place - len(texts)))
                texts[place - 1] = text
            if any(texts):
                yield last, texts

    def _cell(self, cell: Any) -> str:
        kind, said, formula, inline = cell.get("t", "n"), "", False, ""
        for part in cell:
            tag = _plain(part.tag)
            if tag == "v":
                said = part.text or ""
            elif tag == "f":
                formula = True
            elif tag == "is":
                inline = "".join(_text(each) for each in part.iter() if _plain(each.tag) == "t")
        if formula:
            return FORMULA
        if kind == "s":
            return self.strings[int(said)] if said.isdecimal() and int(said) < len(self.strings) else ""
        if kind == "inlineStr":
            return inline
        if kind == "e":
            return BROKEN
        if kind == "b":
            return "是" if said == "1" else "否"
        if kind in {"str", "d"} or not said:
            return said[:10] if kind == "d" else said
        if int(cell.get("s") or 0) in self.dates:
            return self._day(said)
        return _number(said)

    def _day(self, said: str) -> str:
        try:
            serial = float(said)
            start = datetime(1904, 1, 1) if self.from_1904 else datetime(1899, 12, 30)
            moment = start + timedelta(days=serial)
        except (ValueError, OverflowError):
            return said
        # People also give the date format to a column of plain numbers such as 20260302.
        if serial > 10_000_000:
            return _number(said)
        return moment.date().isoformat() if moment.date() >= date(1900, 1, 1) else _number(said)


def _number(said: str) -> str:
    """A number as it was typed: 20260302 and not 2.0260302E7."""
    if re.fullmatch(r"-?\d+", said):
        return said
    try:
        value = float(said)
    except ValueError:
        return said
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.10f}".rstrip("0").rstrip(".")


def column_number(place: str) -> int:
    """``B7`` is column 2; 0 where no letters stand."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Column 2 is ``B``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _plain(tag: Any) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _text(each: Any) -> str:
    return each.text or ""


def _phonetic(each: Any) -> bool:
    parent = each.getparent()
    return parent is not None and _plain(parent.tag) == "rPh"


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _children(document: bytes, name: str) -> Iterator[Any]:
    """The elements of a name, one after another, without keeping the document."""
    import io

    tags = (f"{_MAIN}{name}", f"{_STRICT}{name}")
    walk = etree.iterparse(
        io.BytesIO(document),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in walk:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def open_book(source: BinaryIO) -> list[Sheet]:
    """The visible sheets of a workbook, in order. Raises UnreadableBook."""
    try:
        archive = zipfile.ZipFile(source)
        parts = _Parts(archive)
        root = etree.fromstring(parts.read("xl/workbook.xml"), _parser())
        targets = _targets(parts)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError):
        raise UnreadableBook("打不开这个 Excel 文件。请另存为 .xlsx 后再上传") from None
    for each in root.iter():
        if _plain(each.tag) == "workbookPr":
            parts.from_1904 = each.get("date1904") in {"1", "true"}
    found = []
    for each in root.iter():
        if _plain(each.tag) != "sheet" or each.get("state") in {"hidden", "veryHidden"}:
            continue
        target = targets.get(each.get(f"{{{_LINK}}}id") or each.get(f"{{{_LINK_STRICT}}}id") or "")
        if target is not None and "worksheets" in target:
            found.append(Sheet(each.get("name", ""), parts, target, _merged(parts.read(target))))
    if not found:
        raise UnreadableBook("文件里没有可以读取的工作表。请使用从本页下载的模板填写")
    return found


def _targets(parts: _Parts) -> Mapping[str, str]:
    root = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), _parser())
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("xl", each.get("Target", ""))).removeprefix("/")
        if not each.get("Target", "").startswith("/")
        else each.get("Target", "")[1:]
        for each in root
    }


def _merged(document: bytes) -> list[Merged]:
    return [
        Merged(int(top), int(bottom), column_number(left.decode()), column_number(right.decode()))
        for left, top, right, bottom in _MERGE.findall(document)
    ]
