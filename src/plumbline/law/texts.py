"""Statute texts as they are loaded: Markdown in, articles out, each with the hash of its normalised wording.

The project carries no text. A folder of Markdown files (a title line, a list of facts, then 「第X条 …」 paragraphs) is
read at run time; a citation pins the hash of the article it relies on, so that a changed text is noticed. A document
without articles (an opinion of the State Council) is read by its numbered points 「（六）…」, as it is cited by them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plumbline.lawbook.titles import text_title

_NUMERAL = "零〇一二三四五六七八九十百千"
# An excerpt may say of which paragraph it is: 「第十八条（第二款） …」.
_ARTICLE = re.compile(rf"^(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)(?:（[^）]*款）)?[\s　]+(.*)$")
_POINT = re.compile(rf"^(（[{_NUMERAL}]+）)\s*(.+)$")
_HEADING = re.compile(rf"^(?:#|---|[{_NUMERAL}]+、)")


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
    title = re.sub(rf"\s+第[{_NUMERAL}]+编.*$", "", title)  # a part is cited under the title of the whole
    articles = tuple(_articles(lines)) or tuple(_points(lines))
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


def _points(lines: list[str]) -> Iterator[Article]:
    """The numbered points of a document without articles, each to the next point or heading.

    Where the numbers begin anew under each heading, a point carries the heading's: 「二（一）」.
    """
    points: list[tuple[str, str, list[str]]] = []
    heading, inside = "", False
    for line in lines:
        stripped = line.strip()
        if found := _POINT.match(stripped):
            points.append((heading, found.group(1), [found.group(2)]))
            inside = True
        elif title := _HEADING.match(stripped.lstrip("# ")) or _HEADING.match(stripped):
            heading = title.group(0).rstrip("、") if title.group(0).endswith("、") else heading
            inside = False
        elif inside and stripped:
            points[-1][2].append(stripped)
    anew = len({number for _, number, _ in points}) < len(points)
    for above, number, parts in points:
        yield _article(above + number if anew else number, parts)


def _article(number: str, parts: list[str]) -> Article:
    text = "\n".join(parts)
    return Article(number, text, text_hash(text))


def text_hash(text: str) -> str:
    """SHA-256 of a wording without any white space."""
    return hashlib.sha256(re.sub(r"\s+", "", text).encode()).hexdigest()


def short_title(title: str) -> str:
    """The title a text is found by: without 中华人民共和国 and book-title marks, the whole one for a short name or a number."""
    return text_title(title).title


def article_number(citation: str) -> str:
    """The article of a citation such as 「第五十八条第一款」."""
    found = re.match(rf"第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?", citation)
    return found.group(0) if found else citation


_LAW = r"(?:^|[、，；：（。\s《])([一-鿿]{2,30}?(?:法|条例|规定|办法|规则|解释|法典))》?(?=第)"
_PLACE = re.compile(
    rf"(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)(?:第[{_NUMERAL}]+[款项])*(?:至(第[{_NUMERAL}]+条))?"
)


def citations_in(text: str, known: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """The articles a sentence cites, each as (law, article): 「行政处罚法第五十一条、第五十二条」 are two, 「至」 all between.

    ``known`` titles are recognised wherever they stand, others where a clause begins.
    """
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    laws = list(re.finditer(rf"({names})》?(?=第)", text)) if names else []
    taken = {m.end() for m in laws}
    laws += [m for m in re.finditer(_LAW, text) if m.end() not in taken]
    laws.sort(key=lambda m: m.end())
    found: dict[tuple[str, str], None] = {}
    for at, law in enumerate(laws):
        until = laws[at + 1].start() if at + 1 < len(laws) else len(text)
        for place in _PLACE.finditer(text, law.end(), until):
            for number in _from_to(place.group(1), place.group(2)):
                found[short_title(law.group(1)), number] = None
    return tuple(found)


def _from_to(first: str, last: str | None) -> list[str]:
    if last is None:
        return [first]
    return [f"第{in_words(n)}条" for n in range(number_of(first), number_of(last) + 1)]


_DIGITS = "零一二三四五六七八九"


def number_of(article: str) -> int:
    """The number of 「第一百二十条」: 120."""
    total = digit = 0
    for letter in article:
        if letter in _DIGITS:
            digit = _DIGITS.index(letter)
        elif letter in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[letter]
            digit = 0
        elif letter == "条":
            break
    return total + digit


def in_words(number: int) -> str:
    """A number below 10,000 as articles are numbered: 12 is 十二, 105 is 一百零五, 110 is 一百一十, 1005 is 一千零五."""
    thousands, below = divmod(number, 1000)
    hundreds, rest = divmod(below, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[thousands]}千" if thousands else ""
    if hundreds:
        words += f"{_DIGITS[hundreds]}百"
    elif thousands and rest:
        words += "零"
    if tens:
        words += ("" if tens == 1 and not words else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
