"""The 双公示 layout: its items as data, the values of one decision, and what is wrong with them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from stdnum.cn import ric, uscc

from plumbline.platform import clock
from plumbline.vocabulary import load_vocabulary

from .models import Publication
from .redaction import trade_name

RECORD = "CF"  # 行政处罚; decisions on licences (XK) are not made in this system
Faults = list[dict[str, str]]


@dataclass(frozen=True)
class Item:
    """One column. A recalled length is not verified: it warns and never refuses."""

    code: str
    name: str
    type: str
    length: str
    verified: bool
    required: str
    rule: str
    personal: bool


@cache
def items(record: str = RECORD) -> tuple[Item, ...]:
    with Path(__file__).with_name("double_publicity_fields.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(line for line in source if not line.startswith("#")))
    return tuple(
        Item(
            row["code"],
            row["name"],
            row["type"],
            row["length"],
            row["length_basis"] == "db",
            row["required"],
            row["rule"],
            row["personal_data"] == "yes",
        )
        for row in rows
        if row["record"] == record
    )


@cache
def codes(name: str) -> frozenset[str]:
    """The values of one list of codes, e.g. ``penalty_type``."""
    return frozenset(
        item.code.partition("=")[2] for item in items("code") if item.code.startswith(f"{name}=")
    )


@cache
def mapping() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("credit_mapping.yaml").read_bytes())


def party_type(row: Publication, name: str) -> str:
    if row.party_kind == "natural_person" and trade_name(name):
        return str(mapping()["trader"])
    return str(mapping()["party_type"].get(row.party_kind, ""))


def penalty_types(kinds: list[str]) -> list[str]:
    known, other = mapping()["penalty_type"], mapping()["other_penalty"]
    return sorted({str(known.get(each, other)) for each in kinds})


def _wan(fen: int | None) -> str:
    """Ten thousand yuan with six decimals, exactly."""
    return "" if fen is None else f"{Decimal(fen) / 1_000_000:.6f}"


def values_of(
    row: Publication,
    *,
    inside: dict[str, Any],
    confiscated_fen: int | None,
    display_until: date | None,
    agency_code: str,
) -> dict[str, str]:
    """Every item of a decision that is not personal; the facts are the public ones, with what is hidden taken out."""
    words = load_vocabulary().enums["penalty_kind"]
    name = inside.get("party_name", "") or row.party_name
    result = [words.get(each, each) for each in row.kinds]
    basis = "；".join(f"《{each['law']}》{each['article']}" for each in row.basis)
    return {
        "CF_XDR_MC": name,
        "CF_XDR_LB": party_type(row, name),
        "CF_XDR_SHXYM": inside.get("credit_code", "") or "",
        "CF_FRDB": "" if row.party_kind == "natural_person" else inside.get("legal_representative", "") or "",
        "CF_XDR_ZJLX": "01" if party_type(row, name) == "01" else "",
        "CF_WSH": row.number,
        "CF_WFXW": row.violation,
        "CF_SY": row.facts,
        "CF_YJ": basis,
        "CF_CFLB": ";".join(penalty_types(row.kinds)),
        "CF_NR": "、".join(result) + ("" if row.fine_fen is None else f"，罚款 {row.fine_fen / 100:,.2f} 元"),
        "CF_NR_FK": _wan(row.fine_fen),
        "CF_NR_WFFF": _wan(confiscated_fen),
        "CF_JDRQ": f"{row.decided_on:%Y/%m/%d}",
        "CF_GSJZQ": f"{display_until:%Y/%m/%d}" if display_until else "",
        "CF_CFJG": row.agency.name,
        "CF_CFJGDM": agency_code,
        "CF_SJLY": row.agency.name,
        "CF_SJLYDM": agency_code,
    }


def faults_of(values: dict[str, str], *, decided_on: date, twice: bool = False) -> Faults:
    """What is wrong with a line: ``refuse`` keeps it out, ``warn`` is for a person to look at."""
    found: Faults = []

    def fault(code: str, problem: str, level: str = "refuse") -> None:
        found.append({"code": code, "name": _names()[code], "problem": problem, "level": level})

    for item in items():
        value = values.get(item.code, "")
        if not value and _is_required(item, values) and not item.personal:
            fault(item.code, "必填，没有内容")
        if item.type == "C" and item.length and len(value) > int(item.length):
            fault(item.code, f"超过 {item.length} 字", "refuse" if item.verified else "warn")
    if (code := values.get("CF_XDR_SHXYM", "")) and not uscc.is_valid(code):
        fault("CF_XDR_SHXYM", "统一社会信用代码校验不通过")
    if not uscc.is_valid(values.get("CF_CFJGDM", "")):
        fault("CF_CFJGDM", "机关统一社会信用代码校验不通过")
    if not set(values.get("CF_CFLB", "").split(";")) <= codes("penalty_type"):
        fault("CF_CFLB", "不在处罚类别代码中")
    if decided_on > clock.today():
        fault("CF_JDRQ", "晚于今天")
    if twice:
        fault("CF_WSH", "同一机关有两份相同的文号")
    return found


def _is_required(item: Item, values: dict[str, str]) -> bool:
    when = mapping()["required_when"].get(item.code)
    if item.required != "C" or when is None:
        return item.required == "M"
    party = values.get("CF_XDR_LB", "") in when.get("party_type", ())
    return party or bool(set(values.get("CF_CFLB", "").split(";")) & set(when.get("penalty_type", ())))


@cache
def _names() -> dict[str, str]:
    return {item.code: item.name for item in items()}


def identity_fault(number: str) -> str:
    """What is wrong with an identity number, in words; empty when its check digit is right."""
    return "" if ric.is_valid(number) else "身份证号没有填写或者校验不通过"
