"""Chinese words of two characters under an index: overlapping pairs of characters in an array.

pg_trgm answers one- and two-character words with every row; pairs do not. A GIN index over the array narrows, the text
itself decides.
"""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile(r"\s+")


def normal(text: str) -> str:
    """Full-width forms to half-width, lower case, single blanks."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def bigrams_of(text: str) -> list[str]:
    """Every two neighbouring characters of each word, once each, sorted."""
    return sorted({word[at : at + 2] for word in normal(text).split(" ") for at in range(len(word) - 1)})
