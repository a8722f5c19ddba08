"""Running a compiled program over chunks: on several threads, with the answers as columns."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import numpy as np

from plumbline.vocabulary import end_of

from . import opcodes as op
from .chunks import Array, Chunk
from .compiling import Compiled
from .encoding import due_text, moment_of
from .machine import judge
from .pad import SCRATCH_WORDS, TOO_MANY

Made = TypeVar("Made")
#: The columns of the answers, in the order of the kernel, and how wide they are kept.
COLUMNS: Final = {
    "rule": np.int32,
    "event": np.int32,
    "verdict": np.int8,
    "due": np.int64,
    "used": np.int64,
    "limit": np.int64,
    "unit": np.int8,
    "flags": np.int16,
    "overlay": np.int32,
}


@dataclass(frozen=True)
class Answers:
    """The verdicts of one chunk as columns of equal length, by rule and subject."""

    compiled: Compiled
    chunk: Chunk
    columns: Mapping[str, np.ndarray[Any, Any]]
    counted: Array

    def __len__(self) -> int:
        return len(self.columns["rule"])

    def rows(self) -> Iterator[dict[str, Any]]:
        """The verdicts in the contract's words, without what only the reader of one matter words (events, sentence)."""
        for values in zip(*(self.columns[name].tolist() for name in COLUMNS), strict=True):
            rule, event, verdict, due, used, limit, unit, flags, overlay = values
            definition = self.compiled.rules[rule]
            yield {
                "matter": self.chunk.matter_of(event),
                "rule": definition.id,
                "subject": self.chunk.event_ids[event],
                "verdict": "error" if verdict == TOO_MANY else op.VERDICTS[verdict],
                "due": due_text(due),
                "days_used": None if used == op.NULL else used,
                "days_limit": None if limit == op.NULL else limit,
                "unit": op.UNITS[unit] if unit >= 0 else None,
                "flags": tuple(name for bit, name in enumerate(op.FLAGS) if flags >> bit & 1),
                "overlay": self.compiled.overlays[overlay] if overlay >= 0 else None,
            }

    def counts(self) -> Array:
        """How many of each verdict, by rule."""
        return self.counted


def judge_chunk(compiled: Compiled, chunk: Chunk, as_of: date | datetime) -> Answers:
    """Every rule on each of its subjects in a chunk."""
    room = max(1, sum(int(chunk.subjects[n]) for n in compiled.subjects))
    pads = _pads(room)
    counted = _no_counts(compiled)
    written = judge(
        compiled.array, chunk.array, pads.scratch, moment_of(end_of(as_of)), counted, pads.answers, room
    )
    columns = {
        name: pads.answers[number * room : number * room + written].astype(kind)
        for number, (name, kind) in enumerate(COLUMNS.items())
    }
    return Answers(compiled, chunk, columns, counted)


def count_chunk(compiled: Compiled, chunk: Chunk, as_of: date | datetime) -> Array:
    """How many of each verdict, by rule, without the verdicts themselves."""
    pads = _pads(0)
    counted = _no_counts(compiled)
    judge(compiled.array, chunk.array, pads.scratch, moment_of(end_of(as_of)), counted, pads.answers, 0)
    return counted


def _no_counts(compiled: Compiled) -> Array:
    return np.zeros((len(compiled.rules), op.COUNTED), dtype=np.int64)


class _Pads(threading.local):
    """What a thread's kernel writes on: some megabytes, taken once. No chunk leaves anything there that the next one reads."""

    def __init__(self) -> None:
        self.scratch = np.zeros(SCRATCH_WORDS, dtype=np.int64)
        self.answers = np.zeros(len(COLUMNS), dtype=np.int64)


_own = _Pads()


def _pads(room: int) -> _Pads:
    """This thread's pads, with room for so many answers."""
    if len(_own.answers) < room * len(COLUMNS):
        _own.answers = np.empty(room * len(COLUMNS), dtype=np.int64)
    return _own


def judge_chunks(
    compiled: Compiled, chunks: Iterable[Chunk], as_of: date | datetime, *, threads: int = 2
) -> Iterator[Answers]:
    """As ``judge_chunk``, for many chunks, in their order; no more of them are held than the threads need."""
    return _over(lambda chunk: judge_chunk(compiled, chunk, as_of), chunks, threads)


def count_chunks(
    compiled: Compiled, chunks: Iterable[Chunk], as_of: date | datetime, *, threads: int = 2
) -> Array:
    """How many of each verdict, by rule, over many chunks."""
    total = _no_counts(compiled)
    for counted in _over(lambda chunk: count_chunk(compiled, chunk, as_of), chunks, threads):
        total += counted
    return total


def _over(work: Callable[[Chunk], Made], chunks: Iterable[Chunk], threads: int) -> Iterator[Made]:
    if threads < 2:
        yield from map(work, chunks)
        return
    waiting = iter(chunks)
    with ThreadPoolExecutor(threads) as pool:
        running = deque(pool.submit(work, chunk) for chunk in islice(waiting, 2 * threads))
        while running:
            done = running.popleft().result()
            running += [pool.submit(work, chunk) for chunk in islice(waiting, 1)]
            yield done
