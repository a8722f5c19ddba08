"""Chinese words of one and two characters under an index: characters and overlapping pairs of them in an array.

pg_trgm answers one- and two-character words with every row; pairs do not. A GIN index over the array narrows, the text
itself decides.
"""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile(r"\s+")
_HAN = re.compile(r"[㐀-鿿\U00020000-\U000323af]")


def normal(text: str) -> str:
    """Full-width forms to half-width, lower case, single blanks."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def bigrams_of(text: str) -> list[str]:
    """Every two neighbouring characters of each word, once each, sorted."""
    return sorted({word[at : at + 2] for word in normal(text).split(" ") for at in range(len(word) - 1)})


def grams_of(text: str) -> list[str]:
    """The pairs of a text and every Chinese character of it by itself, once each, sorted."""
    return sorted({*bigrams_of(text), *_HAN.findall(normal(text))})


def grams_wanted(word: str) -> list[str]:
    """What a row has to hold for ``word`` to be in it; nothing for a single letter or figure, which is in most rows."""
    return bigrams_of(word) if len(word) > 1 else _HAN.findall(word)
