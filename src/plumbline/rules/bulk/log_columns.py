"""A column of a log as the integers the kernel reads, with what the mapping and the contract say about its values.

What a conversion row by row does to a value (``logs.conversion``) is done here once for each different value, or by
arithmetic where that is exact. What the conversion or the contract would refuse raises ``NotFlat``: the log is then read
line by line, and refused there in the words that name the line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plumbline.vocabulary import Vocabulary, validate_event

from ..logs.conversion import data_value
from ..logs.mapping import DataField
from ..logs.reading import LogFault
from . import opcodes as op
from .encoding import Dictionary, scalar
from .kinds import Kind

Array = np.ndarray[Any, np.dtype[np.int64]]
Whole = np.ndarray[Any, np.dtype[Any]]
_UNIX = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()
_DAY = 86_400
_PARTS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
#: Below this, two amounts of as many digits are never the same floating-point number, so that arithmetic finds the decimal.
_EXACT = 1e15
_PLAIN = {pa.float64(): "f8", pa.int64(): "i8", pa.int32(): "i4"}
#: Different values of a field that are remembered as accepted.
_KEPT = 100_000


class NotFlat(Exception):
    """This log cannot be read by columns, and is read line by line; the message says why, to whoever looks into it."""


class Scattered(NotFlat):
    """The rows of a matter do not stand together."""


@dataclass(frozen=True)
class Raw:
    """A column of some rows: numbers with NaN where there is none, whole numbers, or codes of different values.

    ``stated`` is false where the cell is empty. With ``values``, ``numbers`` are places among them.
    """

    numbers: Whole
    stated: np.ndarray[Any, np.dtype[np.bool_]]
    values: list[Any] | None = None

    @classmethod
    def of(cls, column: pa.Array) -> Raw:
        kind = column.type
        if kind in _PLAIN:
            numbers = _buffer(column, _PLAIN[kind])
            stated = _valid(column)
            return cls(numbers, stated & (numbers == numbers) if numbers.dtype.kind == "f" else stated)  # noqa: PLR0124
        coded = column if pa.types.is_dictionary(kind) else column.dictionary_encode()
        values = coded.dictionary.to_pylist()
        # An empty text and NaN are not stated, as in a conversion row by row.
        empty = np.array([v is None or v == "" or v != v for v in values] or [True], dtype=bool)  # noqa: PLR0124
        stated = _valid(coded)
        numbers = coded.indices.fill_null(0).to_numpy(zero_copy_only=False)
        return cls(numbers, stated & ~empty[numbers] if empty.any() else stated, values)


def _buffer(column: pa.Array, kind: str) -> Whole:
    """The numbers of a column as they lie in memory; what stands in an empty cell means nothing."""
    held = column.buffers()[1]
    if held is None:  # every cell is empty
        return np.zeros(len(column), dtype=kind)
    return np.frombuffer(held, dtype=kind)[column.offset : column.offset + len(column)]


def _valid(column: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if not column.null_count:
        return np.ones(len(column), dtype=bool)
    first, last = column.offset // 8, (column.offset + len(column) + 7) // 8
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], dtype=np.uint8)[first:last], bitorder="little")
    begin = column.offset - first * 8
    return bits[begin : begin + len(column)].astype(bool)


def text_column(column: pa.Array) -> pa.Array:
    """A column as texts, for names; null where the cell is empty."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        values = column.dictionary
        if (
            pa.types.is_string(values.type)
            and not values.null_count
            and not pc.any(pc.equal(values, "")).as_py()
        ):
            return column
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        column = column.cast(pa.string())
    elif not pa.types.is_string(kind):
        raise NotFlat(f"names of type {kind}")
    empty = pc.equal(column, "")
    return pc.if_else(empty, None, column) if pc.any(empty).as_py() else column


def first_stated(table: pa.Table, names: tuple[str, ...], made: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """For each row the first of some columns that states something; every row has to."""
    found = None
    for name in names:
        if name in table.column_names:
            column = made(whole(table, name))
            found = column if found is None else pc.coalesce(found, column)
            if not found.null_count:
                return found
    raise NotFlat(f"a row without {' or '.join(names)}")


def _plain(column: pa.Array) -> pa.Array:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def whole(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    column = table.column(name)
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    joined = column.combine_chunks()
    return joined if isinstance(joined, pa.Array) else pa.concat_arrays(joined.chunks)


def seconds_of(column: pa.Array) -> tuple[Array, Array]:
    """Day (as an ordinal) and second of the day, as the log's own clock had them; what is less than a second is dropped."""
    kind = column.type
    if pa.types.is_date32(kind):
        days = column.cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
        seconds = np.zeros(len(days), dtype=np.int64)
    elif pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column) if kind.tz is not None else column
        total = _buffer(local, "i8")
        days = total // (_DAY * _PARTS[kind.unit])
        rest = total - days * (_DAY * _PARTS[kind.unit])
        seconds = rest // _PARTS[kind.unit] if rest.any() else rest
    else:
        raise NotFlat(f"times of type {kind}")
    days = days + _UNIX
    if len(days) and not (days.min() >= 1 and days.max() <= _LAST_DAY):
        raise NotFlat("a time beyond the calendar")
    return days, seconds


class FieldReader:
    """One field of an activity's data: its values as integers, held against the contract."""

    def __init__(self, vocabulary: Vocabulary, base: dict[str, Any], field: DataField) -> None:
        """``base`` is an event of the activity without data."""
        self.field = field
        self._vocabulary, self._base = vocabulary, base
        self._path = f"data.{field.name}"
        self._known: dict[str, Any] = {}
        self._accepted: tuple[int, int] | None = None

    def read(self, raw: Raw, rows: Array, kind: Kind | None, dictionary: Dictionary) -> tuple[Array, Whole]:
        """The values at some rows as numbers of a kind, and whether each is stated.

        Where no rule reads the field (``kind`` is None) the numbers mean nothing, but the values are looked at all the same.
        """
        stated = raw.stated[rows]
        found = np.full(len(rows), op.UNKNOWN, dtype=np.int64)
        if stated.any():
            held = raw.numbers[rows[stated]]
            numbers = self._by_arithmetic(held) if raw.values is None else None
            if numbers is None:
                numbers = self._by_value(held, raw.values, kind, dictionary)
            found[stated] = numbers
        return found, stated

    def _by_arithmetic(self, held: Whole) -> Array | None:
        """Whole numbers and amounts, where arithmetic is exact for all of them."""
        if self.field.values is not None or self.field.form == "text":
            return None
        factor = 100 if self.field.form == "cents" else 1
        numbers: Array
        if held.dtype.kind == "f":
            scaled = np.rint(held * factor)
            if not ((np.abs(scaled) < _EXACT) & (scaled / factor == held)).all():
                return None
            numbers = scaled.astype(np.int64)
        else:
            if held.min() <= -_EXACT or held.max() >= _EXACT:
                return None
            numbers = held.astype(np.int64) * factor
        # The contract's bounds leave no gap: what holds for the least and the greatest holds for all between.
        least, greatest = int(numbers.min()), int(numbers.max())
        known = self._accepted
        if known is None or least < known[0] or greatest > known[1]:
            self._demand_accepted(least)
            self._demand_accepted(greatest)
            self._accepted = (
                (least, greatest) if known is None else (min(least, known[0]), max(greatest, known[1]))
            )
        return numbers

    def _by_value(
        self, held: Whole, values: list[Any] | None, kind: Kind | None, dictionary: Dictionary
    ) -> Array:
        """Any other values, each different one by the conversion of a single row."""
        # By their bits: zero and its negative are two texts.
        different, places = np.unique(
            held.view(np.int64) if held.dtype.kind == "f" else held, return_inverse=True
        )
        numbers = []
        for each in different.view(held.dtype).tolist():
            value = self._converted(values[each] if values is not None else each)
            numbers.append(0 if kind is None else scalar(value, kind, dictionary))
        return np.array(numbers, dtype=np.int64)[places.reshape(-1)]

    def _converted(self, cell: Any) -> Any:
        """What the mapping makes of a cell, once the contract has accepted it."""
        value = self._known.get(str(cell))
        if value is None:
            try:
                value = data_value(cell, self.field, 0)
            except LogFault as fault:
                raise NotFlat(str(fault)) from None
            if value.__class__ not in {str, int, bool}:
                raise NotFlat(f"{self.field.name} is of type {type(value).__name__}")
            self._demand_accepted(value)
            if len(self._known) < _KEPT:
                self._known[str(cell)] = value
        return value

    def _demand_accepted(self, value: Any) -> None:
        document = {**self._base, "data": {self.field.name: value}}
        for error in validate_event(self._vocabulary, document, 0):
            if error.field in {self._path, self._path[:80]}:
                raise NotFlat(error.message_en)
