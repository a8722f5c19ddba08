"""Finding cases by any two characters: a bigram array under a GIN index, narrowed by the text itself.

pg_trgm answers one- and two-character Chinese words with every row; overlapping pairs of characters do not.
"""

from __future__ import annotations

from typing import Any

from plumbline.platform.bigrams import bigrams_of, normal
from plumbline.platform.scope.querysets import ScopedQuerySet

__all__ = ["bigrams_of", "find", "normal"]


def find(rows: ScopedQuerySet[Any], typed: str) -> ScopedQuerySet[Any]:
    """Rows that contain every typed word. A single character is looked up in the text without the index."""
    for word in normal(typed).split(" ")[:6]:
        if not word:
            continue
        if len(word) > 1:
            rows = rows.filter(bigrams__contains=bigrams_of(word))
        rows = rows.filter(searched__contains=word)
    return rows
