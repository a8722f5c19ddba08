"""The public text of a decision: made from data by rule, never a covered original.

Every mask names its category and the rule behind it. Recognisers see through full-width digits, spaces and line breaks.
A number that fails its check digit is still removed: a mistyped identity number tells as much as a right one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from stdnum.cn import uscc

_GAP = r"[\s\-－—·.]*"


def _digits(count: str, digit: str = r"\d") -> str:
    return rf"(?:{digit}{_GAP}){count}"


@dataclass(frozen=True)
class Mask:
    """One span that was taken out: what kind of thing it was, and why."""

    category: str
    basis: str


@dataclass(frozen=True)
class Redacted:
    """A public text and what was taken out of it, in order."""

    text: str
    masks: tuple[Mask, ...]
    doubtful: bool = False


@cache
def rules() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("redaction_rules.yaml").read_bytes())  # type: ignore[no-any-return]


_PLATE_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+\s*[@＠]\s*[\w-]+(?:\s*\.\s*[\w-]+)+")),
    ("identity_number", re.compile(rf"(?<![\dA-Za-z]){_digits('{17}')}[\dXx](?![\dA-Za-z])")),
    ("identity_number", re.compile(rf"(?<![\dA-Za-z]){_digits('{14}')}\d(?![\dA-Za-z])")),
    ("bank_card", re.compile(rf"(?<![\dA-Za-z]){_digits('{15,18}')}\d(?![\dA-Za-z])")),
    ("phone", re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9]{_GAP}{_digits('{8}')}\d(?!\d)")),
    ("phone", re.compile(r"(?<!\d)0\d{2,3}[\s\-－—]*\d{7,8}(?!\d)")),
    ("plate", re.compile(rf"[{_PLATE_PLACES}]{_GAP}[A-Z]{_GAP}(?:[A-Z0-9]{_GAP}){{4,5}}[A-Z0-9挂学警港澳]")),
    (
        "address",
        re.compile(
            r"[\u4e00-\u9fff\d]{1,12}?(?:小区|村|组|弄|巷|栋|幢|号楼)[\u4e00-\u9fff\d\-－]{0,8}?\d+[\s]*(?:号|室|栋|单元)(?:\d+[\s]*(?:号|室|单元))*"
        ),
    ),
)


def redact_text(text: str, *, names: Iterable[str] = ()) -> Redacted:
    """Free text without personal items; ``names`` are persons known in the matter, who are never shown."""
    working = unicodedata.normalize("NFKC", text)
    masks: list[Mask] = []
    about = rules()["text"]
    keep: list[str] = []

    def shelter(match: re.Match[str]) -> str:
        keep.append(match.group(0))
        return f"\x00{len(keep) - 1}\x00"

    # A valid social credit code of an organisation is public and looks like an identity number to the patterns.
    working = re.sub(
        r"(?<![\dA-Z])[159ANY][1239][\dA-HJ-NPQRTUWXY]{16}(?![\dA-Z])",
        lambda m: shelter(m) if uscc.is_valid(m.group(0)) else m.group(0),
        working,
    )
    for name in sorted(
        {unicodedata.normalize("NFKC", n).strip() for n in names if len(n.strip()) >= 2},
        key=len,
        reverse=True,
    ):
        spaced = _GAP.join(re.escape(c) for c in name if not c.isspace())
        working, count = re.subn(spaced, "【姓名】", working)
        masks += [Mask(about["name"]["label"], about["name"]["basis"])] * count
    for category, pattern in _PATTERNS:
        found = about[category]
        working, count = pattern.subn(f"【{found['label']}】", working)
        masks += [Mask(found["label"], found["basis"])] * count
    working = re.sub("\x00(\\d+)\x00", lambda m: keep[int(m.group(1))], working)
    doubtful = bool(re.search(r"(?:电话|手机|身份证|住址|账号|微信|QQ)", working)) or len(masks) > 3
    return Redacted(working, tuple(masks), doubtful)


_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯")


def surname_only(name: str) -> str:
    """姓某某: the surname and as many 某 as the given name has characters (at most two)."""
    bare = re.sub(r"[\s·•（(].*$", "", name.strip())
    surname = next((each for each in _COMPOUND if bare.startswith(each)), bare[:1])
    return surname + "某" * min(2, max(1, len(bare) - len(surname)))


def field(name: str, party_kind: str, value: str) -> tuple[str, Mask | None]:
    """A structured field as it may be shown; nothing when it may not."""
    rule = rules()["fields"][name][party_kind]
    if rule["do"] == "show" or not value:
        return value, None
    if rule["do"] == "surname":
        return surname_only(value), Mask("姓名", rule["basis"])
    return "", Mask(
        {"address": "住址", "credit_code": "证照号码", "legal_representative": "姓名"}.get(name, name),
        rule["basis"],
    )


def never_published(*, domain: str, age_at_act: int | None) -> dict[str, str] | None:
    """Why a decision is not published at all, with its basis; None when it may be."""
    conditions = {
        "minor": age_at_act is not None and age_at_act < 18,
        "public_security": domain == "public_security",
    }
    return next((rule for rule in rules()["never"] if conditions[rule["when"]]), None)
