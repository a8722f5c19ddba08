"""A table of the contract's events (Parquet, ``bulk.event_table``) as documents, so that ``check`` reads it as any file of events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .reading import LogFault


def is_event_table(path: Path) -> bool:
    """Whether a file has the columns of the contract's events."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        return False
    from pyarrow import ArrowException, parquet

    from ..bulk.event_table import COLUMNS

    try:
        return set(COLUMNS) <= set(parquet.read_schema(path).names)
    except (ArrowException, OSError):
        return False


def table_events(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of the rows, in the order of the file, which has to be that of ``seq`` within a matter."""
    from pyarrow import parquet

    from ..bulk.event_table import COLUMNS, document_of

    latest: dict[Any, Any] = {}
    number = 0
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=20_000, columns=list(COLUMNS)):
            for row in zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True):
                number += 1
                try:
                    document = document_of(row)
                except ValueError:
                    raise LogFault(
                        f"第 {number} 行的 data、actors 或 links 不是 JSON。请核对事件表。"
                    ) from None
                matter, seq = document["matter"], row[COLUMNS.index("seq")]
                if seq is None or seq < latest.get(matter, seq):
                    raise LogFault(
                        f"第 {number} 行：事项 {matter} 的事件没有按 seq 的先后排列。请按 seq 排好后再检查。"
                    )
                latest[matter] = seq
                yield {name: value for name, value in document.items() if value is not None}
