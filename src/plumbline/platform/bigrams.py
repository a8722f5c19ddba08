"""Chinese words of one and two characters under an index: characters and overlapping pairs of them in an array.

pg_trgm answers one- and two-character words with every row; pairs do not. A GIN index over the array narrows, the text
itself decides.
"""

from __future__ import annotations

import re
import unicodedata

# Before a word of first letters (``platform.initials``): it is looked for by three letters and more, so it has no pairs.
INITIALS = "\ue000"

_BLANK = re.compile(r"\s+")
_RUN = re.compile(r"[0-9a-z]{3,}")
_HAN = re.compile(r"[㐀-鿿\U00020000-\U000323af]")


def normal(text: str) -> str:
    """Full-width forms to half-width, lower case, single blanks."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def bigrams_of(text: str) -> list[str]:
    """Every two neighbouring characters of each word, once each, sorted."""
    words = (word for word in normal(text).split(" ") if not word.startswith(INITIALS))
    return sorted({word[at : at + 2] for word in words for at in range(len(word) - 1)})


def grams_of(text: str) -> list[str]:
    """The pairs of a text, every Chinese character of it by itself, and figures and letters by threes; once each, sorted."""
    whole = normal(text)
    threes = {run[at : at + 3] for run in _RUN.findall(whole) for at in range(len(run) - 2)}
    return sorted({*bigrams_of(text), *_HAN.findall(whole), *threes})


def grams_wanted(word: str) -> list[str]:
    """What a row has to hold for ``word`` to be in it; nothing for a single letter or figure, which is in most rows.

    Pairs of figures are in most rows too: three and more figures or letters are looked for by threes alone.
    """
    if len(word) < 2:
        return _HAN.findall(word)
    wanted, inside = set(), set()
    for run in _RUN.finditer(word):
        wanted |= {word[at : at + 3] for at in range(run.start(), run.end() - 2)}
        inside |= set(range(run.start(), run.end() - 1))
    return sorted(wanted | {word[at : at + 2] for at in range(len(word) - 1) if at not in inside})


def is_exact(word: str, grams: list[str]) -> bool:
    """Whether a row that holds the grams holds the word for certain, so that its text need not be read."""
    return grams == [word]
