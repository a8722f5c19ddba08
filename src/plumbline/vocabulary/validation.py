"""Validators compiled from the contract: each field's type becomes one closure, so that a line costs microseconds.

A checker takes a value and its path and appends to ``faults`` what is wrong, as (path, code, Chinese, English). It
returns nothing: a value without fault appends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from .contract import Fields, Vocabulary
from .errors import InputError

Fault = tuple[str, str, str, str]
Checker = Callable[[Any, str, list[Fault]], None]

_JSON_ZH = {"string": "文字", "boolean": "true 或 false", "integer": "整数"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?\+08:00")


class Validators:
    """Compiled validators of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._named: dict[str, Checker] = {}
        self._data = {
            name: self._fields(activity.fields, extras=True)
            for name, activity in vocabulary.activities.items()
        }
        special = {"activity": _anything, "data": _anything}
        self._envelope = self._fields(vocabulary.envelope, extras=False, special=special)
        self._registers = {
            name: self._fields(fields, extras=True, registers=True)
            for name, fields in vocabulary.registers.items()
        }

    def event(self, document: Any, line: int) -> list[InputError]:
        """What is wrong with one event document; empty when the contract accepts it."""
        if not isinstance(document, dict):
            return [_located(line, None, None, ("", "E-JSON", "应为一个 JSON 对象", "not one JSON object"))]
        faults: list[Fault] = []
        self._envelope(document, "", faults)
        activity = document.get("activity")
        if isinstance(activity, str):
            self._activity(activity, document, faults)
        elif activity is not None:
            faults.append(("activity", "E-TYPE", f"应为文字，收到 {_shown(activity)}", "must be a string"))
        if not faults:
            _check_order(document, faults)
        if not faults:
            return []
        event_id = document.get("id")
        name = event_id if isinstance(event_id, str) else None
        return [_located(line, name, fault[0] or None, fault) for fault in faults]

    def _activity(self, activity: str, document: dict[str, Any], faults: list[Fault]) -> None:
        known = self._vocabulary.activities.get(activity)
        if known is None:
            faults.append(
                (
                    "activity",
                    "E-ACTIVITY",
                    f"没有活动“{activity}”。请用契约附录甲所列的名称",
                    f"unknown activity {activity}",
                )
            )
            return
        kind = document.get("kind")
        if isinstance(kind, str) and kind in self._vocabulary.kinds and kind not in known.kinds:
            zh = self._vocabulary.kinds[kind]
            faults.append(
                (
                    "activity",
                    "E-ACTIVITY",
                    f"“{known.name_zh}”（{activity}）不能出现在“{zh}”中",
                    f"{activity} is not allowed in {kind}",
                )
            )
        self._data[activity](document.get("data", {}), "data", faults)

    def registers(self, document: Any) -> list[InputError]:
        """What is wrong with a registers document; line 0."""
        faults: list[Fault] = []
        if not isinstance(document, dict) or document.get("registers") != 1:
            return [
                _located(
                    0,
                    None,
                    "registers",
                    ("registers", "E-REQUIRED", '登记册文件应含 "registers": 1', "must hold registers: 1"),
                )
            ]
        for name, value in document.items():
            path = f"registers.{name}"
            if name == "registers" or name.startswith("x_"):
                continue
            if name not in self._registers:
                faults.append((path, "E-FIELD", "没有这个登记册", "unknown register"))
            elif name in {"holidays", "settings"}:
                self._registers[name](value, path, faults)
            elif not isinstance(value, list):
                faults.append((path, "E-TYPE", f"应为列表，收到 {_shown(value)}", "must be a list"))
            else:
                for number, row in enumerate(value):
                    self._registers[name](row, f"{path}[{number}]", faults)
        return [_located(0, None, fault[0], fault) for fault in faults[:1000]]

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _fields(
        self,
        fields: Fields,
        *,
        extras: bool,
        special: Mapping[str, Checker] | None = None,
        registers: bool = False,
    ) -> Checker:
        checkers: dict[str, Checker] = {}
        required: list[str] = []
        conditional: list[tuple[str, str, str]] = []
        for name, spec in fields.items():
            kind = spec["type"]
            checkers[name] = (
                special[kind] if special and kind in special else self._type(kind, registers=registers)
            )
            if spec.get("required"):
                required.append(name)
            for sister, condition in spec.get("required_if", {}).items():
                (wanted,) = condition.values()  # {contains: X} of a list, {is: X} of a value
                conditional.append((name, sister, wanted))
        labels = {name: spec.get("zh", name) for name, spec in fields.items()}

        def check(value: Any, path: str, faults: list[Fault]) -> None:
            if not isinstance(value, dict):
                faults.append((path, "E-TYPE", f"应为对象，收到 {_shown(value)}", "must be an object"))
                return
            prefix = path + "." if path else ""
            for name, item in value.items():
                checker = checkers.get(name)
                if checker is not None:
                    checker(item, prefix + name, faults)
                elif not name.startswith("x_"):
                    near = f"，是否应为 {near_name}" if (near_name := _nearest(name, checkers)) else ""
                    faults.append(
                        (
                            prefix + name,
                            "E-FIELD",
                            f"没有这个字段{near}。自有字段请以 x_ 开头",
                            "unknown field",
                        )
                    )
            for name in required:
                if name not in value:
                    faults.append(
                        (
                            prefix + name,
                            "E-REQUIRED",
                            f"缺少必填字段（{labels[name]}）",
                            "required field missing",
                        )
                    )
            for name, sister, wanted in conditional:
                holder = value.get(sister)
                if name not in value and (wanted in holder if isinstance(holder, list) else holder == wanted):
                    text = f"{sister} 含 {wanted} 时必须填写（{labels[name]}）"
                    faults.append(
                        (prefix + name, "E-REQUIRED", text, f"required when {sister} holds {wanted}")
                    )

        return check

    def _type(self, kind: str, *, registers: bool) -> Checker:
        if kind.endswith("?"):
            inner = self._type(kind[:-1], registers=registers)
            return lambda value, path, faults: None if value is None else inner(value, path, faults)
        if kind.startswith("["):
            return _list_of(self._type(kind[1:-1], registers=registers))
        key = f"{kind}/{registers}"
        if key not in self._named:
            # Objects may hold one another: a forward reference keeps the compilation from running for ever.
            self._named[key] = lambda value, path, faults: self._named[key](value, path, faults)
            self._named[key] = self._base(kind, registers=registers)
        return self._named[key]

    def _base(self, kind: str, *, registers: bool) -> Checker:
        words = self._vocabulary
        if registers and kind in words.register_objects:
            return self._fields(words.register_objects[kind], extras=True, registers=True)
        if kind in words.objects:
            return self._fields(words.objects[kind], extras=True)
        if kind in words.enums:
            return _one_of(words.enums[kind])
        spec = words.types[kind]
        if kind in {"date", "instant", "time"}:
            return {"date": _check_date, "instant": _check_instant, "time": _check_time}[kind]
        return _scalar(spec)


def _anything(value: Any, path: str, faults: list[Fault]) -> None:
    """For the two special types of the envelope, which are checked by activity."""


def _list_of(inner: Checker) -> Checker:
    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if not isinstance(value, list):
            faults.append((path, "E-TYPE", f"应为列表，收到 {_shown(value)}", "must be a list"))
            return
        for number, item in enumerate(value):
            inner(item, f"{path}[{number}]", faults)

    return check


def _one_of(values: Mapping[str, str]) -> Checker:
    allowed = "、".join(f"{value}（{zh}）" for value, zh in list(values.items())[:12])
    more = f" 等 {len(values)} 种" if len(values) > 12 else ""

    def check(value: Any, path: str, faults: list[Fault]) -> None:
        if value.__class__ is not str:
            faults.append((path, "E-TYPE", f"应为文字，收到 {_shown(value)}", "must be a string"))
        elif value not in values:
            faults.append(
                (path, "E-ENUM", f"不能是“{value}”。可用：{allowed}{more}", f"{value} is not in the list")
            )

    return check


def _scalar(spec: Mapping[str, Any]) -> Checker:
    python: Any = {"string": str, "boolean": bool, "integer": int}[spec["json"]]
    zh = _JSON_ZH[spec["json"]] + (f"（{spec['unit']}）" if "unit" in spec else "")
    matches = re.compile(spec["pattern"]).fullmatch if "pattern" in spec else None
    minimum, longest = spec.get("minimum"), spec.get("max_length")

    def check(value: Any, path: str, faults: list[Fault]) -> None:
        # `type() is`: JSON true must not pass for an integer.
        if type(value) is not python:
            faults.append(
                (path, "E-TYPE", f"应为{zh}，收到 {_shown(value)}", f"must be of type {spec['json']}")
            )
        elif matches is not None and not matches(value):
            faults.append(
                (path, "E-TYPE", f"“{value[:60]}”含有不允许的字符或太长", "does not match the required form")
            )
        elif minimum is not None and value < minimum:
            faults.append(
                (path, "E-TYPE", f"不能小于 {minimum}，收到 {value}", f"must not be less than {minimum}")
            )
        elif longest is not None and len(value) > longest:
            faults.append(
                (path, "E-TYPE", f"不能超过 {longest} 字，收到 {len(value)} 字", f"longer than {longest}")
            )

    return check


def _check_date(value: Any, path: str, faults: list[Fault]) -> None:
    if value.__class__ is not str or not _DATE.fullmatch(value) or not _exists(date.fromisoformat, value):
        faults.append(
            (
                path,
                "E-TIME",
                f"应为存在的日期，如 2026-03-02，收到 {_shown(value)}",
                "must be a real date YYYY-MM-DD",
            )
        )


def _check_instant(value: Any, path: str, faults: list[Fault]) -> None:
    if (
        value.__class__ is not str
        or not _INSTANT.fullmatch(value)
        or not _exists(datetime.fromisoformat, value)
    ):
        faults.append(
            (
                path,
                "E-TIME",
                f"应为北京时间，如 2026-03-02T09:30:00+08:00，收到 {_shown(value)}",
                "must be a real time ending in +08:00",
            )
        )


def _check_time(value: Any, path: str, faults: list[Fault]) -> None:
    (_check_date if value.__class__ is str and len(value) <= 10 else _check_instant)(value, path, faults)


def _exists(parse: Callable[[str], Any], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _check_order(document: Mapping[str, Any], faults: list[Fault]) -> None:
    """An event is recorded on or after its day, and not before its instant."""
    occurred, recorded = document["occurred_at"], document["recorded_at"]
    early = (
        recorded[:10] < occurred
        if len(occurred) == 10
        else datetime.fromisoformat(recorded) < datetime.fromisoformat(occurred)
    )
    if early:
        faults.append(
            (
                "recorded_at",
                "E-TIME",
                f"录入时刻 {recorded} 早于发生时间 {occurred}，请核对",
                "recorded before it occurred",
            )
        )


def _shown(value: Any) -> str:
    text = (
        "null（空）" if value is None else repr(value) if not isinstance(value, bool) else str(value).lower()
    )
    return text if len(text) <= 60 else text[:57] + "…"


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1)), "")


def _located(line: int, event: str | None, field: str | None, fault: Fault) -> InputError:
    _, code, zh, en = fault
    place = f"第{line}行" if line else "登记册"
    where_zh = f"{field} " if field else ""
    where_en = f"{field} " if field else ""
    return InputError(line, event, field, code, f"{place}：{where_zh}{zh}", f"line {line}: {where_en}{en}")


_COMPILED: WeakKeyDictionary[Vocabulary, Validators] = WeakKeyDictionary()


def validators(vocabulary: Vocabulary) -> Validators:
    """The compiled validators of a vocabulary, made once."""
    found = _COMPILED.get(vocabulary)
    if found is None:
        found = _COMPILED[vocabulary] = Validators(vocabulary)
    return found


def validate_event(vocabulary: Vocabulary, document: Any, line: int) -> list[InputError]:
    """What is wrong with one event document; empty when the contract accepts it."""
    return validators(vocabulary).event(document, line)
