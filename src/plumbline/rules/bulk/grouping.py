"""A log whose rows stand in the order of time, put into the order of its cases: on disk, whatever its size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from pyarrow import parquet

from ..logs.mapping import LogMapping
from .log_columns import NotFlat

#: What sorting may take of the memory; the rest goes through the folder.
MEMORY = "2GB"


@contextmanager
def grouped(path: Path, mapping: LogMapping, folder: Path | None, *, threads: int) -> Iterator[Path]:
    """A copy of the columns that are read, by case and within a case as in the log. It goes at the end.

    ``folder`` is where there is room for it; without one, where temporary files go.
    """
    if set(str(path)) & set("*?["):
        raise NotFlat("DuckDB would read such a path as a pattern")
    before = parquet.read_schema(path)
    wanted = [name for name in before.names if name in mapping.columns]
    case = [name for name in mapping.case if name in before.names]
    with tempfile.TemporaryDirectory(prefix="plumbline-", dir=folder) as name:
        sorted_log = Path(name) / "log.parquet"
        query = (
            f"copy (select {', '.join(map(_quoted, wanted))} from read_parquet(?, file_row_number = true) "
            f"order by {', '.join(map(_quoted, case))}, file_row_number) to ? (format parquet)"
        )
        try:
            with duckdb.connect() as connection:
                connection.execute("set threads to ?", [threads])
                connection.execute("set memory_limit = ?", [MEMORY])
                connection.execute("set temp_directory = ?", [name])
                connection.execute(query, [str(path), str(sorted_log)])
        except duckdb.Error as fault:
            raise NotFlat(str(fault)) from None
        after = parquet.read_schema(sorted_log)
        if any(after.field(name).type != before.field(name).type for name in wanted):
            raise NotFlat("a column's type does not outlive sorting")
        yield sorted_log


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
