"""The public text of a decision: made from data by rule, never a covered original.

Every mask names its category and the rule behind it. Recognisers see through full-width digits, invisible characters,
spaces and line breaks. A number that fails its check digit is still removed: a mistyped identity number tells as much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .folding import Folded, Span
from .numbers import numbers_in

_GAP = r"[\s\-－—·.・]*"


@dataclass(frozen=True)
class Mask:
    """One span that was taken out: what kind of thing it was, and why."""

    category: str
    basis: str


@dataclass(frozen=True)
class Redacted:
    """A public text, what was taken out of it in order, and the words in it that a second person has to weigh.

    ``spans`` are the places in the original; they are for tests and never kept.
    """

    text: str
    masks: tuple[Mask, ...]
    doubts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def doubtful(self) -> bool:
        return bool(self.doubts)


@cache
def rules() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("redaction_rules.yaml").read_bytes())


def redact_text(text: str, *, names: Iterable[str] = (), shown: Iterable[str] = ()) -> Redacted:
    """Free text without personal items.

    ``names`` are persons known in the matter, who are never shown; ``shown`` are public names (an organisation, a shop)
    that stay even where a person's name is part of them.
    """
    # Their patterns take a quarter of a second to be compiled, which only those who read a text should wait for.
    from .names import doubts_in, names_in
    from .recognisers import birth_dates_in, marked_in, plain_in

    folded = Folded.of(text)
    public = [span for name in shown for span in _written(folded, name)]
    known = [s for name in names for s in _written(folded, name) if not any(_within(s, p) for p in public)]
    born = list(birth_dates_in(folded))
    plain = [*public, *plain_in(folded.without(born))]
    open_text = folded.without(plain)
    found = _merged([*known, *born, *numbers_in(open_text), *marked_in(open_text), *names_in(open_text)])
    about = rules()["text"]
    parts, masks, at = [], [], 0
    for span in found:
        label = about[span.category]
        parts += [text[at : span.start], f"【{label['label']}】"]
        masks.append(Mask(label["label"], label["basis"]))
        at = span.end
    parts.append(text[at:])
    left = open_text.without(found)
    doubts = list(dict.fromkeys(text[s.start : s.end] for s in doubts_in(left)))
    return Redacted("".join(parts), tuple(masks), tuple(doubts), tuple(found))


def hide_everywhere(text: str, words: str, *, label: str = "") -> tuple[str, tuple[Mask, ...]]:
    """A public text without some words that a person found, however they are spaced; marks stay as they are.

    ``label`` stands in their place instead of the rule's own.
    """
    spans = list(_written(Folded.of(text), words))
    rule = rules()["text"]["by_hand"]
    label = label or rule["label"]
    for span in reversed(spans):
        text = f"{text[: span.start]}【{label}】{text[span.end :]}"
    return text, (Mask(label, rule["basis"]),) * len(spans)


def _written(folded: Folded, name: str) -> Iterator[Span]:
    """Every place where a known name stands, with gaps between its characters or without."""
    characters = [c for c in unicodedata.normalize("NFKC", name) if not re.fullmatch(_GAP + r"|[‐-―]", c)]
    if len(characters) < 2:
        return
    for found in re.finditer(_GAP.join(map(re.escape, characters)), folded.text, re.I):
        yield folded.span(found.start(), found.end(), "name")


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined under the category of the longest."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            longer = last if last.end - last.start >= span.end - span.start else span
            merged[-1] = Span(last.start, max(last.end, span.end), longer.category)
        else:
            merged.append(span)
    return merged


_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
    "端木",
)
# A shop of an individual trader (个体工商户) bears a registered trade name, which is public.
_TRADE = re.compile(
    r".{2,}(?:店|铺|馆|厅|厂|部|行|坊|社|摊|场|站|吧|屋|庄|府|阁|楼|轩|斋|中心|超市|商行|公司|工作室|门市|诊所|药房|酒家|饭庄|网咖|网吧|便利|小吃|烧烤|早点|餐饮|理发|美发|养殖|种植|加工|批发|零售)"
)


def trade_name(name: str) -> str:
    """The trade name of an individual trader, without the operator in brackets; empty for a person's name."""
    bare = re.sub(r"[（(].*?[）)]", "", name).strip()
    return bare if len(bare) >= 4 and _TRADE.fullmatch(bare) else ""


def surname_only(name: str) -> str:
    """姓某某: the surname and as many 某 as the given name has characters (at most two)."""
    bare = re.sub(r"[\s·•（(].*$", "", name.strip())
    surname = next((each for each in _COMPOUND if bare.startswith(each)), bare[:1])
    return surname + "某" * min(2, max(1, len(bare) - len(surname)))


def field(
    name: str, party_kind: str, value: str, *, channel: str = "government_site"
) -> tuple[str, Mask | None]:
    """A structured field as it may be shown on a channel; nothing when it may not."""
    own = rules()["channels"].get(channel, {}).get(name, {})
    rule = own.get(party_kind) or rules()["fields"][name][party_kind]
    if rule["do"] == "show" or not value:
        return value, None
    if rule["do"] == "surname":
        shop = trade_name(value)
        if shop:
            return shop, Mask("姓名", rule["basis"]) if shop != value.strip() else None
        return surname_only(value), Mask("姓名", rule["basis"])
    return "", Mask(
        {"address": "住址", "credit_code": "证照号码", "legal_representative": "姓名"}.get(name, name),
        rule["basis"],
    )


_SECRET = re.compile(r"(?<![不未无])(?:涉及|属于|含有|包含|泄露)(?:国家|商业|工作)?秘密|[机绝秘]密级")


def tells_a_secret(text: str) -> bool:
    """Whether a text says of itself that it touches a secret."""
    return bool(_SECRET.search(Folded.of(text).squeezed.text))


def never_published(*, domain: str, age_at_act: int | None, secret: bool = False) -> dict[str, str] | None:
    """Why a decision is not published at all, with its basis; None when it may be."""
    conditions = {
        "minor": age_at_act is not None and age_at_act < 18,
        "public_security": domain == "public_security",
        "secret": secret,
    }
    return next((rule for rule in rules()["never"] if conditions[rule["when"]]), None)
