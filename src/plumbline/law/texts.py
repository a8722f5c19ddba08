"""Statute texts as they are loaded: Markdown in, articles out, each with the hash of its normalised wording.

The project carries no text. A folder of Markdown files (a title line, a list of facts, then 「第X条 …」 paragraphs) is
read at run time; a citation pins the hash of the article it relies on, so that a changed text is noticed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NUMERAL = "零〇一二三四五六七八九十百千"
_ARTICLE = re.compile(rf"^(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)[\s　]+(.*)$")


@dataclass(frozen=True)
class Article:
    """An article's number, wording, and the SHA-256 of the wording without white space."""

    number: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Statute:
    """A loaded text: its full title, the short one it is cited by, its facts, its articles in order."""

    title: str
    short_title: str
    facts: dict[str, str]
    articles: tuple[Article, ...]
    superseded: bool = False


def read_statutes(folder: Path) -> Iterator[Statute]:
    """Every statute file of a folder (files without a facts list are passed over), old texts last."""
    for path in sorted(folder.glob("*.md")):
        statute = read_statute(path.read_text("utf-8"))
        if statute is not None:
            yield statute
    for path in sorted((folder / "superseded").glob("*.md")):
        statute = read_statute(path.read_text("utf-8"), superseded=True)
        if statute is not None:
            yield statute


def read_statute(markdown: str, *, superseded: bool = False) -> Statute | None:
    """The statute of one Markdown text; None when it is not one."""
    lines = markdown.splitlines()
    if not lines or not lines[0].startswith("# "):
        return None
    facts = {}
    for line in lines[1:20]:
        if line.startswith("- ") and ":" in line.replace("：", ":"):
            name, _, value = line[2:].replace("：", ":").partition(":")
            facts[name.split(" ")[0].strip()] = value.strip()
    if "标题" not in facts:
        return None
    title = re.sub(r"（节录.*?）$", "", facts["标题"]).strip()
    articles = tuple(_articles(lines))
    return Statute(title, short_title(title), facts, articles, superseded)


def _articles(lines: list[str]) -> Iterator[Article]:
    number = ""
    parts: list[str] = []
    for line in lines:
        stripped = line.strip()
        found = _ARTICLE.match(stripped)
        if found:
            if number:
                yield _article(number, parts)
            number, parts = found.group(1), [found.group(2)]
        elif stripped.startswith(("#", "---")):
            if number:
                yield _article(number, parts)
            number, parts = "", []
        elif number and stripped:
            parts.append(stripped)
    if number:
        yield _article(number, parts)


def _article(number: str, parts: list[str]) -> Article:
    text = "\n".join(parts)
    return Article(number, text, text_hash(text))


def text_hash(text: str) -> str:
    """SHA-256 of a wording without any white space."""
    return hashlib.sha256(re.sub(r"\s+", "", text).encode()).hexdigest()


def short_title(title: str) -> str:
    """The title as it is cited: without 中华人民共和国 and book-title marks."""
    return title.strip("《》").removeprefix("中华人民共和国")


def article_number(citation: str) -> str:
    """The article of a citation such as 「第五十八条第一款」."""
    found = re.match(rf"第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?", citation)
    return found.group(0) if found else citation
