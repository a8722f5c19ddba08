"""The verdicts of a check from the array kernel, for the formats that need no sentence.

Imported only where there is much to judge: loading the kernel takes longer than judging a small file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pyarrow import ArrowException, parquet

from plumbline.vocabulary import Matter

from ..check_input import CheckInput, Progress
from ..logs.conversion import Conversion
from ..logs.mapping import LogMapping
from ..reports.base import About, Report, Totals
from . import opcodes as op
from .chunks import Array, Chunk, ChunkWriter
from .compiling import Compiled, compile_rules
from .flat_log import FlatLog
from .kinds import NotInColumns
from .log_columns import NotFlat
from .running import Answers, judge_chunk, judge_chunks


@dataclass(frozen=True)
class Kernel:
    """The rules of a check as a program."""

    compiled: Compiled
    about: About

    @classmethod
    def of(cls, about: About) -> Kernel | None:
        """None where a rule cannot be held in columns: then the reader of one matter judges."""
        try:
            compiled = compile_rules(
                about.book, registers=about.registers, calendar=about.calendar, vocabulary=about.vocabulary
            )
        except NotInColumns:
            return None
        return cls(compiled, about)

    def load(self) -> None:
        """Have the kernel's code in this process, before others are made of it."""
        judge_chunk(self.compiled, ChunkWriter(self.compiled.program).chunk([]), self.about.as_of)

    def judged(self, read: CheckInput, names: Sequence[str]) -> Answers:
        """The verdicts on some matters of an input."""
        matters = (Matter.of(read.events_of(name), self.about.as_of) for name in names)
        writer = ChunkWriter(self.compiled.program, others=read.events_of, affair=read.matters_about)
        chunk = writer.chunk([matter for matter in matters if matter.events])
        return judge_chunk(self.compiled, chunk, self.about.as_of)

    def only(self, answers: Answers, verdicts: Collection[str] | None) -> Answers:
        """Some of the answers, by their verdict; all of them where none are named."""
        if verdicts is None:
            return answers
        found = np.minimum(answers.columns["verdict"], op.ERROR)  # what is beyond an error is one too
        wanted = np.isin(found, [op.VERDICTS.index(name) for name in verdicts])
        return replace(answers, columns={name: column[wanted] for name, column in answers.columns.items()})

    def matters(self, answers: Answers) -> list[str]:
        """The matters that some answers are about, in order."""
        chunk = answers.chunk
        records = chunk.array[chunk.array[op.M_EVENT] :]
        numbers = np.unique(records[answers.columns["event"] * op.EVENT_WORDS + op.E_MATTER])
        return [chunk.matter_ids[number] for number in numbers.tolist()]

    def by_name(self, counts: Array) -> Counter[tuple[str, str]]:
        """Counts of verdicts (a row for each rule, as ``Answers.counts`` gives them) by rule and verdict."""
        found: Counter[tuple[str, str]] = Counter()
        for rule, row in zip(self.compiled.rules, counts.tolist(), strict=True):
            found.update(
                {(rule.id, name): number for name, number in zip(op.VERDICTS, row, strict=True) if number}
            )
        return found


def rows_of(path: Path) -> int:
    """How many rows a Parquet file has; none where it is no such file."""
    try:
        return int(parquet.read_metadata(path).num_rows)
    except (ArrowException, OSError):
        return 0


def judge_log(
    path: Path,
    mapping: LogMapping,
    report: Report,
    *,
    threads: int,
    progress: Progress,
    only: Collection[str] | None = None,
) -> tuple[Totals, Conversion]:
    """Judge a mapped log in Parquet batch by batch, into a report that has begun; it is ended here.

    ``only`` names the verdicts that are written, where not all are; all are counted.
    Raises ``NotFlat`` where the log has to be read line by line, possibly after parts were added.
    """
    about = report.about
    kernel = Kernel.of(about)
    if kernel is None:
        raise NotFlat("a rule cannot be held in columns")
    log = FlatLog(path, mapping, kernel.compiled.program, about.as_of)
    total = rows_of(path)
    counts = np.zeros((len(kernel.compiled.rules), len(op.VERDICTS)), dtype=np.int64)

    def watched() -> Iterator[Chunk]:
        for chunk in log.chunks():
            progress("读取并对照", log.done.written, total)
            yield chunk

    for answers in judge_chunks(kernel.compiled, watched(), about.as_of, threads=threads):
        report.add(report.render_answers(kernel.only(answers, only)))
        counts += answers.counts()
    totals = Totals(log.done.matters, log.done.written, kernel.by_name(counts))
    report.end(totals)
    return totals, log.done
