"""The check command: what it prints, how it refuses, and that its reader may stop reading."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from pathlib import Path

import orjson
import pytest

from plumbline.project import demo
from plumbline.rules import judging
from plumbline.rules.check_command import main

FOLDER = Path(demo.__file__).parent
EVENTS, REGISTERS = FOLDER / "outside_case.jsonl", FOLDER / "outside_case_registers.json"
USUAL = ["--registers", str(REGISTERS), "--as-of", "2026-05-20"]
KEYS = {
    "matter", "rule", "subject", "verdict", "due", "days_used", "days_limit", "unit", "events", "citation", "overlay",
    "severity", "explanation_zh",
}  # fmt: skip


def _verdicts(output: bytes) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in output.splitlines()]


def _many(path: Path, matters: int) -> Path:
    """The outside case again and again under other ids."""
    text = EVENTS.read_text("utf-8")
    with path.open("w", encoding="utf-8") as sink:
        sink.writelines(text.replace("WZ-CG-2026-0107", f"WZ-{number:05d}") for number in range(matters))
    return path


def test_verdicts_come_one_a_line_as_the_contract_has_them(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(EVENTS), *USUAL]) == 0
    verdicts = _verdicts(capfdbinary.readouterr().out)
    assert [(v["matter"], v["rule"], v["subject"]) for v in verdicts] == sorted(
        (v["matter"], v["rule"], v["subject"]) for v in verdicts
    )
    assert all(set(v) - {"missing", "flags"} == KEYS for v in verdicts)
    breached = {v["rule"]: v for v in verdicts if v["verdict"] == "breached"}
    assert set(breached) == {"APL-58-legal-review", "APL-61-serve-7wd", "T118-6-penalty-7wd"}
    late = breached["APL-61-serve-7wd"]
    assert (late["due"], late["days_limit"], late["unit"]) == ("2026-04-10", 7, "wd")
    assert late["citation"] == {"law": "行政处罚法", "article": "第六十一条", "quote": ""}


def test_the_same_question_on_an_earlier_day_has_another_answer(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main([str(EVENTS), "--registers", str(REGISTERS), "--as-of", "2026-04-10"]) == 0
    verdicts = {v["rule"]: v["verdict"] for v in _verdicts(capfdbinary.readouterr().out)}
    assert (verdicts["APL-61-serve-7wd"], verdicts["T118-6-penalty-7wd"]) == ("pending", "pending")


def test_a_table_counts_by_rule(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(EVENTS), *USUAL, "--format", "table"]) == 0
    out = capfdbinary.readouterr().out.decode()
    row = next(line for line in out.splitlines() if line.startswith("APL-58-legal-review"))
    assert row.split() == ["APL-58-legal-review", "0", "1", "0", "0", "0", "0"]


def test_several_processes_say_the_same_in_the_same_order(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.rules import check_input

    monkeypatch.setattr(judging, "MANY_EVENTS", 100)
    monkeypatch.setattr(judging, "CHUNK", 7)
    monkeypatch.setattr(check_input, "BLOCK", 50)
    many = _many(tmp_path / "many.jsonl", 60)
    outputs = []
    for processes in ("1", "2"):
        assert main([str(many), *USUAL, "--processes", processes]) == 0
        outputs.append(capfdbinary.readouterr().out)
    assert outputs[0] == outputs[1]
    rows = Counter(verdict["matter"] for verdict in _verdicts(outputs[0]))
    assert len(rows) == 60
    assert len(set(rows.values())) == 1


def test_a_wrong_line_far_down_is_found_by_every_number_of_processes(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.rules import check_input

    monkeypatch.setattr(check_input, "BLOCK", 50)
    many = _many(tmp_path / "many.jsonl", 60)
    lines = many.read_bytes().splitlines(keepends=True)
    lines[900] = lines[900].replace(b"+08:00", b"+09:00")
    lines[1000] = (
        lines[0].replace(b'"clue_received"', b'"clue_verified"').replace(b'"source":"inspection",', b"")
    )
    many.write_bytes(b"".join(lines))
    for processes in ("1", "2"):
        assert main([str(many), *USUAL, "--processes", processes]) == 2
        captured = capfdbinary.readouterr()
        assert captured.out == b""
        errors = [orjson.loads(line) for line in captured.err.splitlines()]
        assert errors[0]["line"] == 901
        assert {e["code"] for e in errors} == {"E-TIME", "E-FIELD"}


@pytest.mark.parametrize("packed", [False, True])
def test_gzip_and_standard_input(packed: bool, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(EVENTS), *USUAL]) == 0
    of_the_file = capfdbinary.readouterr().out
    content = EVENTS.read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "plumbline.project.cli", "check", "-", *USUAL],
        input=gzip.compress(content) if packed else content,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, of_the_file)


def test_a_reader_that_stops_reading_is_no_failure(tmp_path: Path) -> None:
    many = _many(tmp_path / "many.jsonl", 400)
    command = [sys.executable, "-m", "plumbline.project.cli", "check", str(many), *USUAL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")


REFUSED = {
    "no such file": (["nowhere.jsonl"], "找不到文件 nowhere.jsonl"),
    "a folder": (["."], "是文件夹"),
    "no such registers": ([str(EVENTS), "--registers", "nowhere.json"], "找不到文件 nowhere.json"),
    "registers that are events": ([str(EVENTS), "--registers", str(EVENTS)], "不是 UTF-8 编码的 JSON"),
    "no events named": ([], "请写明事件文件"),
    "an unknown pack": ([str(EVENTS), "--pack", "plumbline.packs.nothing"], "没有规则包"),
    "no such laws": ([str(EVENTS), "--laws", "nowhere"], "没有法规原文文件夹"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_chinese(
    name: str, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words, said = REFUSED[name]
    assert main(words) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("没有检查：")
    assert said in captured.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--as-of", "2026-02-30", "应为存在的日期"),
        ("--as-of", "20260520", "应为存在的日期"),
        ("--as-of", "2026-05-20T10:00:00", "+08:00"),
        ("--format", "xml", "应为 jsonl、table、csv、xlsx、html、xes、ocel、parquet 之一"),
        ("--only", "bad", "应为 met、breached、pending、unknown、not_applicable、error 之一"),
    ],
)
def test_a_wrong_option_is_refused_in_chinese(
    option: str, value: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(EVENTS), option, value])
    assert stopped.value.code == 2
    assert said in capfd.readouterr().err


def test_a_torn_archive_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    torn = tmp_path / "events.jsonl.gz"
    torn.write_bytes(gzip.compress(EVENTS.read_bytes())[:-40])
    assert main([str(torn)]) == 2
    assert "压缩内容不完整" in capfd.readouterr().err
