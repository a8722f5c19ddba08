"""The file of a report: there only when it is whole, whatever stops the check; said in Chinese what is wrong."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plumbline.rules import judging
from plumbline.rules.check_command import main
from plumbline.rules.reports import Report, formats

from .reports import EVENTS, USUAL, many, written

COMMAND = [sys.executable, "-m", "plumbline.project.cli", "check"]
#: The same with several processes and many parts, on little. It heeds Ctrl-C even where whoever runs the tests in the
#: background has it ignored, which is inherited.
IN_PARTS = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import sys; from plumbline.rules import check_command, judging; judging.MANY_EVENTS, judging.CHUNK = 1, 5; "
    "sys.exit(check_command.main(sys.argv[1:]))",
]
IN_A_FILE = ["xlsx", "html", "xes", "ocel", "parquet"]


def test_every_format_is_there() -> None:
    assert list(formats()) == ["jsonl", "table", "csv", *IN_A_FILE]
    assert [name for name, report in formats().items() if report.needs_file] == IN_A_FILE
    assert all(issubclass(report, Report) for report in formats().values())


@pytest.mark.parametrize("name", list(formats()))
def test_a_report_does_not_depend_on_the_number_of_processes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MANY_EVENTS", 10)
    monkeypatch.setattr(judging, "CHUNK", 2)
    source = many(tmp_path / "events.jsonl", 7)
    one = written(tmp_path, name, "--processes", "1", source=source).read_bytes()
    two = written(tmp_path, name, "--processes", "2", source=source).read_bytes()
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.jsonl", f"report.{name}"]


@pytest.mark.parametrize("name", IN_A_FILE)
def test_a_format_that_wants_a_file_says_so(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(EVENTS), "--format", name]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"没有检查：{name} 格式要写入文件。请用 --out 写明")


def test_the_name_of_the_file_says_the_format(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, begins in (("a.csv", b"\xef\xbb\xbf"), ("a.HTML", b"<!doctype html>"), ("a.xlsx", b"PK")):
        assert main([str(EVENTS), *USUAL, "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    capfd.readouterr()
    assert main([str(EVENTS), *USUAL, "--out", str(tmp_path / "a.pdf")]) == 2
    assert "从文件名 a.pdf 看不出格式" in capfd.readouterr().err


def test_what_cannot_be_written_is_said_in_chinese(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    source = many(tmp_path / "events.csvl")
    for out, said in (
        (tmp_path / "nowhere" / "r.html", "没有文件夹"),
        (tmp_path / "file" / "r.html", "不是文件夹"),
        (tmp_path, "是文件夹"),
        (source, "就是输入的文件"),
    ):
        assert main([str(source), *USUAL, "--format", "html", "--out", str(out)]) == 2
        error = capfd.readouterr().err
        assert error.startswith("没有检查：")
        assert said in error
    assert source.read_bytes().startswith(b'{"id"')


def test_a_folder_without_the_right_to_write_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # Root may write in any folder of a disk, but in none of the kernel's.
    folder = Path("/sys") if os.geteuid() == 0 else tmp_path / "closed"
    if os.geteuid():
        folder.mkdir(mode=0o500)
    assert main([str(EVENTS), *USUAL, "--out", str(folder / "report.html")]) == 2
    assert f"不能在 {folder} 中写文件：" in capfd.readouterr().err


def test_refused_input_leaves_the_earlier_report_alone(tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    out.write_text("the earlier one")
    source = tmp_path / "events.jsonl"
    source.write_bytes(EVENTS.read_bytes().replace(b"+08:00", b"+09:00"))
    assert main([str(source), *USUAL, "--out", str(out)]) == 2
    assert out.read_text() == "the earlier one"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", list(formats()))
def test_a_full_disk_is_told_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    """The limit on the size of files gives the same refusal in the same place as a disk without room."""
    source = many(tmp_path / "events.jsonl", 20)
    done = subprocess.run(
        [*COMMAND, str(source), *USUAL, "--format", name, "--out", str(tmp_path / "r")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert said.startswith("没有完成：")
    assert "空间不足" in said
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["events.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_under_standard_output_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, str(many(tmp_path / "e.jsonl")), *USUAL],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("没有完成：标准输出所在的磁盘空间不足")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["xlsx", "ocel"])
def test_ctrl_c_leaves_no_half_file(name: str, tmp_path: Path) -> None:
    source = many(tmp_path / "events.jsonl", 400)
    running = subprocess.Popen(
        [*IN_PARTS, str(source), *USUAL, "--format", name, "--out", str(tmp_path / "r"), "--processes", "2", "--progress"],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    assert running.stderr is not None
    with running:
        for line in running.stderr:
            if "对照规则".encode() in line:
                break
        time.sleep(0.1)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process
        said = running.stderr.read().decode()
    assert running.returncode == 130
    assert said.splitlines()[-1] == "已停止，没有留下文件。"
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["events.jsonl"]


def test_progress_is_shown_for_a_file_too(tmp_path: Path) -> None:
    source = many(tmp_path / "events.jsonl", 300)
    done = subprocess.run(
        [*COMMAND, str(source), *USUAL, "--out", str(tmp_path / "r.html"), "--progress"],
        capture_output=True,
        check=True,
    )
    said = done.stderr.decode()
    assert "读取并核对 " in said
    assert "对照规则 " in said
    assert said.splitlines()[-1] == f"已写入 {tmp_path / 'r.html'}"
