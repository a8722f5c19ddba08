"""A document's text as articles: from what was typed or from a Word file, and two versions side by side."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from plumbline.apps.law_library.contract import Comparison, compare
from plumbline.packs.normdoc.words import HINTS
from plumbline.platform.printing.blocks import Paragraph
from plumbline.platform.printing.word_reading import read_word

Article = dict[str, str]
_HEAD = re.compile(r"^(第[零〇一二三四五六七八九十百]+条)[\s　]*(.*)$")
_POINT = re.compile(r"^([一二三四五六七八九十]+)、(.*)$")
MOST = 200_000  # letters of a whole text


def read_articles(text: str) -> list[Article]:
    """Articles 「第一条 …」, or, where a document has none, its parts 「一、…」; what stands before is the preamble."""
    lines = [line.strip("　 \t\r") for line in text.splitlines()]
    head = _HEAD if any(_HEAD.match(line) for line in lines) else _POINT
    found: list[Article] = [{"number": "", "text": ""}]
    for line in filter(None, lines):
        begun = head.match(line)
        if begun:
            found.append({"number": begun.group(1), "text": begun.group(2).strip()})
        else:
            kept = found[-1]
            kept["text"] = f"{kept['text']}\n{line}" if kept["text"] else line
    return [each for each in found if each["number"] or each["text"]]


def headed(article: Article) -> str:
    """What an article begins with: 「第一条　」, 「一、」, or nothing before the first."""
    number = article["number"]
    return f"{number}{'　' if _HEAD.match(number) else '、'}" if number else ""


def typed_form(articles: Sequence[Article]) -> str:
    """The articles as they are typed, to begin the next version from."""
    return "\n".join(headed(each) + each["text"] for each in articles)


def words_of_docx(content: bytes) -> str:
    """The paragraphs of a Word file that was checked on its way in; empty when it cannot be read."""
    try:
        sheet = read_word(content)
    except (ValueError, KeyError, zipfile.BadZipFile):
        return ""
    return "\n".join(block.text for block in sheet.blocks if isinstance(block, Paragraph))


def plain_text(articles: Sequence[Article], *, title: str, number: str = "") -> str:
    """The whole text for the download."""
    head = [title, number, ""] if number else [title, ""]
    return "\n".join([*head, *(headed(each) + each["text"] for each in articles)]) + "\n"


@dataclass(frozen=True)
class Change:
    """One article of two versions. ``kind``: same, changed, added, removed."""

    kind: str
    number: str
    old: str = ""
    new: str = ""

    @property
    def comparison(self) -> Comparison:
        return compare(self.old, self.new)


def differences(old: Sequence[Article], new: Sequence[Article]) -> list[Change]:
    """Article by article: those whose text is alike are one article, whatever number they bear now."""
    was, now = [each["text"] for each in old], [each["text"] for each in new]
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Change("same", new[n]["number"], now[n], now[n]) for n in range(c, d)]
            continue
        pairs = min(b - a, d - c)
        for n in range(pairs):
            found.append(Change("changed", new[c + n]["number"], was[a + n], now[c + n]))
        found += [Change("removed", old[n]["number"], old=was[n]) for n in range(a + pairs, b)]
        found += [Change("added", new[n]["number"], new=now[n]) for n in range(c + pairs, d)]
    return found


def fingerprint(articles: Sequence[Article]) -> str:
    """What the words of a text come to, whatever file it came in: kept in the log when a version is kept."""
    said = "\n".join(f"{each['number']}\x1f{each['text']}" for each in articles)
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Hint:
    """A place that the reviewer should look at; nothing is decided by it."""

    number: str
    word: str
    says: str
    basis: str
    kind: str
    around: str


def hints_in(articles: Sequence[Article]) -> list[Hint]:
    """One hint an article and kind, at the first of its words."""
    found = []
    for article in articles:
        for rule in HINTS:
            at, word = min(
                ((article["text"].find(word), word) for word in rule.words if word in article["text"]),
                default=(-1, ""),
            )
            if at >= 0:
                around = article["text"][max(0, at - 16) : at + len(word) + 16].replace("\n", " ")
                found.append(Hint(article["number"], word, rule.says, rule.basis, rule.kind, around))
    return found


def as_rows(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes as the page shows them; unchanged articles without their text."""
    return [{"change": each, "sides": None if each.kind == "same" else each.comparison} for each in changes]
