"""A film as it leaves: the same bytes at the same places, but for the boxes that say where it was taken.

The boxes are made free space (ISO/IEC 14496-12, 8.1.2) and their content zeros, so that every other offset holds. What a
film hides is looked up once and kept under its hash; the film itself is not kept twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from .confined import Filmed, Unreadable, look_at_film
from .models import FilmLook
from .store import open_kept, read_range, size_of

Hides = tuple[tuple[int, int, int], ...]
FILM = "video/mp4"


class PlaceInside(Exception):
    """The film has its place written all through; a copy without it cannot be made by blanking."""


def keep_look(sha256: str, seen: Filmed) -> None:
    """Keep what was seen when the film came in, so that nobody has to look again."""
    FilmLook.objects.get_or_create(sha256=sha256, defaults={"hides": seen.hides, "tracked": seen.tracked})


def hides_of(sha256: str) -> Hides:
    """What has to be blanked of a kept film; looked at now where it came in before. Raises PlaceInside."""
    look = FilmLook.objects.filter(sha256=sha256).first()
    if look is None:
        try:
            with open_kept(sha256) as source:
                keep_look(sha256, look_at_film(source))
        except Unreadable:
            raise PlaceInside from None
        look = FilmLook.objects.get(sha256=sha256)
    if look.tracked:
        raise PlaceInside
    return tuple((at, head, length) for at, head, length in look.hides)


def read_blanked(sha256: str, hides: Hides, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    """``length`` bytes from ``start`` on as they leave."""
    at = start
    for block in read_range(sha256, start, size_of(sha256) - start if length is None else length):
        yield _blanked(block, at, hides)
        at += len(block)


def _blanked(block: bytes, at: int, hides: Hides) -> bytes:
    """The block that begins at ``at``, with the kind of each hidden box made ``free`` and its content zeros."""
    touched = [each for each in hides if each[0] < at + len(block) and each[0] + each[2] > at]
    if not touched:
        return block
    changed = bytearray(block)
    for begin, head, length in touched:
        for first, new in ((begin + 4, b"free"), (begin + head, bytes(length - head))):
            low, high = max(first, at), min(first + len(new), at + len(block))
            if low < high:
                changed[low - at : high - at] = new[low - first : high - first]
    return bytes(changed)
