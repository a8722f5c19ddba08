"""The order of the events of many matters, by columns: what ``vocabulary.matter`` says of one matter's events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .opcodes import DAY_SHIFT

Array = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Whole = np.ndarray[Any, np.dtype[Any]]
_DAY_MASK = (1 << DAY_SHIFT) - 1


def in_contract_order(matter: Array, moment: Array, kept: Flags) -> Array:
    """The rows that are kept, by matter and in the contract's order (see ``in_order``). ``matter`` ascends."""
    rows = np.nonzero(kept)[0]
    matter, moment = matter[rows], moment[rows]
    day = moment >> DAY_SHIFT
    if ((matter[1:] == matter[:-1]) & (day[1:] < day[:-1])).any():
        by_day = np.lexsort((day, matter))
        rows, matter, moment, day = rows[by_day], matter[by_day], moment[by_day], day[by_day]
    instants = np.nonzero(moment & _DAY_MASK)[0]
    one, next_one = instants[:-1], instants[1:]
    earlier = (
        (matter[one] == matter[next_one]) & (day[one] == day[next_one]) & (moment[next_one] < moment[one])
    )
    wrong = next_one[earlier]
    for at in np.unique(_first_of_day(matter, day, wrong)).tolist() if len(wrong) else ():
        last = at
        while last < len(rows) and matter[last] == matter[at] and day[last] == day[at]:
            last += 1
        rows[at:last] = rows[at:last][_placed_one_by_one(moment[at:last].tolist())]
    return rows


def _first_of_day(matter: Array, day: Array, rows: Array) -> Array:
    """For each of some rows the first of its matter's day."""
    begins = np.ones(len(matter), dtype=bool)
    begins[1:] = (matter[1:] != matter[:-1]) | (day[1:] != day[:-1])
    firsts = np.nonzero(begins)[0]
    return firsts[np.searchsorted(firsts, rows, side="right") - 1]


def _placed_one_by_one(moments: list[int]) -> list[int]:
    """The order of the events of a day: at the end, or, for an instant, before the first later one."""
    ordered: list[int] = []
    for number, moment in enumerate(moments):
        later = [
            place
            for place, other in enumerate(ordered)
            if moment & _DAY_MASK and moments[other] & _DAY_MASK and moments[other] > moment
        ]
        ordered.insert(later[0] if later else len(ordered), number)
    return ordered


def sources_of(stated: Flags, starts: Array) -> Array:
    """For each event the one that states an attribute for it: itself, the latest before, the first after, -1 for none.

    ``starts`` are the matters' first events.
    """
    count = len(stated)
    if not stated.any():
        return np.full(count, -1, dtype=np.int64)
    sizes = np.diff(starts, append=count)
    first, end = np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)
    here = np.arange(count)
    before = np.maximum.accumulate(np.where(stated, here, -1))
    after = np.minimum.accumulate(np.where(stated, here, count)[::-1])[::-1]
    return np.where(before >= first, before, np.where(after < end, after, -1))


def by_matter_and_activity(matter: Array, activity: Whole, activities: int) -> Array:
    """The events by matter, activity and place: one sort of one number."""
    count = len(matter)
    bits = max(1, (count - 1).bit_length())
    keys = (matter * activities + activity) << bits | np.arange(count)
    keys.sort()
    return keys & ((1 << bits) - 1)


def boundaries(names: pa.Array) -> Array:
    """Where another name begins than the one before; the first place always."""
    if not len(names):
        return np.zeros(0, dtype=np.int64)
    changes = pc.not_equal(names[1:], names[:-1]).to_numpy(zero_copy_only=False)
    return np.concatenate(([0], np.nonzero(changes)[0] + 1))


def hashes(names: pa.Array) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """A number for each name, the same for the same name (FNV-1a over its bytes)."""
    _, offsets, data = names.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[names.offset : names.offset + len(names) + 1].astype(
        np.int64
    )
    letters = np.frombuffer(data, dtype=np.uint8)
    starts, lengths = ends[:-1], np.diff(ends)
    found = np.full(len(names), 0xCBF29CE484222325, dtype=np.uint64)
    for place in range(int(lengths.max(initial=0))):
        longer = np.nonzero(lengths > place)[0]
        found[longer] = (found[longer] ^ letters[starts[longer] + place]) * np.uint64(0x100000001B3)
    return found


def seen_again(numbers: Whole) -> bool:
    """Whether some number is there twice."""
    ordered = np.sort(numbers)
    return bool((ordered[1:] == ordered[:-1]).any())
