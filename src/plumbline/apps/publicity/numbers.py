"""Numbers that are somebody's: identity, telephone and account numbers, however they are spaced.

A run of digits is cut at its gaps into pieces, and the pieces are joined again in the way that explains most of them:
「138 0013 8000」 is one telephone number, two dates side by side are none, and two numbers in one table row stay two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .folding import Folded, Span

_GAP = r"[\s\-－‐-―.·・]{1,3}"
_RUN = re.compile(rf"(?<!\d)\+?\d(?:(?:{_GAP})?[\dXx])*(?!\d)")
_PIECE = re.compile(r"[\dXx]+")
_CHINESE_RUN = re.compile(r"[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11,}")
_AREA = r"0(?:10|2\d|[3-9]\d{2})"  # long-distance codes: two-figure ones of the big cities, three-figure ones elsewhere
_KINDS: tuple[tuple[str, re.Pattern[str], int], ...] = (
    # The lower the cost, the better the explanation. A whole identity number or telephone beats an account.
    (
        "identity_number",
        re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx]"),
        1,
    ),
    ("identity_number", re.compile(r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"), 2),
    ("phone", re.compile(r"(?:86|0086)?1[3-9]\d{9}"), 1),
    ("phone", re.compile(rf"(?:86)?{_AREA}\d{{7,8}}"), 3),
    ("phone", re.compile(r"[48]00\d{7}"), 3),
    ("identity_number", re.compile(r"\d{17}[\dXx]"), 4),
    ("bank_card", re.compile(r"\d{13,30}"), 4),
)
_BY_GROUPS = 3  # from this cost on, only the grouping tells a number from a row of figures
_LEFT_SHORT, _LEFT_LONG = (
    3,
    40,
)  # what a piece costs that belongs to no number; eight digits stand for something


@cache
def _kind(digits: str) -> tuple[str, int] | None:
    return next(((name, cost) for name, pattern, cost in _KINDS if pattern.fullmatch(digits)), None)


def numbers_in(folded: Folded) -> Iterator[Span]:
    """Every number of a person in the text."""
    for run in _RUN.finditer(folded.text):
        if sum(c.isdigit() for c in run.group()) < 10:
            continue
        pieces = [
            (m.group(), run.start() + m.start(), run.start() + m.end()) for m in _PIECE.finditer(run.group())
        ]
        letters = folded.text[run.start() - 1 : run.start()], folded.text[run.end() : run.end() + 1]
        inside_a_code = any(c.isascii() and c.isalpha() for c in letters)
        for category, start, end in _joined(pieces):
            if inside_a_code and category == "bank_card":
                continue  # a serial number that begins or ends with letters
            plus = start > 0 and folded.text[start - 1] == "+"
            yield folded.span(start - plus, end, category)
    squeezed = folded.squeezed
    for found in _CHINESE_RUN.finditer(squeezed.text):
        yield squeezed.span(found.start(), found.end(), "phone")


def _joined(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The cheapest way to read the pieces as numbers; pieces that belong to none are left alone."""
    best: list[tuple[int, list[tuple[str, int, int]]]] = [(0, [])]
    for last in range(1, len(pieces) + 1):
        left = _LEFT_SHORT if len(pieces[last - 1][0]) < 8 else _LEFT_LONG
        ways = [(best[last - 1][0] + left, best[last - 1][1])]
        digits = ""
        for first in range(last - 1, -1, -1):
            digits = pieces[first][0] + digits
            if len(digits) > 30:
                break
            known = _kind(digits)
            if known and _plausible(*known, [p[0] for p in pieces[first:last]]):
                name, cost = known
                ways.append(
                    (best[first][0] + cost, [*best[first][1], (name, pieces[first][1], pieces[last - 1][2])])
                )
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _plausible(category: str, cost: int, pieces: list[str]) -> bool:
    """Whether pieces look like one number written in groups, and not like the figures of a table row.

    What is known by its own form (an identity number, a mobile telephone) may be cut anywhere.
    """
    if cost < _BY_GROUPS or len(pieces) == 1:
        return True
    if (
        category == "phone"
        and len(pieces) <= 3
        and (pieces[0][0] == "0" or pieces[0] in {"86", "400", "800"})
    ):
        return True
    *groups, _ = [len(piece) for piece in pieces]
    return len(groups) == 1 or (len(set(groups)) == 1 and groups[0] <= 6)
