"""The ids of the matters and events of a chunk, made only for the answers that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class MatterNames(Sequence[str]):
    """The ids of a chunk's matters, kept as Arrow has them."""

    def __init__(self, ids: pa.Array) -> None:
        self.ids = ids

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return list(self.ids[at].to_pylist())
        return str(self.ids[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids.to_pylist())

    def take(self, numbers: pa.Array) -> pa.Array:
        """The ids behind some numbers."""
        return self.ids.take(numbers)


class EventNames(Sequence[str]):
    """The ids of a chunk's events: the matter's and the event's place in the log among those of its matter."""

    def __init__(
        self, matters: MatterNames, matter: np.ndarray[Any, Any], place: np.ndarray[Any, Any]
    ) -> None:
        self.matters, self.matter, self.place = matters, matter, place

    def __len__(self) -> int:
        return len(self.place)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return f"{self.matters[int(self.matter[at])]}-{self.place[at]}"

    def take(self, numbers: pa.Array) -> pa.Array:
        """The ids behind some numbers."""
        events = np.asarray(numbers)
        places = pa.array(self.place[events]).cast(pa.string())
        return pc.binary_join_element_wise(self.matters.take(pa.array(self.matter[events])), places, "-")


def named(names: Sequence[str], numbers: np.ndarray[Any, Any]) -> pa.Array:
    """The names behind some numbers; none for a negative one."""
    if isinstance(names, MatterNames | EventNames):
        return names.take(pa.array(numbers))
    missing = numbers < 0
    places = pa.array(numbers, pa.int64(), mask=missing if missing.any() else None)
    return pa.array(names, pa.string()).take(places)
