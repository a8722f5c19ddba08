"""The first letters of Chinese words as they are spoken, so that 「jyzg」 finds 江阳筑工.

``initials.txt`` is taken from pypinyin by ``tests/structure/initials.py``, which compares the two: the library itself
reads tens of thousands of phrases into every process for what is one letter a character. A character has the letter of
its usual reading; pairs of characters in which one of them is read otherwise (重庆, 银行) stand after the letters.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from .bigrams import INITIALS, normal

TABLE = Path(__file__).with_name("initials.txt")
# Read otherwise where they are a family name.
SURNAMES = {
    "曾": "z", "单": "s", "解": "x", "仇": "q", "查": "z", "区": "o", "朴": "p", "盖": "g", "乐": "y", "翟": "z", "召": "s", "种": "c",
    "覃": "q", "隗": "w", "折": "s",
}  # fmt: skip
LONGEST_NAME = 3
_OTHER = re.compile(r"[^a-z0-9]")


@cache
def _table() -> tuple[dict[int, str], dict[str, str]]:
    letters: dict[int, str] = {}
    pairs: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        letter, _, told = line.partition(" ")
        if len(letter) == 1:
            letters |= dict.fromkeys(map(ord, told), letter)
        else:
            pairs |= dict.fromkeys(told.split(" "), letter)
    return letters, pairs


@lru_cache(4096)
def initials_of(text: str) -> str:
    """One letter for each Chinese character of a text; Latin letters and figures as they are, all else left out."""
    whole = normal(text)
    letters, pairs = _table()
    found = whole.translate(letters)  # a letter for a character: places stay
    for at in range(len(whole) - 1):
        other = pairs.get(whole[at : at + 2])
        if other:
            found = found[:at] + other + found[at + 2 :]
    if len(whole) <= LONGEST_NAME and whole[:1] in SURNAMES:
        found = SURNAMES[whole[0]] + found[1:]
    return _OTHER.sub("", found)


def words_of_initials(*texts: str) -> str:
    """The first letters of some texts as words of a searched text (``bigrams.grams_of``)."""
    found = dict.fromkeys(initials_of(text) for text in texts)
    return " ".join(INITIALS + letters for letters in found if len(letters) > 2)
