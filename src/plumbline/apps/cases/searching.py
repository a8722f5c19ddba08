"""Finding cases by any character or two: an array of pairs under a GIN index, narrowed by the text itself.

pg_trgm answers one- and two-character Chinese words with every row; overlapping pairs of characters do not.
"""

from __future__ import annotations

from plumbline.platform.bigrams import grams_of, grams_wanted, is_exact, normal
from plumbline.platform.scope.querysets import ScopedQuerySet

from .models import CaseIndexRow

__all__ = ["find", "grams_of", "normal"]


def words_of(typed: str) -> list[str]:
    """The words to be found, as searched texts are written; the first six."""
    return [word for word in normal(typed).split(" ")[:6] if word]


def find(rows: ScopedQuerySet[CaseIndexRow], typed: str) -> ScopedQuerySet[CaseIndexRow]:
    """Rows that contain every typed word."""
    for word in words_of(typed):
        grams = grams_wanted(word)
        if grams:
            rows = rows.filter(bigrams__contains=grams)
        if is_exact(word, grams):
            continue
        rows = rows.filter(searched__contains=word)
    return rows
