"""What the paper of a decision tells the party of reconsideration; paperwork, which owns the papers, reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from plumbline.platform import clock

# (procedure, agency, day) → parts told, by the names of the event contract.
TellingReader = Callable[[str, str, date], list[str]]

_READERS: list[TellingReader] = []


def register_telling(reader: TellingReader) -> TellingReader:
    """Register who reads the decision's paper as it is in force for an agency on a day."""
    _READERS[:] = [reader]
    return reader


def told_by_paper(procedure: str, agency: str, on: date | None = None) -> list[str] | None:
    """The parts of the remedy that the decision's paper tells; None where nobody can read the paper."""
    return _READERS[0](procedure, agency, on or clock.today()) if _READERS else None
