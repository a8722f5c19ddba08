"""The answers of the kernel as Arrow columns, in the contract's words, without a Python object for each verdict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from . import opcodes as op
from .encoding import due_text
from .names import named
from .pad import TOO_MANY
from .running import Answers
from .verdict_schema import SCHEMA


def verdict_batch(answers: Answers) -> pa.RecordBatch:
    """The verdicts of one chunk, by rule and subject."""
    columns, chunk, compiled = answers.columns, answers.chunk, answers.compiled
    event = columns["event"]
    words = chunk.array[chunk.array[op.M_EVENT] :]
    matter = words[event * op.EVENT_WORDS + op.E_MATTER]
    verdict = np.where(columns["verdict"] == TOO_MANY, op.VERDICTS.index("error"), columns["verdict"])
    return pa.RecordBatch.from_arrays(
        [
            named(chunk.matter_ids, matter),
            named([rule.id for rule in compiled.rules], columns["rule"]),
            named(chunk.event_ids, event),
            named(op.VERDICTS, verdict),
            _by_value(columns["due"], due_text, pa.string()),
            _days(columns["used"]),
            _days(columns["limit"]),
            named(op.UNITS, columns["unit"]),
            named(compiled.overlays, columns["overlay"]),
            _by_value(columns["flags"], _flags, pa.list_(pa.string())),
        ],
        schema=SCHEMA,
    )


def _by_value(column: np.ndarray[Any, Any], word: Any, kind: pa.DataType) -> pa.Array:
    """A column by what ``word`` makes of each of its few values."""
    coded = pa.array(column).dictionary_encode()
    return pa.array([word(value) for value in coded.dictionary.to_pylist()], kind).take(coded.indices)


def _days(column: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(column, pa.int64(), mask=column == op.NULL)


def _flags(bits: int) -> list[str]:
    return [name for bit, name in enumerate(op.FLAGS) if bits >> bit & 1]
