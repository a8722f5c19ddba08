"""A verdict a row, in columns, for a data frame or a database: without sentences, for an input of any size."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..base import Judged, Report, Totals

if TYPE_CHECKING:
    import pyarrow as pa

    from ...bulk.running import Answers

ROWS_OF_A_GROUP = 500_000
#: Columns whose values differ from row to row: a table of their values would be as long as they are.
_VARIED = ("matter", "subject")


class Parquet(Report):
    name = "parquet"
    zh = "Parquet，一行一条结论，没有说明文字"
    suffixes = (".parquet",)
    needs_file = True
    by_kernel = True
    row_by_row = True
    rank = 8

    def render(self, judged: Sequence[Judged]) -> pa.RecordBatch:
        import pyarrow as pa

        from ...bulk.opcodes import FLAGS
        from ...bulk.verdict_schema import SCHEMA

        verdicts = [verdict for each in judged for verdict in each.verdicts]
        rows = [
            (v.matter, v.rule, v.subject, v.verdict, v.due_text, v.days_used, v.days_limit, v.unit, v.overlay)
            for v in verdicts
        ]
        columns: list[Any] = [*zip(*rows, strict=True)] if rows else [[] for _ in SCHEMA.names[:-1]]
        columns.append([sorted(verdict.flags, key=FLAGS.index) for verdict in verdicts])
        arrays = [pa.array(values, kind.type) for values, kind in zip(columns, SCHEMA, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)

    def render_answers(self, answers: Answers) -> pa.RecordBatch:
        from ...bulk.verdict_table import verdict_batch

        return verdict_batch(answers)

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        from pyarrow import parquet

        from ...bulk.verdict_schema import SCHEMA

        self.held: list[pa.RecordBatch] = []
        self.rows = 0
        about = self.about
        said = {
            "plumbline.source": about.source,
            "plumbline.as_of": about.as_of_text,
            "plumbline.packs": " ".join(about.packs),
            "plumbline.version": about.version,
        }
        self.writer = parquet.ParquetWriter(
            sink,
            SCHEMA.with_metadata(said),
            compression="zstd",
            use_dictionary=[name for name in SCHEMA.names if name not in _VARIED],
        )

    def add(self, part: pa.RecordBatch) -> None:
        self.held.append(part)
        self.rows += part.num_rows
        if self.rows >= ROWS_OF_A_GROUP:
            self._write_group()

    def end(self, totals: Totals) -> None:
        self._write_group()
        self.writer.close()

    def give_up(self) -> None:
        with suppress(OSError):
            self.writer.close()

    def _write_group(self) -> None:
        import pyarrow as pa

        if self.rows:
            self.writer.write_table(pa.Table.from_batches(self.held), row_group_size=self.rows)
        self.held, self.rows = [], 0
