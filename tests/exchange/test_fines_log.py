"""A history that nobody here invented: every verdict of both readers on it equals a check by plain loops.

The sample is every fiftieth case of the log; PLUMBLINE_FINES_WHOLE=1 takes them all, which keeps the tree busy for minutes. The
whole log on the array kernel is a test of ``./test -m exhaustive``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyarrow import parquet

from bench.fines_by_hand import LOG, answers, cases, log_path
from plumbline.packs import traffic_fines
from plumbline.rules import RuleBook
from plumbline.rules.bulk.compiling import Compiled, compile_rules
from plumbline.rules.logs import EventLines, LogMapping, lines_of_log, load_mapping
from plumbline.vocabulary import Event, Matter, Registers, validate_event
from tests.parity.readers import COMPARED, Row, by_kernel, by_tree

AS_OF = date(2013, 6, 18)
EVERY = 1 if os.environ.get("PLUMBLINE_FINES_WHOLE") else 50
PACK = Path(traffic_fines.__file__).parent
MATTERS_AT_ONCE = 20_000
RULE, SUBJECT, VERDICT = (COMPARED.index(name) for name in ("rule", "subject", "verdict"))
#: A rule and the event it is asked about, and what it says.
Said = dict[tuple[str, str], str]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not log_path().exists(),
        reason=f"THE REAL LOG WAS NOT CHECKED: {log_path()} is not there; set {LOG} to road_traffic_fines.parquet",
    ),
]


@pytest.fixture(scope="module")
def mapping() -> LogMapping:
    return load_mapping(PACK / "log_mapping.yaml")


@pytest.fixture(scope="module")
def compiled(mapping: LogMapping) -> Compiled:
    return compile_rules(
        RuleBook.load(["plumbline.packs.traffic_fines"]),
        registers=Registers.none(),
        calendar=None,
        vocabulary=mapping.vocabulary,
    )


def sample(folder: Path) -> Path:
    """Every so many-th case of the log, as a log of its own. The rows of a case stand together."""
    table = parquet.read_table(log_path())
    names = table["case"].to_numpy()
    number = np.cumsum(np.concatenate([[False], names[1:] != names[:-1]]))
    assert number[-1] + 1 == len(set(names.tolist())), "the rows of a case stand together"
    parquet.write_table(table.filter(number % EVERY == 0), folder / "sample.parquet")
    return folder / "sample.parquet"


def matters_of(lines: EventLines, mapping: LogMapping, *, validated: bool) -> Iterator[Matter]:
    held: list[Event] = []
    for line, document in enumerate(lines.events, start=1):
        if validated:
            assert validate_event(mapping.vocabulary, document, line) == []
        event = Event.from_json(document, line)
        if held and held[0].matter != event.matter:
            yield Matter.of(held, AS_OF)
            held = []
        held.append(event)
    yield Matter.of(held, AS_OF)


def by_hand(path: Path) -> Said:
    return {
        (rule, subject): verdict
        for case, rows in cases(path)
        for rule, subject, verdict in answers(case, rows, AS_OF)
    }


def said(rows: list[Row]) -> Said:
    return {(row[RULE], row[SUBJECT]): row[VERDICT] for row in rows}


def apart(ours: Said, theirs: Said) -> dict[Any, Any]:
    return {
        k: (ours.get(k), theirs.get(k)) for k in ours.keys() | theirs.keys() if ours.get(k) != theirs.get(k)
    }


def test_a_sample_by_hand_by_the_tree_and_by_the_kernel(
    tmp_path: Path, mapping: LogMapping, compiled: Compiled
) -> None:
    path = sample(tmp_path)
    matters = list(matters_of(lines_of_log(path, mapping), mapping, validated=True))
    tree = by_tree(compiled.rules, matters, registers=Registers.none(), calendar=None, as_of=AS_OF)
    kernel = by_kernel(compiled, matters, AS_OF)
    assert Counter(tree) - Counter(kernel) == Counter(kernel) - Counter(tree) == Counter()
    assert apart(said(tree), by_hand(path)) == {}
    assert len(matters) == -(-150_370 // EVERY)
    breached = Counter(row[RULE] for row in tree if row[VERDICT] == "breached")
    assert sum(breached.values()) > 10_000 / EVERY, breached
    assert {row[RULE] for row in tree} == {rule.id for rule in compiled.rules}


@pytest.mark.exhaustive
def test_the_whole_log_by_hand_and_by_the_kernel(mapping: LogMapping, compiled: Compiled) -> None:
    lines = lines_of_log(log_path(), mapping)
    ours: Said = {}
    held: list[Matter] = []
    for matter in matters_of(lines, mapping, validated=False):
        held.append(matter)
        if len(held) == MATTERS_AT_ONCE:
            ours |= said(by_kernel(compiled, held, AS_OF))
            held.clear()
    ours |= said(by_kernel(compiled, held, AS_OF))
    done = lines.done
    assert (done.written, done.matters, done.unmapped) == (561_470, 150_370, Counter())
    assert apart(ours, by_hand(log_path())) == {}
    assert len(ours) > 300_000
