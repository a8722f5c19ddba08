"""What a column of a list may hold: how it is read from what people type, and how it is shown again.

The same reader serves the form on a page and the cell of a workbook, so that both say the same. A value is JSON: text, whole
number (money in fen), list, or None; days are ISO text. ``show`` gives text that ``read`` takes back to the same value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

_SHOWN: Final = 8  # of a long list of choices, in a message


_memory: ContextVar[dict[object, Any] | None] = ContextVar("what choices are", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it the agencies and items that may be chosen are read once, not for every cell."""
    if _memory.get() is not None:
        yield
        return
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(key: object, load: Callable[[], Any]) -> Any:
    memory = _memory.get()
    if memory is None:
        return load()
    if key not in memory:
        memory[key] = load()
    return memory[key]


class CellFault(ValueError):
    """What is wrong with a cell and what to do; shown as it stands."""


def half_width(said: str) -> str:
    """Full-width digits, letters and signs as their plain forms; for codes, numbers and days, not for prose."""
    return said if said.isascii() else unicodedata.normalize("NFKC", said)


def tidy(said: str) -> str:
    """Text without control characters and without spaces at its ends; line breaks stay."""
    if said.isprintable() and unicodedata.is_normalized("NFC", said):
        return said.strip(" \u3000")
    text = unicodedata.normalize("NFC", said).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "".join(c for c in text if c == "\n" or c.isprintable() or c == "\u3000").strip(" \u3000\n\t")


@dataclass(frozen=True)
class Cell:
    """The kind of a column. ``read`` is given tidy, non-empty text and raises CellFault."""

    def read(self, said: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def choices(self) -> Sequence[str]:
        """What a drop-down offers; empty where anything may be typed."""
        return ()

    def borrowed(self) -> Mapping[str, str]:
        """The words it shows that stand elsewhere, by the code it keeps: they change without the row being written."""
        return {}

    @property
    def long(self) -> bool:
        """Whether it needs more than one line to type in."""
        return False

    @property
    def says(self) -> str:
        """What to fill in, for the template's page of explanations."""
        return "文字"


@dataclass(frozen=True)
class Text(Cell):
    """Prose of at most ``most`` characters."""

    most: int = 200
    many_lines: bool = False

    def read(self, said: str) -> str:
        text = said if self.many_lines else " ".join(said.split("\n"))
        if len(text) > self.most:
            raise CellFault(f"有 {len(text)} 个字，最多 {self.most} 个。请缩短")
        return text

    @property
    def long(self) -> bool:
        return self.many_lines

    @property
    def says(self) -> str:
        return f"文字，最多 {self.most} 个字"


@dataclass(frozen=True)
class Code(Cell):
    """A code of letters, digits and a few signs; full-width ones are taken as plain."""

    most: int = 50

    def read(self, said: str) -> str:
        code = half_width(said).replace(" ", "")
        if not re.fullmatch(r"[0-9A-Za-z一-鿿〔〕_.\-/()]+", code):
            raise CellFault(f"“{said}”里有编码不能用的符号。请只用汉字、字母、数字、-、_、. 和 /")
        if len(code) > self.most:
            raise CellFault(f"编码有 {len(code)} 个字符，最多 {self.most} 个。请缩短")
        return code

    @property
    def says(self) -> str:
        return f"编码，最多 {self.most} 个字符"


_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:[ T]00:00(?::00)?)?")


@dataclass(frozen=True)
class Day(Cell):
    """A day, however it is typed: 20260302, 2026-3-2, 2026/3/2, 2026年3月2日, or a date cell."""

    def read(self, said: str) -> str:
        text = re.sub(r"\s*(年|月|日)\s*", r"\1", half_width(said).strip())
        found = _DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
        if found is None:
            if re.fullmatch(r"\d{5}(\.0+)?", text):
                raise CellFault(f"“{said}”是没有设成日期格式的数字。请把这一列设为日期，或写成 2026-03-02")
            raise CellFault(f"“{said}”不是日期。请写成 2026-03-02、20260302 或 2026年3月2日")
        try:
            return date(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            raise CellFault(f"没有“{said}”这一天。请核对年、月、日") from None

    @property
    def says(self) -> str:
        return "日期，如 2026-03-02、20260302、2026年3月2日"


@dataclass(frozen=True)
class Whole(Cell):
    """A whole number within bounds; ``unit`` may stand behind it."""

    least: int = 0
    most: int = 10**9
    unit: str = ""

    def read(self, said: str) -> int:
        text = half_width(said).replace(",", "").replace(" ", "").removesuffix(self.unit)
        text = re.sub(r"\.0+$", "", text)
        if not re.fullmatch(r"-?\d{1,15}", text):
            raise CellFault(f"“{said}”不是整数。请只填数字")
        number = int(text)
        if not self.least <= number <= self.most:
            raise CellFault(f"{number} 不在 {self.least} 至 {self.most} 之间。请核对")
        return number

    @property
    def says(self) -> str:
        return f"整数{f'（{self.unit}）' if self.unit else ''}"


def fen_of(said: str) -> int:
    """Yuan as typed (5,000、5000元、2万元、0.5 万) in fen."""
    text = re.sub(r"[,\s￥¥]", "", half_width(said)).replace("人民币", "").removesuffix("元")
    times = 100
    for word, factor in (("万", 10_000), ("亿", 100_000_000)):
        if text.endswith(word):
            text, times = text[:-1], 100 * factor
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        raise CellFault(f"“{said}”不是金额。请写成 5000、5,000 元或 2 万元")
    whole, _, part = text.partition(".")
    scaled = int(whole + part) * times
    fen, rest = divmod(scaled, 10 ** len(part))
    if rest:
        raise CellFault(f"“{said}”不足一分。请按元填写，最多两位小数")
    return fen


def yuan_of(fen: int) -> str:
    whole, cents = divmod(fen, 100)
    return f"{whole:,}.{cents:02d}" if cents else f"{whole:,}"


@dataclass(frozen=True)
class Money(Cell):
    """An amount in yuan, kept in fen."""

    def read(self, said: str) -> int:
        return fen_of(said)

    def show(self, value: Any) -> str:
        return "" if value is None else yuan_of(value)

    @property
    def says(self) -> str:
        return "金额（元），如 5000 或 2 万元"


Labels = Mapping[str, str] | Callable[[], Mapping[str, str]]


def _labels(labels: Labels) -> Mapping[str, str]:
    found: Mapping[str, str] = remembered(labels, labels) if callable(labels) else labels
    return found


def _by_word(labels: Labels) -> Mapping[str, str]:
    """The code behind every word that is taken for it: its label, and the code itself."""
    known = _labels(labels)

    def words() -> dict[str, str]:
        said = {half_width(label).replace(" ", ""): code for code, label in known.items()}
        return {code: code for code in known} | said

    found: Mapping[str, str] = remembered((words.__qualname__, id(known)), words)
    return found


def code_of(said: str, labels: Labels) -> str:
    code = _by_word(labels).get(half_width(said).replace(" ", ""))
    if code is not None:
        return code
    known = list(_labels(labels).values())
    offered = "、".join(known[:_SHOWN]) + ("等" if len(known) > _SHOWN else "")
    raise CellFault(f"没有“{said}”这个选项。请选：{offered or '（目前没有可选的内容）'}")


@dataclass(frozen=True)
class Choice(Cell):
    """One of some codes, typed and shown by their labels."""

    labels: Labels

    def read(self, said: str) -> str:
        return code_of(said, self.labels)

    def show(self, value: Any) -> str:
        return "" if value is None else _labels(self.labels).get(value, str(value))

    def choices(self) -> Sequence[str]:
        return tuple(_labels(self.labels).values())

    def borrowed(self) -> Mapping[str, str]:
        return _labels(self.labels)

    @property
    def says(self) -> str:
        return "从下拉列表选择"


@dataclass(frozen=True)
class Choices(Cell):
    """Some of the codes, parted by 、 or ；."""

    labels: Labels

    def read(self, said: str) -> list[str]:
        rest, whole = said, []
        for label in _labels(self.labels).values():
            if re.search(r"[、，,;；]", label) and label in rest:  # a label that is itself parted by them
                rest = rest.replace(label, "、")
                whole.append(label)
        parts = [*(part for part in re.split(r"[、，,;；\n]", rest) if part.strip()), *whole]
        return list(dict.fromkeys(code_of(part.strip(), self.labels) for part in parts))

    def show(self, value: Any) -> str:
        labels = _labels(self.labels)
        return "、".join(labels.get(each, str(each)) for each in value or ())

    def borrowed(self) -> Mapping[str, str]:
        return _labels(self.labels)

    @property
    def says(self) -> str:
        return "可以填几个，用“、”隔开：" + "、".join(_labels(self.labels).values())


@dataclass(frozen=True)
class Lines(Cell):
    """Several short texts, one a line or parted by ；."""

    most: int = 200

    def read(self, said: str) -> list[str]:
        parts = [part.strip() for part in re.split(r"[\n；;]", said) if part.strip()]
        if too_long := next((part for part in parts if len(part) > self.most), ""):
            raise CellFault(f"“{too_long[:20]}…”有 {len(too_long)} 个字，每一条最多 {self.most} 个。请缩短")
        return parts

    def show(self, value: Any) -> str:
        return "；".join(value or ())

    @property
    def long(self) -> bool:
        return True

    @property
    def says(self) -> str:
        return "可以有几条，每条一行或用“；”隔开"


@dataclass(frozen=True)
class Agencies(Cell):
    """An agency, by its name, short name or code; kept as its code. ``where`` narrows the choice (field look-ups)."""

    where: Mapping[str, Any] | None = None

    def _short_names(self) -> dict[str, str]:
        """Short name by code, in the order of the directory."""
        found: dict[str, str] = remembered(("agencies", str(self.where)), self._load)
        return found

    def _load(self) -> dict[str, str]:
        from plumbline.platform.identity.models import Agency

        rows = Agency.objects.filter(**(self.where or {})).order_by("code")
        return dict(rows.values_list("code", "short_name"))

    def _by_name(self) -> dict[str, list[str]]:
        from plumbline.platform.identity.models import Agency

        found: dict[str, list[str]] = {}
        rows = Agency.objects.filter(**(self.where or {})).order_by("code")
        for code, short, name in rows.values_list("code", "short_name", "name"):
            for word in {code, half_width(short), half_width(name)}:
                found.setdefault(word, []).append(code)
        return found

    def read(self, said: str) -> str:
        named = remembered(("agencies by name", str(self.where)), self._by_name)
        found: list[str] = named.get(half_width(said).replace(" ", ""), [])
        if len(found) != 1:
            offered = "、".join(list(self._short_names().values())[:_SHOWN])
            raise CellFault(
                f"{'有几个机关都叫' if found else '没有找到机关'}“{said}”。请填名录中的简称，如 {offered}"
            )
        return found[0]

    def show(self, value: Any) -> str:
        return self._short_names().get(value, str(value or ""))

    def choices(self) -> Sequence[str]:
        return tuple(self._short_names().values())

    def borrowed(self) -> Mapping[str, str]:
        return self._short_names()

    @property
    def says(self) -> str:
        return "机关简称，从下拉列表选择"
