"""A large check is judged by the array kernel: same bytes, same rows, same words to the user as by the reader of one matter."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from plumbline.rules import check_command, judging
from plumbline.rules.bulk import checking
from plumbline.rules.bulk.event_table import write_events
from plumbline.rules.bulk.flat_log import FlatLog
from plumbline.rules.check_command import main
from plumbline.vocabulary import load_vocabulary, read_events

from .reports import USUAL, many

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

FINES = ["--pack", "plumbline.packs.traffic_fines", "--as-of", "2013-06-18"]
ACTS = [
    "Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Payment", "Send for Credit Collection",
    "Appeal to Judge", "Wave at the Officer",
]  # fmt: skip


def fines(path: Path, cases: int = 40, **changed: Any) -> Path:
    """A log of fines of every length and order, which ends with a new fine; ``changed`` is put into that row."""
    rows = [
        {
            "case": f"A{number:03}", "act": act, "ts": datetime(2006, 1, 1) + timedelta(days=31 * place + number),
            "amount": 35.0 + place, "expense": 11.0 if number % 3 else None, "dismissal": ("NIL", "NIL", "G", "#", None)[number % 5],
            "article": 157, "points": 0, "totalPaymentAmount": 40.0 + number % 9, "paymentAmount": 40.0,
        }
        for number in range(cases)
        for place, act in enumerate(ACTS[: 1 + number % 8] if number % 2 else ACTS[:: 1 + number % 3])
    ]  # fmt: skip
    rows[-1] |= {"act": "Create Fine"} | changed
    table = pa.Table.from_pylist(rows).set_column(
        2, "ts", pa.array([r["ts"] for r in rows], pa.timestamp("us"))
    )
    parquet.write_table(table, path)
    return path


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the kernel was asked to do; ``judging.EVENTS_FOR_THE_KERNEL`` is for the test to set."""
    asked: list[str] = []
    log, matters = checking.judge_log, checking.Kernel.judged

    def judge_log(*given: Any, **more: Any) -> Any:
        asked.append("log")
        return log(*given, **more)

    def judged(*given: Any) -> Any:
        asked.append("matters")
        return matters(*given)

    monkeypatch.setattr(checking, "judge_log", judge_log)
    monkeypatch.setattr(checking.Kernel, "judged", judged)
    return asked


def both_ways(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *words: str
) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    """Exit code, output and errors, first by the kernel, then by the reader of one matter; without the seconds taken."""
    found = []
    for events in (1, 10**9):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        code = main([*words])
        out, said = capfd.readouterr()
        found.append((code, out, re.sub(r"，[\d.]+ 秒", "", said)))
    return found[0], found[1]


def rows(path: Path) -> list[tuple[Any, ...]]:
    return sorted((tuple(row.values()) for row in parquet.read_table(path).to_pylist()), key=repr)


def test_a_log_is_counted_alike(
    tmp_path: Path, used: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = (str(fines(tmp_path / "log.parquet")), *FINES, "--format", "table")
    kernel, tree = both_ways(monkeypatch, capfd, *words)
    assert kernel == tree
    assert kernel[0] == 0
    assert "RTF-SEND-90d" in kernel[1]
    assert "映射中没有的活动，已略去：Wave at the Officer" in kernel[2]
    assert used == ["log"]


def test_a_log_gives_the_same_rows(
    tmp_path: Path, used: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log = str(fines(tmp_path / "log.parquet"))
    found = []
    for events in (1, 10**9):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        assert main([log, *FINES, "--out", str(tmp_path / f"{events}.parquet")]) == 0
        found.append(rows(tmp_path / f"{events}.parquet"))
    assert found[0] == found[1]
    assert len(found[0]) > 40
    assert used == ["log"]
    said = parquet.read_schema(tmp_path / "1.parquet").metadata
    assert (said[b"plumbline.as_of"], said[b"plumbline.source"]) == (b"2013-06-18", b"log.parquet")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"case": "A000"}, ""),
        ({"case": "A 1"}, "不能用作契约的标识"),
        ({"case": None}, "没有 case"),
        ({"amount": 1e14}, "不能大于"),
        ({"ts": None}, "没有 ts"),
        ({"act": ""}, "没有 act"),
    ],
)
def test_what_columns_cannot_do_is_said_and_done_as_ever(
    tmp_path: Path,
    used: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    wrong: dict[str, Any],
    said: str,
) -> None:
    """The last row is of a case that stands elsewhere too, or is wrong."""
    words = (str(fines(tmp_path / "log.parquet", **wrong)), *FINES, "--format", "table", "--processes", "1")
    kernel, tree = both_ways(monkeypatch, capfd, *words)
    assert kernel == tree
    assert kernel[0] == (2 if said else 0)
    assert said in kernel[2]
    assert used == (["log"] if said else ["log", "log"])  # once more, when its rows stand together


def test_a_log_that_turns_out_wrong_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", 1)
    log = fines(tmp_path / "log.parquet", case="A 1")
    assert main([str(log), *FINES, "--out", str(tmp_path / "v.parquet")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["log.parquet"]
    assert capfd.readouterr().err.startswith("没有检查：")


def test_what_was_written_before_the_lines_take_over_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Rows of the first case come again at the end: by then all others have been judged and written."""
    monkeypatch.setattr(import_module("plumbline.rules.reports.formats.parquet"), "ROWS_OF_A_GROUP", 1)
    monkeypatch.setitem(FlatLog.chunks.__kwdefaults__, "rows", 16)
    log = fines(tmp_path / "log.parquet", case="A000")
    found = []
    for events in (1, 10**9):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        assert main([str(log), *FINES, "--out", str(tmp_path / "v.parquet")]) == 0
        found.append(rows(tmp_path / "v.parquet"))
    assert found[0] == found[1]


@pytest.mark.parametrize("columns", [["ts"], ["act", "ts"], ["amount"]])
def test_a_log_in_the_order_of_time_is_put_into_the_order_of_its_cases(
    tmp_path: Path,
    used: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    columns: list[str],
) -> None:
    log = tmp_path / "log.parquet"
    table = parquet.read_table(fines(log)).sort_by([(name, "ascending") for name in columns])
    parquet.write_table(table, log)
    kernel, tree = both_ways(monkeypatch, capfd, str(log), *FINES, "--format", "table")
    assert kernel == tree
    assert kernel[0] == 0
    assert used == ["log", "log"]
    found = []
    for events in (1, 10**9):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        assert main([str(log), *FINES, "--out", str(tmp_path / "v.parquet")]) == 0
        found.append(rows(tmp_path / "v.parquet"))
    assert found[0] == found[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.parquet", "v.parquet"]


def test_a_log_that_cannot_be_sorted_is_read_line_by_line(
    tmp_path: Path, used: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """DuckDB would take the name for a pattern of names."""
    log = tmp_path / "log[1].parquet"
    parquet.write_table(parquet.read_table(fines(tmp_path / "log1.parquet")).sort_by("ts"), log)
    kernel, tree = both_ways(monkeypatch, capfd, str(log), *FINES, "--format", "table")
    assert kernel == tree
    assert kernel[0] == 0
    assert used[:2] == ["log", "matters"]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_file_of_events_is_judged_alike(
    tmp_path: Path,
    used: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    processes: str,
) -> None:
    monkeypatch.setattr(judging, "MANY_EVENTS", 10)
    monkeypatch.setattr(judging, "CHUNK", 3)
    words = (str(many(tmp_path / "events.jsonl", 7)), *USUAL, "--processes", processes)
    kernel, tree = both_ways(monkeypatch, capfd, *words, "--format", "table")
    assert kernel == tree
    assert "not_applicable" in kernel[1]
    found = []
    for events in (1, 10**9):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        assert main([*words, "--out", str(tmp_path / "v.parquet")]) == 0
        found.append(rows(tmp_path / "v.parquet"))
    assert found[0] == found[1]
    assert len(found[0]) > 40
    assert processes == "2" or set(used) == {"matters"}


def test_a_table_of_events_is_judged_as_the_events_are(
    tmp_path: Path, used: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = many(tmp_path / "events.jsonl", 3)
    read = read_events(load_vocabulary(), lines.read_bytes().splitlines())
    assert write_events(read.events, tmp_path / "events.parquet") > 40
    said = {}
    for name in ("events.jsonl", "events.parquet"):
        kernel, tree = both_ways(monkeypatch, capfd, str(tmp_path / name), *USUAL, "--format", "table")
        assert kernel == tree
        assert main([str(tmp_path / name), *USUAL]) == 0
        said[name] = kernel, capfd.readouterr().out
    assert said["events.jsonl"] == said["events.parquet"]
    assert "matters" in used


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("data", "{", "第 2 行的 data、actors 或 links 不是 JSON"),
        ("seq", 0, "第 2 行：事项 WZ-CG-2026-0107 的事件没有按 seq 的先后排列"),
        ("occurred_at", "2026-02-30", "第2行：occurred_at"),
    ],
)
def test_a_wrong_row_of_a_table_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], column: str, value: Any, said: str
) -> None:
    read = read_events(load_vocabulary(), many(tmp_path / "events.jsonl", 1).read_bytes().splitlines())
    write_events(read.events, tmp_path / "events.parquet")
    table = parquet.read_table(tmp_path / "events.parquet")
    values = table[column].to_pylist()
    values[1] = value
    place = table.schema.get_field_index(column)
    changed = table.set_column(
        place, table.schema.field(place), pa.array(values, table.schema.field(place).type)
    )
    parquet.write_table(changed, tmp_path / "events.parquet")
    assert main([str(tmp_path / "events.parquet"), *USUAL]) == 2
    assert said in capfd.readouterr().err


def test_the_formats_with_sentences_and_the_untriggered_rules_stay_with_the_reader(
    tmp_path: Path, used: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log = str(fines(tmp_path / "log.parquet"))
    for more in (("--format", "jsonl"), ("--format", "table", "--all")):
        kernel, tree = both_ways(monkeypatch, capfd, log, *FINES, *more)
        assert kernel == tree
    assert used == []


def test_a_small_log_does_not_load_the_kernel() -> None:
    assert judging.EVENTS_FOR_THE_KERNEL > 10_000
    assert "numba" not in vars(check_command)


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("only", [["breached"], ["unknown", "pending"], ["error"]])
def test_some_verdicts_alone_are_the_same_lines_as_among_all(
    tmp_path: Path,
    used: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    only: list[str],
    processes: str,
) -> None:
    """The kernel finds the matters, the reader of one matter words them; what is counted is everything."""
    monkeypatch.setattr(judging, "MANY_EVENTS", 10)
    monkeypatch.setattr(judging, "CHUNK", 3)
    words = (str(many(tmp_path / "events.jsonl", 7)), *USUAL, "--processes", processes)
    assert main([*words]) == 0
    everything, counted = capfd.readouterr()
    wanted = [line for line in everything.splitlines(keepends=True) if orjson.loads(line)["verdict"] in only]
    chosen = [word for name in only for word in ("--only", name)]
    kernel, tree = both_ways(monkeypatch, capfd, *words, *chosen)
    assert kernel == tree == (0, "".join(wanted), re.sub(r"，[\d.]+ 秒", "", counted))
    assert bool(wanted) == (only != ["error"])
    assert processes == "2" or set(used) == {"matters"}


def test_some_rows_alone_of_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = str(fines(tmp_path / "log.parquet"))
    found = []
    for events, more in ((1, ["--only", "breached"]), (10**9, ["--only", "breached"]), (1, [])):
        monkeypatch.setattr(judging, "EVENTS_FOR_THE_KERNEL", events)
        assert main([log, *FINES, "--out", str(tmp_path / "v.parquet"), *more]) == 0
        found.append(rows(tmp_path / "v.parquet"))
    assert found[0] == found[1] == [row for row in found[2] if row[3] == "breached"]
    assert 0 < len(found[0]) < len(found[2])


def test_a_format_about_all_verdicts_leaves_none_out(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["log.jsonl", "--format", "table", "--only", "breached"]) == 2
    assert "--only 只用于一条一条写结论的格式：jsonl、csv、parquet" in capfd.readouterr().err
