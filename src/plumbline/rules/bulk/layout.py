"""The array of a chunk: which part lies where. Whoever makes columns of events, the kernel reads them from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import opcodes as op

Array = np.ndarray[Any, np.dtype[np.int64]]
Whole = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Some matters as columns, before they become one array.

    ``records`` are the columns of the event records in the order of their words (a number: the same for every event), the
    place of the values counted from the first. ``activity`` is the same as in the records. ``order`` lists the events by
    matter, activity and place. ``sources`` and ``joined`` have a row for each attribute and fact.
    """

    records: Sequence[Whole | int]
    activity: Whole
    values: Array
    starts: Whole
    kinds: Whole
    order: Whole
    sources: Array
    joined: Array


class Layout:
    """Parts of a chunk's array, one after the other; the header comes first."""

    def __init__(self) -> None:
        self.parts: list[Whole] = []
        self.length = 0
        self.add(np.zeros(op.M_HEADER, dtype=np.int64))

    def add(self, part: Any) -> int:
        """The address of a part."""
        place = self.length
        self.parts.append(np.asarray(part))
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
            # The kernel fills these in when it first sees the chunk.
            op.M_BEFORE: self.add(np.zeros(count, dtype=np.int64)),
            op.M_AFTER: self.add(np.zeros(count, dtype=np.int64)),
            op.M_EVENT: self.length,
        }
        array = np.empty(self.length + count * op.EVENT_WORDS, dtype=np.int64)
        np.concatenate(self.parts, out=array[: self.length], casting="unsafe")
        events = array[self.length :].reshape(count, op.EVENT_WORDS)
        for word, column in enumerate(columns.records):
            events[:, word] = column
        events[:, op.E_VALUES] += first_value
        places[op.M_MATTERS], places[op.M_EVENTS] = len(columns.kinds), count
        for word, place in places.items():
            array[word] = place
        return array, subjects
