"""The shape of a record from a phone, looked at before anything else reads it. One sentence says what is wrong."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.platform.actions import InputFault

HASH = re.compile(r"[0-9a-f]{64}")
PURPOSES = ("photo", "signature", "paper")
MOST_TEXT = 10_000

# Field, type, whether it must be there. Dates and instants are text in ISO form.
BODIES: dict[str, tuple[tuple[str, type, bool], ...]] = {
    "inspection": (
        ("matter", str, False), ("item", int, False), ("target", str, False), ("cause", str, False),
        ("started_at", str, True), ("certificate_shown", bool, True), ("answers", list, True),
        ("conclusion", str, True), ("handling", str, True), ("correct_by", str, False), ("signing", str, True),
        ("signed_name", str, False), ("refusal", str, False), ("witnesses", str, False), ("second", dict, True),
        ("repeat_reason", str, False), ("place", dict, False),
    ),
    "spot_penalty": (
        ("number", str, True), ("title", str, True), ("item", str, True), ("place", str, True),
        ("party", dict, True), ("facts", str, True), ("kinds", list, True), ("fine", int, False),
        ("told", bool, True), ("id_shown", bool, True), ("delivered", bool, True),
        ("reconsideration_first_told", bool, True), ("correction_ordered", bool, True), ("leniency", str, False),
        ("statement", str, False), ("statement_sound", bool, False), ("statement_adopted", bool, False),
        ("collected_ground", str, False), ("collected_receipt", str, False), ("collected_number", str, False), ("party_requested", bool, False),
        ("paper", list, True), ("signing", str, True), ("signed_name", str, False), ("refusal", str, False),
        ("witnesses", str, False), ("second", dict, True), ("geo", dict, False),
    ),
    "cosign": (("record", str, True), ("digest", str, True)),
    "number_void": (("number", str, True), ("reason", str, True)),
}  # fmt: skip
HEAD = (
    ("id", str, True), ("sequence", int, True), ("kind", str, True), ("captured_at", str, True),
    ("package", str, True), ("base_version", int, False), ("replaces", str, False), ("body", dict, True),
    ("files", list, True),
)  # fmt: skip
PARTY = (
    ("kind", str, True), ("name", str, True), ("identity_number", str, False), ("credit_code", str, False),
    ("legal_representative", str, False), ("address", str, False), ("phone", str, False), ("birth_on", str, False),
)  # fmt: skip
SECOND = (("number", str, True), ("way", str, True), ("proof", str, False))
PLACE = (("latitude_e6", int, True), ("longitude_e6", int, True), ("accuracy_m", int, True))
FILE = (
    ("sha256", str, True), ("size", int, True), ("type", str, True), ("purpose", str, True), ("point", int, False),
    ("taken_at", str, False), ("name", str, False),
)  # fmt: skip


def demand_shape(document: object) -> dict[str, Any]:
    """The record, if it has the shape of one of the kinds."""
    head = _object(document, HEAD, "记录")
    _demand(_is_id(head["id"]) and head["sequence"] >= 1, "记录编号或序号")
    _demand(head["kind"] in BODIES, "记录类别")
    _instant(head["captured_at"])
    body = _object(head["body"], BODIES[head["kind"]], "记录内容")
    _inner(head["kind"], body)
    _demand(len(head["files"]) <= 60, "文件（最多 60 个）")
    hashes = [_file(each)["sha256"] for each in head["files"]]
    _demand(len(set(hashes)) == len(hashes), "文件（有重复）")
    return head


def _inner(kind: str, body: Mapping[str, Any]) -> None:
    if "second" in body:
        second = _object(body["second"], SECOND, "第二名执法人员")
        _demand(second["way"] in {"pin", "phone"}, "第二名执法人员的确认方式")
    for name in ("correct_by",):
        if body.get(name):
            _day(body[name])
    for name in ("place", "geo"):
        if isinstance(body.get(name), dict):
            _object(body[name], PLACE, "定位")
    if kind == "inspection":
        _instant(body["started_at"])
        for each in body["answers"]:
            answer = _object(
                each, (("point", int, True), ("answer", str, True), ("note", str, False)), "检查项"
            )
            _demand(answer["answer"] in {"y", "n", "u"}, "检查项")
    if kind == "spot_penalty":
        party = _object(body["party"], PARTY, "当事人")
        if party.get("birth_on"):
            _day(party["birth_on"])
        _demand(all(isinstance(each, str) for each in body["kinds"]), "处罚种类")
        for each in body["paper"]:
            _object(each, (("label", str, True), ("text", str, True)), "决定书")
    if kind == "cosign":
        _demand(_is_id(body["record"]) and HASH.fullmatch(body["digest"]) is not None, "确认的记录")


def _file(value: object) -> dict[str, Any]:
    each = _object(value, FILE, "文件")
    _demand(HASH.fullmatch(each["sha256"]) is not None and each["size"] > 0, "文件")
    _demand(each["purpose"] in PURPOSES, "文件用途")
    if each.get("taken_at"):
        _instant(each["taken_at"])
    return each


def _object(value: object, fields: tuple[tuple[str, type, bool], ...], what: str) -> dict[str, Any]:
    _demand(isinstance(value, dict), what)
    assert isinstance(value, dict)
    known = {name for name, _, _ in fields}
    _demand(not set(value) - known, f"{what}（有不认识的内容，请更新应用）")
    for name, kind, required in fields:
        if name not in value:
            _demand(not required, f"{what}（缺少 {name}）")
            continue
        # A truth value is a whole number to Python, never to a record.
        right = type(value[name]) is kind
        _demand(right and (kind is not str or len(value[name]) <= MOST_TEXT), f"{what}（{name}）")
    return value


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _instant(text: str) -> None:
    try:
        _demand(datetime.fromisoformat(text).tzinfo is not None, "时间")
    except ValueError:
        _demand(False, "时间")


def _day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        _demand(False, "日期")


def _demand(right: bool, what: str) -> None:
    if not right:
        raise InputFault({"": f"记录的“{what}”不完整或写法有误，没有收下；内容仍在手机上。"})
