"""Old and new wording side by side, with what was taken out and what was put in.

Clauses are compared first and letters only inside what differs, so that a long article stays readable and cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SHORTEST_SAME = 2  # letters that stay alone between two changes are read as changed
LONGEST_BY_LETTER = 800


@dataclass(frozen=True)
class Part:
    """A stretch of one side. ``kind``: same, out (only in the old), in (only in the new)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Comparison:
    old: tuple[Part, ...]
    new: tuple[Part, ...]

    @property
    def changed(self) -> bool:
        return any(part.kind != "same" for part in (*self.old, *self.new))


def compare(old: str, new: str) -> Comparison:
    """The two sides in parts; joined again, each side is its text."""
    left: list[Part] = []
    right: list[Part] = []
    for same, was, now in _by_clause(old, new):
        if same:
            left.append(Part("same", was))
            right.append(Part("same", now))
        else:
            _by_letter(was, now, left, right)
    return Comparison(tuple(_joined(left)), tuple(_joined(right)))


def _clauses(text: str) -> list[str]:
    return re.findall(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+$", text)


def _by_clause(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    was, now = _clauses(old), _clauses(new)
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        yield tag == "equal", "".join(was[a:b]), "".join(now[c:d])


def _by_letter(was: str, now: str, left: list[Part], right: list[Part]) -> None:
    if not was or not now or max(len(was), len(now)) > LONGEST_BY_LETTER:
        left.append(Part("out", was))
        right.append(Part("in", now))
        return
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal" and b - a >= SHORTEST_SAME:
            left.append(Part("same", was[a:b]))
            right.append(Part("same", now[c:d]))
        else:
            left.append(Part("out", was[a:b]))
            right.append(Part("in", now[c:d]))


def _joined(parts: list[Part]) -> Iterator[Part]:
    kind, text = "", ""
    for part in parts:
        if not part.text:
            continue
        if part.kind != kind:
            if text:
                yield Part(kind, text)
            kind, text = part.kind, ""
        text += part.text
    if text:
        yield Part(kind, text)
