"""Refused input, as the contract reports it (section 9)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InputError:
    """One thing to mend. ``line`` counts from 1; 0 is the registers document. ``field`` is None for an unreadable line."""

    line: int
    event: str | None
    field: str | None
    code: str
    message_zh: str
    message_en: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
