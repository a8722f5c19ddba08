"""Registers: state on a date. A register left out is not stated; an empty one is known to be empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .contract import Vocabulary
from .errors import InputError
from .validation import validators

Row = Mapping[str, Any]


class Registers:
    """The rows of each stated register, with indexes by field made on first use."""

    __slots__ = ("_indexes", "complete", "document")

    def __init__(self, document: Mapping[str, Any], complete: frozenset[str]) -> None:
        self.document = document
        self.complete = complete
        self._indexes: dict[tuple[str, str], dict[Any, list[Row]]] = {}

    @classmethod
    def parse(cls, vocabulary: Vocabulary, document: Any) -> tuple[Registers, list[InputError]]:
        """The registers of a document, and what is wrong with it (then the registers state nothing)."""
        errors = validators(vocabulary).registers(document)
        return cls({} if errors else document, vocabulary.complete_registers), errors

    @classmethod
    def none(cls) -> Registers:
        """No register is stated."""
        return cls({}, frozenset())

    def stated(self, name: str) -> bool:
        return name in self.document

    def rows(self, name: str) -> list[Row]:
        return self.document.get(name, [])  # type: ignore[no-any-return]

    def where(self, name: str, key: str, value: Any) -> list[Row]:
        """The rows of a register whose field ``key`` equals ``value``, by an index."""
        index = self._indexes.get((name, key))
        if index is None:
            index = {}
            for row in self.rows(name):
                index.setdefault(row.get(key), []).append(row)
            self._indexes[(name, key)] = index
        return index.get(value, [])

    @property
    def holidays(self) -> Mapping[str, Any] | None:
        return self.document.get("holidays")

    @property
    def settings(self) -> Mapping[str, Any]:
        return self.document.get("settings") or {}


def in_force(row: Row, on: date) -> bool:
    """Whether a dated row is in force on a day: ``valid_from`` is the first day, ``valid_to`` the last, null is open."""
    return in_force_on(row, on.isoformat())


def in_force_on(row: Row, day: str) -> bool:
    """As ``in_force``, for a day given as ISO text: many rows are asked about the same one."""
    until = row.get("valid_to")
    return row["valid_from"] <= day and (until is None or day <= until)
