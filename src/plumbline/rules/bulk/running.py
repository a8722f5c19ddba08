"""Running a compiled program over chunks: on several threads, with the answers as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

import numpy as np

from plumbline.vocabulary import end_of

from . import opcodes as op
from .chunks import Array, Chunk
from .compiling import Compiled
from .encoding import due_text, moment_of
from .machine import judge
from .pad import SCRATCH_WORDS, TOO_MANY

_COLUMNS = ("rule", "event", "verdict", "due", "used", "limit", "unit", "flags", "overlay")


@dataclass(frozen=True)
class Answers:
    """The verdicts of one chunk as columns of equal length, by rule and subject."""

    compiled: Compiled
    chunk: Chunk
    columns: dict[str, Array]

    def __len__(self) -> int:
        return len(self.columns["rule"])

    def rows(self) -> Iterator[dict[str, Any]]:
        """The verdicts in the contract's words, without what only the reader of one matter words (events, sentence)."""
        for values in zip(*(self.columns[name].tolist() for name in _COLUMNS), strict=True):
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
        verdicts = len(op.VERDICTS)
        found = np.minimum(self.columns["verdict"], verdicts - 1)
        flat = np.bincount(
            self.columns["rule"] * verdicts + found, minlength=len(self.compiled.rules) * verdicts
        )
        return flat.reshape(-1, verdicts)


def judge_chunk(compiled: Compiled, chunk: Chunk, as_of: date | datetime) -> Answers:
    """Every rule on each of its subjects in a chunk."""
    room = sum(
        int(chunk.subjects[compiled.program.activities[name]])
        for rule in compiled.rules
        for name in rule.subject
        if name in compiled.program.activities
    )
    columns = {name: np.empty(room, dtype=np.int64) for name in _COLUMNS}
    scratch = np.zeros(SCRATCH_WORDS, dtype=np.int64)
    moment = moment_of(end_of(as_of))
    written = judge(compiled.array, chunk.array, scratch, moment, *columns.values())
    return Answers(compiled, chunk, {name: column[:written] for name, column in columns.items()})


def judge_chunks(
    compiled: Compiled, chunks: Iterable[Chunk], as_of: date | datetime, *, threads: int = 2
) -> Iterator[Answers]:
    """As ``judge_chunk``, for many chunks, in their order; no more of them are held than the threads need."""
    if threads < 2:
        for chunk in chunks:
            yield judge_chunk(compiled, chunk, as_of)
        return
    waiting = iter(chunks)
    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(judge_chunk, compiled, chunk, as_of) for chunk in islice(waiting, 2 * threads)]
        while running:
            done = running.pop(0).result()
            running += [pool.submit(judge_chunk, compiled, chunk, as_of) for chunk in islice(waiting, 1)]
            yield done
