"""Validators compiled from the contract: each field's type becomes one closure, so that a line costs microseconds.

A checker takes a value and its path and appends to ``faults`` what is wrong, as (path, code, Chinese, English). It
returns nothing: a value without fault appends nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from .contract import Fields, Vocabulary
from .errors import InputError
from .event import CONTRACT_VERSION
from .values import (
    Checker,
    Fault,
    check_date,
    check_instant,
    check_own,
    check_time,
    list_of,
    one_of,
    scalar,
    shown,
)

MOST_FAULTS = 100  # of one line: further ones help nobody


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
        elif "activity" in document:
            faults.append(("activity", "E-TYPE", f"应为文字，收到 {shown(activity)}", "must be a string"))
        _check_version(document.get("v", CONTRACT_VERSION), faults)
        if not faults:
            _check_order(document, faults)
        if not faults:
            return []
        event_id = document.get("id")
        name = event_id if isinstance(event_id, str) else None
        return [_located(line, name, fault[0] or None, fault) for fault in faults[:MOST_FAULTS]]

    def _activity(self, activity: str, document: dict[str, Any], faults: list[Fault]) -> None:
        known = self._vocabulary.activities.get(activity)
        if known is None:
            faults.append(
                (
                    "activity",
                    "E-ACTIVITY",
                    f"没有活动“{activity[:60]}”{self._nearest_activity(activity)}。请用契约附录甲所列的名称",
                    f"unknown activity {activity[:60]}",
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
                    f"“{known.name_zh}”（{activity}）不能出现在“{zh}”中。请核对活动名称和事项类别",
                    f"{activity} is not allowed in {kind}",
                )
            )
        self._data[activity](document.get("data", {}), "data", faults)

    def _nearest_activity(self, activity: str) -> str:
        near = _nearest(activity, self._vocabulary.activities)
        return f"，是否应为 {near}（{self._vocabulary.activity_zh(near)}）" if near else ""

    def registers(self, document: Any) -> list[InputError]:
        """What is wrong with a registers document; line 0."""
        faults: list[Fault] = []
        version = document.get("registers") if isinstance(document, dict) else None
        if type(version) is not int or version != 1:
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
            if name == "registers":
                continue
            if name.startswith("x_"):
                check_own(name, value, path, faults)
            elif name not in self._registers:
                near = _nearest(name, self._registers)
                hint = f"，是否应为 {near}" if near else ""
                faults.append((path[:80], "E-FIELD", f"没有这个登记册{hint}", "unknown register"))
            elif name in {"holidays", "settings"}:
                self._registers[name](value, path, faults)
            elif not isinstance(value, list):
                faults.append((path, "E-TYPE", f"应为列表，收到 {shown(value)}", "must be a list"))
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
                faults.append((path, "E-TYPE", f"应为对象，收到 {shown(value)}", "must be an object"))
                return
            prefix = path + "." if path else ""
            for name, item in value.items():
                checker = checkers.get(name)
                if checker is not None:
                    checker(item, prefix + name, faults)
                elif name.startswith("x_"):
                    check_own(name, item, prefix + name, faults)
                elif len(faults) < MOST_FAULTS:
                    near = f"，是否应为 {near_name}" if (near_name := _nearest(name, checkers)) else ""
                    faults.append(
                        (
                            prefix + name[:80],
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
                            f"缺少必填字段（{labels[name]}），请补填",
                            "required field missing",
                        )
                    )
            for name, sister, wanted in conditional:
                holder = value.get(sister)
                if name not in value and (wanted in holder if isinstance(holder, list) else holder == wanted):
                    text = f"{sister} 为（含）{wanted} 时必须填写（{labels[name]}），请补填"
                    faults.append(
                        (prefix + name, "E-REQUIRED", text, f"required when {sister} holds {wanted}")
                    )

        return check

    def _type(self, kind: str, *, registers: bool) -> Checker:
        if kind.endswith("?"):
            inner = self._type(kind[:-1], registers=registers)
            return lambda value, path, faults: None if value is None else inner(value, path, faults)
        if kind.startswith("["):
            return list_of(self._type(kind[1:-1], registers=registers))
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
            return one_of(words.enums[kind])
        spec = words.types[kind]
        if kind in {"date", "instant", "time"}:
            return {"date": check_date, "instant": check_instant, "time": check_time}[kind]
        return scalar(kind, spec)


def _anything(value: Any, path: str, faults: list[Fault]) -> None:
    """For the two special types of the envelope, which are checked by activity."""


def _check_version(version: Any, faults: list[Fault]) -> None:
    if type(version) is int and version != CONTRACT_VERSION:
        text = f"契约版本只支持 {CONTRACT_VERSION}，收到 {shown(version)}。请按版本 {CONTRACT_VERSION} 报送"
        faults.append(("v", "E-ENUM", text, f"version {CONTRACT_VERSION} is the only one known"))


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


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    if len(name) > 60:
        return ""
    return next(iter(get_close_matches(name, known, n=1)), "")


def _printable(text: str | None) -> str | None:
    """What a sender wrote in the place of a name, short and without NUL: an error is stored and shown too."""
    return None if text is None else text[:200].replace("\0", "␀")


def _located(line: int, event: str | None, field: str | None, fault: Fault) -> InputError:
    _, code, zh, en = fault
    event, field = _printable(event), _printable(field)
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
