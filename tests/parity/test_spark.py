"""A real standalone cluster gives the verdicts of one machine: both readers of the rules, and Spark, on the same matters."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from bench.fines_by_hand import LOG, answers, cases, log_path
from plumbline.law import Calendar
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.bulk.event_table import SCHEMA, write_events
from plumbline.rules.bulk.part import book_of, words_of
from plumbline.rules.bulk.spark import SparkMissing, WrongTable, demand_spark, judge_on_spark, session
from plumbline.rules.check_input import read_input
from plumbline.rules.examples import expand, fined, step
from plumbline.rules.logs import lines_of_log, load_mapping
from plumbline.vocabulary import Event, EventLink, Matter, Registers, group_by_matter
from tests.parity.readers import COMPARED, Row, by_kernel, by_tree
from tests.parity.spark_cluster import SETTINGS, WORKERS, standalone_cluster
from tests.rules.histories import CLOCKWORK, POOL, REGISTERS, events
from tests.rules.test_conformance import ALL, documents

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
AS_OF = date(2026, 7, 1)
NO_SPARK = "Spark was not tested"
FINES = "plumbline.packs.traffic_fines"
LAST_DAY_OF_THE_LOG = date(2013, 6, 18)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        demand_spark()
    except SparkMissing as reason:
        pytest.skip(f"{NO_SPARK}: {reason}")
    with standalone_cluster(tmp_path_factory.mktemp("cluster")) as master:
        yield master


@pytest.fixture(scope="module")
def spark(cluster: str) -> Iterator[Any]:
    with session(cluster, settings=SETTINGS) as started:
        started.sparkContext.setLogLevel("ERROR")
        yield started


def test_there_are_two_workers(spark: Any) -> None:
    spark.range(100).repartition(8).count()
    running = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()
    assert running == 1 + WORKERS  # the driver counts as one


def test_random_and_conformance_matters(spark: Any, tmp_path: Path) -> None:
    found = _told_apart([*_of_conformance(), *_random(120), *_across_matters()])
    assert len(group_by_matter(found)) > 350
    single, reached = _single(found, REGISTERS)
    assert {v for *_, v in (row[:4] for row in single)} >= {"met", "breached", "pending", "unknown"}
    on_spark = _on_spark(spark, found, tmp_path)
    assert _apart(single, reached) == []
    assert _apart(single, on_spark) == []


def test_rules_look_into_matters_of_other_partitions(spark: Any, tmp_path: Path) -> None:
    """The two facts that look beyond a matter, in many pairs of matters, so that most pairs are divided."""
    found = _told_apart(_across_matters())
    on_spark = _on_spark(spark, found, tmp_path)
    told = Counter((row[1], row[3]) for row in on_spark)
    pairs = len(PAIRS)
    # The first fine of each pair is the only one so far, the second is one too many.
    assert told["APL-29-no-double-fine", "met"] == told["APL-29-no-double-fine", "breached"] == pairs
    # Of each instrument: the case it is about is before a court; was; is not known.
    assert told["ESR-33-no-duplicate", "breached"] == pairs
    single, _ = _single(found, REGISTERS)
    assert _apart(single, on_spark) == []


def test_a_draft_rule_that_stands_in_no_pack(spark: Any, tmp_path: Path) -> None:
    draft = replace(book_of(STANDARD_PACKS).by_id["APL-60-90d"], id="DRAFT-1", own_facts=_facts("APL-60-90d"))
    found = _told_apart(_of_conformance())
    rows = _on_spark(spark, found, tmp_path, packs=(draft,))
    assert {row[1] for row in rows} == {"DRAFT-1"}
    assert _apart(_single(found, REGISTERS, packs=(draft,))[0], rows) == []


def test_a_table_without_a_column_is_refused(spark: Any) -> None:
    table = spark.createDataFrame([("e1", "M-1")], "id string, matter string")
    with pytest.raises(WrongTable, match="缺少列：kind、activity"):
        judge_on_spark(spark, table, registers=Registers.none(), as_of=AS_OF)


@pytest.mark.exhaustive
def test_the_commands(cluster: str, tmp_path: Path) -> None:
    """A file of events becomes a table; a cluster judges it; what is wrong with the table is said in words."""
    demo = Path(sys.modules["plumbline"].__file__ or "").parent / "project" / "demo"
    lines, registers = demo / "outside_case.jsonl", demo / "outside_case_registers.json"
    table, out = tmp_path / "events.parquet", tmp_path / "verdicts"
    assert _plumbline("spark", "table", lines, "--out", table).returncode == 0
    asked = ("spark", "check", table, "--master", cluster, "--out", out, "--registers", registers)
    done = _plumbline(*asked, "--as-of", "2026-05-20", *_set())
    assert done.returncode == 0, done.stderr
    alone = _plumbline("check", lines, "--registers", registers, "--as-of", "2026-05-20")
    expected = [json.loads(line) for line in alone.stdout.splitlines()]
    rows = parquet.read_table(out).to_pylist()
    assert _apart(_rows(expected), _rows(rows)) == []
    assert len(rows) == len(expected) > 20

    again = _plumbline(*asked, "--as-of", "2026-05-20", *_set())
    assert again.returncode == 2
    assert "已经存在" in again.stderr

    wrong = parquet.read_table(table).to_pylist()
    wrong[3]["occurred_at"] = "2026-02-30"
    parquet.write_table(pa.Table.from_pylist(wrong, schema=SCHEMA), table)
    refused = _plumbline(*asked[:-3], tmp_path / "none", *asked[-2:], *_set())
    assert refused.returncode == 2, refused.stderr
    assert f"没有检查：事项 {wrong[3]['matter']}，第{wrong[3]['seq']}行" in refused.stderr


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
def test_the_whole_log_of_fines(spark: Any, tmp_path: Path) -> None:
    if not log_path().exists():
        pytest.skip(f"no log at {log_path()}; name one in {LOG}")
    mapping = load_mapping(
        Path(sys.modules["plumbline"].__file__ or "").parent / "packs/traffic_fines/log_mapping.yaml"
    )
    read = read_input(lines_of_log(log_path(), mapping), words_of([FINES]), processes=2)
    path = tmp_path / "fines.parquet"
    write_events((event for name in read.matters for event in read.events_of(name)), path)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
    out = tmp_path / "verdicts"
    judge_on_spark(
        spark,
        str(path),
        packs=[FINES],
        registers=Registers.none(),
        as_of=LAST_DAY_OF_THE_LOG,
        partitions=8,
        trusted=True,
    ).write.parquet(str(out))
    columns = parquet.read_table(out, columns=["rule", "subject", "verdict"]).to_pydict().values()
    found = Counter(zip(*columns, strict=True))
    by_hand = Counter(
        answer for case, rows in cases(log_path()) for answer in answers(case, rows, LAST_DAY_OF_THE_LOG)
    )
    assert found.total() > 300_000
    assert found == by_hand


# -- matters -----------------------------------------------------------------------------------------------------------


def _of_conformance() -> list[Event]:
    """The events of every conformance case, each case a matter (or matters) of its own."""
    found = []
    for number, case in enumerate(ALL):
        for document in documents(case):
            event = Event.from_json(document, 0)
            links = event.links and tuple(replace(x, matter=f"{number}-{x.matter}") for x in event.links)
            found.append(replace(event, matter=f"{number}-{event.matter}", links=links))
    return found


def _random(matters: int) -> list[Event]:
    """Random histories; few numbers of parties and violations, so that many are about the same affair."""
    found: list[Event] = []

    @settings(max_examples=matters, database=None, phases=[Phase.generate])
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        names = data.draw(st.lists(st.sampled_from([*POOL, *CLOCKWORK]), min_size=1, max_size=9))
        number = sum(1 for event in found if event.id == "e1")
        for event in data.draw(events(names, 1)):
            link = data.draw(st.none() | st.integers(0, matters).map(lambda n: EventLink(f"R-{n}", "about")))
            found.append(replace(event, matter=f"R-{number}", links=event.links if link is None else (link,)))

    draw()
    return found


PAIRS = range(40)


def _across_matters() -> list[Event]:
    """Pairs of fines of one party for one violation; instruments about cases that are, or were, before a court."""
    found: list[dict[str, Any]] = []
    for number in PAIRS:
        about = {
            "party": {"id": f"party-{number}", "kind": "legal_person"},
            "violation": {"act": f"act-{number}"},
        }
        court = {"route": "litigation"}
        found += [
            {"matter": f"A-{number}", **fined("2026-06-01", **about)},
            {"matter": f"B-{number}", **fined("2026-06-10", **about)},
            {"matter": f"C-{number}", **step("challenge_started", "2026-05-10", **court)},
            {"matter": f"D-{number}", **step("challenge_started", "2026-05-10", **court)},
            {"matter": f"D-{number}", **step("challenge_ended", "2026-05-20", outcome="upheld", **court)},
        ]
        for letter, linked in (("X", "C"), ("Y", "D"), ("Z", "nowhere")):
            issued = step(
                "supervision_letter_issued",
                "2026-06-01",
                kind="supervision_instrument",
                links=[{"matter": f"{linked}-{number}", "rel": "about"}],
                to="A-1",
                respond_by="2026-06-15",
            )
            found.append({"matter": f"{letter}-{number}", **issued})
    full = expand([{**document, "id": f"p{n}"} for n, document in enumerate(found)], "penalty")
    return [Event.from_json(document, 0) for document in full]


def _told_apart(found: Iterable[Event]) -> list[Event]:
    """In the order given, as lines of one file."""
    return [replace(event, order=line) for line, event in enumerate(found, 1)]


# -- readers -----------------------------------------------------------------------------------------------------------


def _single(
    found: list[Event], registers: Registers, packs: Iterable[Any] = STANDARD_PACKS
) -> tuple[list[Row], list[Row]]:
    """One machine: the reader for one matter, and the array kernel."""
    groups = group_by_matter(found)
    about: dict[tuple[str, str], list[str]] = {}
    for name, group in groups.items():
        parties = {(e.data.get("party") or {}).get("id") for e in group} - {None}
        acts = {(e.data.get("violation") or {}).get("act") for e in group} - {None}
        for party in parties:
            for act in acts:
                about.setdefault((party, act), []).append(name)
    beyond: dict[str, Any] = {
        "others": lambda name: groups.get(name, []),
        "affair": lambda party, act: about.get((party, act), []),
    }
    calendar = Calendar.from_registers(registers.holidays)
    matters = [Matter.of(group, AS_OF) for group in groups.values()]
    book = book_of(packs)
    tree = by_tree(book, matters, registers=registers, calendar=calendar, as_of=AS_OF, **beyond)
    compiled = compile_rules(book, registers=registers, calendar=calendar)
    return tree, by_kernel(compiled, matters, AS_OF, **beyond)


def _on_spark(
    spark: Any, found: list[Event], folder: Path, packs: Iterable[Any] = STANDARD_PACKS
) -> list[Row]:
    write_events(found, folder / "events.parquet")
    out = folder / "verdicts"
    judge_on_spark(
        spark, str(folder / "events.parquet"), packs=packs, registers=REGISTERS, as_of=AS_OF, partitions=6
    ).write.parquet(str(out))
    return _rows(parquet.read_table(out).to_pylist())


def _rows(found: Iterable[dict[str, Any]]) -> list[Row]:
    """Verdicts as they are compared; ``check`` leaves flags out where there are none."""
    stated = [name for name in COMPARED if name != "flags"]
    return [(*(row[name] for name in stated), tuple(sorted(row.get("flags") or ()))) for row in found]


def _apart(one: Iterable[Row], other: Iterable[Row]) -> list[tuple[Row, int]]:
    """Verdicts that only one of two gives."""
    only = Counter(one)
    only.subtract(other)
    return [(row, count) for row, count in only.items() if count]


def _facts(rule: str) -> Any:
    return book_of(STANDARD_PACKS).by_id[rule].facts


def _set() -> list[str]:
    return [word for name, value in SETTINGS.items() for word in ("--set", f"{name}={value}")]


def _plumbline(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "plumbline.project.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
