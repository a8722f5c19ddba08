"""Checkers of single values: scalars, enums, dates and times, lists, and what a sender's own fields may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Fault = tuple[str, str, str, str]
Checker = Callable[[Any, str, list[Fault]], None]

LARGEST_INTEGER = 2**53 - 1  # what every JSON reader keeps exactly (RFC 7493)
DEEPEST = 32  # levels of a sender's own fields

_JSON_ZH = {"string": "文字", "boolean": "true 或 false", "integer": "整数"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?\+08:00")


def shown(value: Any) -> str:
    """A value as a message shows it: short, whatever was sent."""
    if value is None:
        return "null（空）"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"列表（{len(value)} 项）"
    if isinstance(value, dict):
        return f"对象（{len(value)} 个字段）"
    if isinstance(value, int) and abs(value) > 10**30:
        return "过大的整数"
    text = repr(value[:60]) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def list_of(inner: Checker) -> Checker:
    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if not isinstance(value, list):
            faults.append((path, "E-TYPE", f"应为列表，收到 {shown(value)}", "must be a list"))
            return
        for number, item in enumerate(value):
            inner(item, f"{path}[{number}]", faults)

    return check


def one_of(values: Mapping[str, str]) -> Checker:
    allowed = "、".join(f"{value}（{zh}）" for value, zh in list(values.items())[:12])
    more = f" 等 {len(values)} 种" if len(values) > 12 else ""

    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if value.__class__ is not str:
            faults.append((path, "E-TYPE", f"应为文字，收到 {shown(value)}", "must be a string"))
        elif value not in values:
            faults.append(
                (
                    path,
                    "E-ENUM",
                    f"不能是“{value[:60]}”。可用：{allowed}{more}",
                    f"{value[:60]} is not in the list",
                )
            )

    return check


_FORMS_ZH = {
    "id": "应以字母或数字开头，只用字母、数字和 . _ : / @ -，最长 100 个字符",
    "code": "应以字母或数字开头，只用字母、数字和 . _ -，最长 50 个字符",
}


def scalar(kind: str, spec: Mapping[str, Any]) -> Checker:
    zh = _JSON_ZH[spec["json"]] + (f"（{spec['unit']}）" if "unit" in spec else "")
    if spec["json"] == "integer":
        return _integer(zh, spec.get("minimum", -LARGEST_INTEGER))
    if spec["json"] == "boolean":
        return _boolean(zh)
    return _string(zh, kind, spec)


def _boolean(zh: str) -> Checker:
    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if value.__class__ is not bool:
            faults.append((path, "E-TYPE", f"应为{zh}，收到 {shown(value)}", "must be of type boolean"))

    return check


def _integer(zh: str, minimum: int) -> Checker:
    def check(value: Any, path: str, faults: list[Fault]) -> None:
        # `class is`: JSON true must not pass for an integer.
        if value.__class__ is not int:
            faults.append((path, "E-TYPE", f"应为{zh}，收到 {shown(value)}", "must be of type integer"))
        elif value < minimum:
            faults.append(
                (path, "E-TYPE", f"应为{zh}，不能小于 {minimum}，收到 {value}", f"less than {minimum}")
            )
        elif value > LARGEST_INTEGER:
            text = f"应为{zh}，不能大于 {LARGEST_INTEGER}，收到 {shown(value)}。请核对单位和位数"
            faults.append((path, "E-TYPE", text, f"greater than {LARGEST_INTEGER}"))

    return check


def _string(zh: str, kind: str, spec: Mapping[str, Any]) -> Checker:
    matches = re.compile(spec["pattern"]).fullmatch if "pattern" in spec else None
    longest = spec.get("max_length")
    form = _FORMS_ZH.get(kind, "格式不对")

    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if value.__class__ is not str:
            faults.append((path, "E-TYPE", f"应为{zh}，收到 {shown(value)}", "must be of type string"))
        elif matches is not None:
            if not matches(value):
                text = f"{form}，收到 {shown(value)}"
                faults.append((path, "E-TYPE", text, "does not match the required form"))
        elif longest is not None and len(value) > longest:
            text = f"不能超过 {longest} 字，收到 {len(value)} 字。请缩短"
            faults.append((path, "E-TYPE", text, f"longer than {longest}"))
        elif not _storable(value):
            faults.append(
                (path, "E-TYPE", f"含有{_NUL_ZH}，收到 {shown(value)}", "holds NUL or half a character")
            )

    return check


_NUL_ZH = "不能保存的字符（空字符或者半个字符），请删去后重新报送"


def _storable(text: str) -> bool:
    """No NUL (no database keeps it in text) and no half of a surrogate pair (it has no UTF-8)."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))


def check_own(name: str, value: Any, path: str, faults: list[Fault]) -> None:
    """A sender's own field may hold anything that can be stored: no NUL, no number beyond all readers, not too deep."""
    waiting: list[tuple[Any, int]] = [(name, 0), (value, 0)]
    while waiting:
        held, depth = waiting.pop()
        if depth > DEEPEST:
            text = f"自有字段嵌套超过 {DEEPEST} 层，请改为较浅的结构"
            faults.append((path[:80], "E-TYPE", text, f"nested deeper than {DEEPEST}"))
            return
        if isinstance(held, str) and not _storable(held):
            faults.append(
                (path[:80].replace("\0", "␀"), "E-TYPE", f"含有{_NUL_ZH}", "holds NUL or half a character")
            )
            return
        if type(held) is int and abs(held) > LARGEST_INTEGER:
            text = f"整数不能超过 {LARGEST_INTEGER}，收到 {shown(held)}。更大的数请写成文字"
            faults.append((path[:80], "E-TYPE", text, f"beyond {LARGEST_INTEGER}"))
            return
        if isinstance(held, dict):
            waiting += [(key, depth) for key in held] + [(each, depth + 1) for each in held.values()]
        elif isinstance(held, list):
            waiting += [(each, depth + 1) for each in held]


def check_date(value: Any, path: str, faults: list[Fault]) -> None:
    if value.__class__ is not str or not _DATE.fullmatch(value) or not _exists(date.fromisoformat, value):
        faults.append(
            (
                path,
                "E-TIME",
                f"应为存在的日期，如 2026-03-02，收到 {shown(value)}",
                "must be a real date YYYY-MM-DD",
            )
        )


def check_instant(value: Any, path: str, faults: list[Fault]) -> None:
    if (
        value.__class__ is not str
        or not _INSTANT.fullmatch(value)
        or not _exists(datetime.fromisoformat, value)
    ):
        faults.append(
            (
                path,
                "E-TIME",
                f"应为北京时间，如 2026-03-02T09:30:00+08:00，收到 {shown(value)}",
                "must be a real time ending in +08:00",
            )
        )


def check_time(value: Any, path: str, faults: list[Fault]) -> None:
    (check_date if value.__class__ is str and len(value) <= 10 else check_instant)(value, path, faults)


def _exists(parse: Callable[[str], Any], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True
