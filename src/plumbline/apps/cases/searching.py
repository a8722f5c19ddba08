"""Finding cases by any two characters: a bigram array under a GIN index, narrowed by the text itself.

pg_trgm answers one- and two-character Chinese words with every row; overlapping pairs of characters do not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from plumbline.platform.scope.querysets import ScopedQuerySet

_BLANK = re.compile(r"\s+")


def normal(text: str) -> str:
    """Full-width forms to half-width, lower case, single blanks."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def bigrams_of(text: str) -> list[str]:
    """Every two neighbouring characters of each word, once each, sorted."""
    return sorted({word[at : at + 2] for word in normal(text).split(" ") for at in range(len(word) - 1)})


def find(rows: ScopedQuerySet[Any], typed: str) -> ScopedQuerySet[Any]:
    """Rows that contain every typed word. A single character is looked up in the text without the index."""
    for word in normal(typed).split(" ")[:6]:
        if not word:
            continue
        if len(word) > 1:
            rows = rows.filter(bigrams__contains=bigrams_of(word))
        rows = rows.filter(searched__contains=word)
    return rows
