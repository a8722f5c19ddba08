"""Plumbline's kernel on a set of rules, as ``rules/bulk`` runs it: compiled once, the log's chunks prepared, then judged.

Run as a process of its own, so that its memory is its own: ``python -m bench.peers.ours TASK``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.rules import Rule
from plumbline.rules.bulk import opcodes as op
from plumbline.rules.bulk.chunks import Chunk
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.bulk.flat_log import FlatLog
from plumbline.rules.bulk.running import Answers, count_chunks, judge_chunks
from plumbline.vocabulary import Registers

from .brute_force import MET, SILENT, VIOLATED, Verdicts
from .constraints import from_data
from .in_plumbline import MAPPING, WORDS, rules_of, rules_of_predicates, rules_of_profile
from .measuring import answer, asked, peak_mb, timed
from .temporal import Interval

#: After every term of the log has run out: what has not happened by then is a breach.
AS_OF = date(2030, 1, 1)
_OF_VERDICT = {"met": MET, "breached": VIOLATED}


def main() -> None:
    task = asked()
    rules = _rules(task)
    began = time.perf_counter()
    compiled = compile_rules(rules, registers=Registers.none(), calendar=None, vocabulary=WORDS)
    compiling = time.perf_counter() - began
    began = time.perf_counter()
    chunks = list(FlatLog(Path(task["log"]), MAPPING, compiled.program, AS_OF).chunks())
    loading = time.perf_counter() - began

    def judged(threads: int) -> Any:
        """Every verdict made and counted, and let go with its chunk, as whoever writes them does."""
        return sum(each.counts() for each in judge_chunks(compiled, chunks, AS_OF, threads=threads))

    judged(1)  # the kernel's own compilation, once on a machine
    counts, one = timed(lambda: judged(1), task["runs"])
    _, two = timed(lambda: judged(2), task["runs"])
    counted, counting = timed(lambda: count_chunks(compiled, chunks, AS_OF, threads=1), task["runs"])
    _, counting_two = timed(lambda: count_chunks(compiled, chunks, AS_OF, threads=2), task["runs"])
    assert (counted == counts).all()
    peak = peak_mb()
    found = verdicts(judge_chunks(compiled, chunks, AS_OF, threads=1), len(rules), sum(map(_events, chunks)))
    np.save(task["found"], found)
    assert counts.sum() == (found != SILENT).sum()
    answer(
        task,
        peak_mb=peak,
        took=one,
        took_with_two_threads=two,
        counting=counting,
        counting_with_two_threads=counting_two,
        loading=loading,
        compiling=compiling,
        versions={"numba": version("numba"), "numpy": version("numpy")},
    )


def _rules(task: dict[str, Any]) -> list[Rule]:
    if "profile" in task:
        return rules_of_profile(tuple(Interval(*each) for each in task["profile"]))
    if "predicates" in task:
        return rules_of_predicates()
    return rules_of(from_data(task["constraints"]))


def _events(chunk: Chunk) -> int:
    return len(chunk.event_ids)


def verdicts(answers: Iterable[Answers], rules: int, events: int) -> Verdicts:
    """The answers by rule and row of the log."""
    found = np.full((rules, events), SILENT, dtype=np.int8)
    meaning = np.full(
        len(op.VERDICTS) + 1, 99, dtype=np.int8
    )  # no other verdict may occur, and none is hidden
    for name, value in _OF_VERDICT.items():
        meaning[op.VERDICTS.index(name)] = value
    begin = 0
    for each in answers:
        columns = each.columns
        verdict = np.minimum(columns["verdict"], len(op.VERDICTS))
        found[columns["rule"], begin + columns["event"]] = meaning[verdict]
        begin += _events(each.chunk)
    return found


if __name__ == "__main__":
    main()
