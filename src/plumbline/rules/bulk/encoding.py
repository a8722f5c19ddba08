"""Values as integers: texts by a dictionary, moments so that they compare as their texts do, lists by their place."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from .kinds import Kind
from .opcodes import DAY_SHIFT, LIST_SHIFT, NULL, UNKNOWN

_FORM = re.compile(r"T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?")
_DAY_MASK = (1 << DAY_SHIFT) - 1
#: How an instant is written: without seconds, with them, or with so many digits of a fraction.
_WITHOUT_SECONDS, _SECONDS = 0, 1
MICROSECONDS = 1_000_000


class Dictionary:
    """Texts and their numbers. Equal texts have equal numbers, and that is all a number says."""

    def __init__(self, known: Dictionary | None = None) -> None:
        self.numbers: dict[str, int] = dict(known.numbers) if known is not None else {}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def moment(text: str) -> int:
    """A local date or an instant of Chinese time, as the contract writes it."""
    if text < "0001":  # a rule's "before everything"
        return 0
    day = date.fromisoformat(text[:10]).toordinal() << DAY_SHIFT
    if len(text) == 10:
        return day
    found = _FORM.match(text, 10)
    assert found, text
    hour, minute, second, fraction = found.groups()
    micro = (int(hour) * 3600 + int(minute) * 60 + int(second or 0)) * MICROSECONDS
    form = _WITHOUT_SECONDS
    if second is not None:
        form = _SECONDS
    if fraction is not None:
        micro += int(fraction.ljust(6, "0"))
        form = _SECONDS + len(fraction)
    return day | (1 + micro * 16 + form)


def moment_of(value: date | datetime) -> int:
    """A date, or an instant already in Chinese time."""
    if isinstance(value, datetime):
        micro = (value.hour * 3600 + value.minute * 60 + value.second) * MICROSECONDS + value.microsecond
        return value.toordinal() << DAY_SHIFT | (1 + micro * 16 + _SECONDS)
    return value.toordinal() << DAY_SHIFT


def moments_of(
    days: np.ndarray[Any, np.dtype[np.int64]],
    seconds: np.ndarray[Any, np.dtype[np.int64]],
    dated: np.ndarray[Any, np.dtype[np.bool_]],
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Days (as ordinals) and seconds of the day as moments; where ``dated``, only the date is known."""
    instants = 1 + seconds * (MICROSECONDS * 16) + _SECONDS
    return days << DAY_SHIFT | np.where(dated, 0, instants)


@lru_cache(maxsize=1 << 16)
def due_text(value: int) -> str | None:
    """A due moment as the contract writes it, to the second; None for none."""
    if value == NULL:
        return None
    day = date.fromordinal(value >> DAY_SHIFT).isoformat()
    rest = value & _DAY_MASK
    if not rest:
        return day
    seconds = ((rest - 1) >> 4) // MICROSECONDS
    return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}+08:00"


def scalar(value: Any, kind: Kind, dictionary: Dictionary) -> int:
    """One value that is no list; an object only shows that it is there."""
    if value is None:
        return NULL
    what = kind.what
    if what == "code":
        return dictionary.number(str(value))
    if what == "moment":
        return moment(value)
    if what == "object":
        return 1
    return int(value)


def packed(address: int, length: int) -> int:
    """A list of ``length`` elements that begins at ``address``."""
    return address << LIST_SHIFT | length


__all__ = [
    "NULL",
    "UNKNOWN",
    "Dictionary",
    "due_text",
    "moment",
    "moment_of",
    "moments_of",
    "packed",
    "scalar",
]
