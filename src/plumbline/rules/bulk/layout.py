"""The array of a chunk: which part lies where. Whoever makes columns of events, the kernel reads them from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import opcodes as op

Array = np.ndarray[Any, np.dtype[np.int64]]
Whole = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Some matters as columns, before they become one array.

    ``table`` has a record for each event, its values counted from ``first_value`` and its matter from ``first_matter``
    (not 0 where the columns are a part of longer ones). ``activity`` is the same as in the table, of any integer type.
    ``order`` lists the events by matter, activity and place. ``sources`` and ``joined`` have a row for each attribute and fact.
    """

    table: Array
    activity: Whole
    values: Array
    starts: Whole
    kinds: Whole
    order: Whole
    sources: Array
    joined: Array
    first_value: int = 0
    first_matter: int = 0


class Layout:
    """Parts of a chunk's array, one after the other; the header comes first."""

    def __init__(self) -> None:
        self.parts: list[Array] = []
        self.length = 0
        self.add(np.zeros(op.M_HEADER, dtype=np.int64))

    def add(self, part: Any) -> int:
        """The address of a part."""
        place = self.length
        self.parts.append(np.asarray(part, dtype=np.int64))
        self.length += len(self.parts[-1])
        return place

    def finished(self, columns: Columns, *, activities: int) -> tuple[Array, Array]:
        """The array with these columns added, and how many events there are of each activity."""
        activity = columns.activity
        count = len(activity)
        subjects = np.bincount(activity, minlength=activities).astype(np.int64)
        first_value = self.add(columns.values)
        places = {
            op.M_MATTER_START: self.add(columns.starts),
            op.M_MATTER_KIND: self.add(columns.kinds),
            op.M_ORDER: self.add(columns.order),
            op.M_ORDER_ACTIVITY: self.add(activity[columns.order]),
            op.M_SUBJECT_START: self.add(np.concatenate(([0], np.cumsum(subjects)))),
            op.M_SUBJECT: self.add(np.argsort(activity, kind="stable")),
            op.M_ATTRIBUTE: self.add(columns.sources.reshape(-1)),
            op.M_JOINED: self.add(columns.joined.reshape(-1)),
            op.M_EVENT: self.add(columns.table.reshape(-1)),
        }
        array = np.concatenate(self.parts)
        events = array[places[op.M_EVENT] : self.length].reshape(count, op.EVENT_WORDS)
        events[:, op.E_VALUES] += first_value - columns.first_value
        if columns.first_matter:
            events[:, op.E_MATTER] -= columns.first_matter
        places[op.M_MATTERS], places[op.M_EVENTS] = len(columns.kinds), count
        for word, place in places.items():
            array[word] = place
        return array, subjects
