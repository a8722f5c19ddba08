"""The facts of one document: taken from the case where it knows them, written on the page where it does not.

What is kept with a draft is each fact as it was used, with a hash of it, so that a later change can be named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.packs.penalty.documents import FACTS, Fact
from plumbline.vocabulary import Event

from .sources import CaseFacts, Found

Used = dict[str, Any]
PART = "｜"


def assembled(
    facts: CaseFacts, names: Mapping[str, bool], *, own: Event | None, entries: Mapping[str, str]
) -> list[Used]:
    """Each named fact in order: text or rows, where from, whether it was written on the page, whether it is a gap."""
    return [
        _used(fact, facts.find(fact.sources, own), needed=needed, written=entries.get(name, ""))
        for name, needed in names.items()
        if (fact := FACTS[name]).kind not in ("system", "sign")
    ]


def _used(fact: Fact, found: Found, *, needed: bool, written: str) -> Used:
    rows = [list(row) for row in found.rows]
    text = found.text
    if fact.kind == "list" and text and not rows:
        rows, text = rows_of(text, len(fact.columns)), ""
    typed = not (text or rows)
    if typed and written.strip():
        rows = rows_of(written, len(fact.columns)) if fact.kind == "list" else []
        text = "" if fact.kind == "list" else written.strip()
    missing = not (text or rows)
    used: Used = {
        "label": fact.name,
        "text": text,
        "gap": "1" if missing and needed else "",
        "origin": "" if typed else found.origin,
        "step": "" if typed else found.step,
        "typed": typed,
    }
    if fact.kind == "list":
        used["rows"] = rows
    used["hash"] = hash_of(used)
    return used


def rows_of(text: str, columns: int) -> list[list[str]]:
    """Lines of a list, the parts of each parted by ``｜``, ``|`` or a tab; what is missing stays empty."""
    rows = []
    for line in text.splitlines():
        if line.strip():
            parts = line.replace("|", PART).replace("\t", PART).split(PART, columns - 1)
            rows.append([part.strip() for part in parts] + [""] * (columns - len(parts)))
    return rows


def hash_of(used: Used) -> str:
    said = "\x1f".join(["\x1e".join(row) for row in used.get("rows", ())] + [used["text"]])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Change:
    """A fact that is no longer what the document says."""

    name: str
    before: str
    now: str


def changes(kept: Sequence[Used], now: Sequence[Used]) -> list[Change]:
    """The facts whose value differs from the one that was used. Facts kept before hashes were are compared by text."""
    present = {each["label"]: each for each in now}
    return [
        Change(each["label"], said(each), said(present[each["label"]]))
        for each in kept
        if each["label"] in present and hash_of(each) != hash_of(present[each["label"]])
    ]


def said(used: Used) -> str:
    if used.get("rows"):
        return "；".join(PART.join(part for part in row if part) for row in used["rows"])
    return str(used["text"])
