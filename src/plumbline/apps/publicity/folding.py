"""A text as a recogniser should see it, with the way back: forms folded, invisible characters gone, each place kept.

The public text keeps the writer's own characters (full-width punctuation stays); only what is looked for is folded.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

SHELTERED = "\ue000"  # private use: no pattern matches it, and nobody types it
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` (excluded) of the original, and what they are."""

    start: int
    end: int
    category: str


@dataclass(frozen=True)
class Folded:
    """``text`` is folded; ``places[i]`` is the place in the original of its i-th character."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Folded:
        characters: list[str] = []
        places: list[int] = []
        for place, character in enumerate(original):
            if original[place : place + 2] == "\r\n":
                continue
            forms = _forms(character)
            characters += forms
            places += [place] * len(forms)
        return cls("".join(characters), tuple(places))

    @cached_property
    def squeezed(self) -> Folded:
        """The same without any white space: for words of Chinese, where a gap means nothing."""
        if not any(c.isspace() for c in self.text):
            return self
        kept = [(c, p) for c, p in zip(self.text, self.places, strict=True) if not c.isspace()]
        return Folded("".join(c for c, _ in kept), tuple(p for _, p in kept))

    def span(self, start: int, end: int, category: str) -> Span:
        """The original's characters behind ``text[start:end]``, with what is invisible between them."""
        return Span(self.places[start], self.places[end - 1] + 1, category)

    def without(self, spans: list[Span]) -> Folded:
        """The same with some of the original's characters sheltered from being recognised."""
        if not spans:
            return self
        hidden = {place for span in spans for place in range(span.start, span.end)}
        text = "".join(SHELTERED if p in hidden else c for c, p in zip(self.text, self.places, strict=True))
        return Folded(text, self.places)


@cache
def _forms(character: str) -> tuple[str, ...]:
    """What a character is folded to: nothing where nothing is to be seen, several for a ligature or a fraction."""
    if character == "，":  # never groups thousands, so it is kept apart from the comma that does
        return (character,)
    return tuple(
        ("\n" if form in "\n\r\u2028\u2029\x85" else " ") if form.isspace() else form
        for form in unicodedata.normalize("NFKC", character)
        if form.isspace() or not (unicodedata.category(form) in _INVISIBLE or _is_variation(form))
    )


def _is_variation(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
