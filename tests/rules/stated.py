"""Registers that a case or an example states, each read once a process: many state the same, holidays of years among it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from plumbline.law import Calendar
from plumbline.vocabulary import Registers, load_vocabulary

Read = tuple[Registers, Calendar | None]
_read: dict[tuple[Path | None, bytes], Read] = {}
#: The same by the very tables that are stated, which are kept with it: most state the same ones.
_read_of: dict[tuple[Any, ...], tuple[Read, tuple[Any, ...]]] = {}


def stated(held: dict[str, Any], *, vocabulary: Path | None = None) -> Read:
    """``held`` without fault, as the registers and the calendar they make; both, and ``held`` itself, are only ever read."""
    tables = (vocabulary, *((name, id(table)) for name, table in held.items()))
    if tables not in _read_of:
        _read_of[tables] = _stated(held, vocabulary), tuple(held.values())
    return _read_of[tables][0]


def _stated(held: dict[str, Any], vocabulary: Path | None) -> Read:
    key = (vocabulary, pickle.dumps(held))  # quicker by far than its words
    if key not in _read:
        registers, errors = Registers.parse(load_vocabulary(vocabulary), {"registers": 1, **held})
        assert [e.message_zh for e in errors] == []
        _read[key] = registers, Calendar.from_registers(registers.holidays)
    return _read[key]
