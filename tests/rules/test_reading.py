"""What is said of an input that is wrong in several places, and which texts a check quotes."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import orjson
import pytest

from plumbline.rules import api, check_command, check_input, output
from plumbline.rules.api import LogFault, read_log
from plumbline.rules.check_input import CheckInput, read_input
from plumbline.vocabulary import load_vocabulary
from tests.rules.asking import event

LINE = {
    "id": "e1",
    "matter": "M-1",
    "kind": "penalty",
    "activity": "case_closed",
    "occurred_at": "2026-03-02",
    "recorded_at": "2026-03-02T10:00:00+08:00",
    "agency": "A-1",
    "data": {},
}


def lines(path: Path, wrong: int) -> Path:
    with path.open("wb") as sink:
        sink.write(orjson.dumps(LINE) + b"\n")
        for number in range(wrong):
            sink.write(
                orjson.dumps({**LINE, "id": f"w{number}", "activity": f"no_such_step{number}"}) + b"\n"
            )
    return path


def test_the_first_fault_is_told_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = read_log(lines(tmp_path / "a.jsonl", 0))
    assert [e.id for e in log.input.events_of("M-1")] == ["e1"] and log.input.events_of("M-2") == []
    monkeypatch.setattr(api, "MAX_ERRORS", 4)  # where the reader stops counting
    counts = {1: "", 2: "（另有 1 处）", 3: "（另有 2 处）", 4: "（另有 3 处以上）", 5: "（另有 4 处以上）"}
    for wrong, more in counts.items():
        with pytest.raises(LogFault) as fault:
            read_log(lines(tmp_path / "b.jsonl", wrong))
        assert "no_such_step0" in str(fault.value)
        assert more in str(fault.value) and ("另有" in str(fault.value)) == bool(more)


def test_reading_tells_the_last_line_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_input, "BLOCK", 2)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(orjson.dumps({**LINE, "id": f"e{n}"}) + b"\n" for n in range(5)))
    told: list[tuple[str, int, int]] = []
    with path.open("rb") as source:
        read_input(source, load_vocabulary(), processes=1, progress=lambda *said: told.append(said))
    assert told == [("读取并核对", 2, 0), ("读取并核对", 4, 0), ("读取并核对", 5, 0)]


def test_an_affair_is_what_states_both_its_party_and_its_act() -> None:
    held = CheckInput()
    for number, (matter, party, act) in enumerate(
        [("M-2", "P", "V"), ("M-1", "P", None), ("M-1", None, "V"), ("M-3", "P", None), ("M-4", "Q", "V")], 1
    ):
        held._add(matter, number, b"{}", party, act)
    assert held.matters_about("P", "V") == ["M-1", "M-2"] == held.matters_about("P", "V")
    assert held.matters_about("P", "W") == [] and held.matters_about("R", "V") == []
    assert held.events == 5 and held.matters == ["M-1", "M-2", "M-3", "M-4"]


def test_only_texts_in_force_are_quoted(tmp_path: Path) -> None:
    (tmp_path / "superseded").mkdir()
    for folder, text in ((tmp_path, "新文。"), (tmp_path / "superseded", "旧文。")):
        (folder / "a.md").write_text(f"# 某法\n\n- 标题: 某法\n\n第一条 {text}\n", "utf-8")
    assert check_command._articles(tmp_path) == {("某法", "第一条"): "新文。"}
    with pytest.raises(check_command.Refused, match="没有法规原文文件夹"):
        check_command._articles(tmp_path / "none")


def test_standard_input_is_named_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    named: list[str] = []
    about = check_command.About

    def noted(**given: object) -> object:
        named.append(str(given["source"]))
        return about(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(check_command, "About", noted)
    path = lines(tmp_path / "own.jsonl", 0)
    assert check_command.main([str(path), "--as-of", "2026-03-31"]) == 0
    with path.open("rb") as source:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": source})())
        assert check_command.main(["-", "--as-of", "2026-03-31"]) == 0
    assert named == ["own.jsonl", "标准输入"]


def test_a_small_event_is_what_its_line_says() -> None:
    made = event("e7", "case_closed", "2026-03-02", of="x")
    assert (made.id, made.order, made.on, made.data["of"]) == ("e7", 7, date(2026, 3, 2), "x")
    assert made.activity in load_vocabulary().activities


def test_progress_is_told_as_a_phase_begins_and_then_once_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.5, 1.0, 1.9, 2.0, 2.1, 3.5])
    monkeypatch.setattr(check_command.time, "monotonic", lambda: next(now))
    told = check_command._Progress(shown=True)
    for done in range(4):
        told("读取", done * 1000, 0 if done == 2 else 5000)
    told("对照规则", 1, 9)
    assert capsys.readouterr().err == "读取 0/5000   \n读取 2,000/…   \n对照规则 1/9   \n"
    check_command._Progress(shown=False)("读取", 1, 1)
    told.clear()
    assert capsys.readouterr().err == ""
    told.end = ""  # a terminal
    told.clear()
    assert capsys.readouterr().err == f"\r{' ' * 60}\r"


@pytest.mark.parametrize("named", [True, False])
def test_a_full_disk_is_named(named: bool, tmp_path: Path) -> None:
    path = tmp_path / "out.csv" if named else None
    with pytest.raises(output.DiskFull) as told, output.output(path):
        raise OSError(errno.ENOSPC, "full")
    assert str(told.value).startswith(f"{path} 所在的磁盘" if named else "标准输出所在的磁盘")
    with pytest.raises(OSError, match="other"), output.output(path):
        raise OSError(errno.EIO, "other")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("matter", "wrong"), [("M-1", 0), ("M-2", 1)])
def test_only_an_event_of_the_same_matter_is_voided(matter: str, wrong: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    void = {
        **LINE,
        "id": "v1",
        "matter": matter,
        "activity": "event_voided",
        "data": {"voids": "e1", "reason": "误录"},
    }
    path.write_bytes(orjson.dumps(LINE) + b"\n" + orjson.dumps(void) + b"\n")
    with path.open("rb") as source:
        errors = read_input(source, load_vocabulary(), processes=1).errors
    assert [error.line for error in errors] == [2] * wrong
