"""Registers that a case or an example states, each read once a process: many state the same, holidays of years among it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from plumbline.law import Calendar
from plumbline.vocabulary import Registers, load_vocabulary

_read: dict[tuple[Path | None, bytes], tuple[Registers, Calendar | None]] = {}


def stated(held: dict[str, Any], *, vocabulary: Path | None = None) -> tuple[Registers, Calendar | None]:
    """``held`` without fault, as the registers and the calendar they make; both are only ever read."""
    key = (vocabulary, pickle.dumps(held))  # quicker by far than its words
    if key not in _read:
        registers, errors = Registers.parse(load_vocabulary(vocabulary), {"registers": 1, **held})
        assert [e.message_zh for e in errors] == []
        _read[key] = registers, Calendar.from_registers(registers.holidays)
    return _read[key]
