"""``./run`` with real processes: ready, kept, stopped, killed, and everything that is in the way of a start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from plumbline.project import supervisor
from plumbline.project.database_server import OWNER, DatabaseServer
from plumbline.project.ports import why_not
from tests.external_postgresql import APP, bare_environment, external_server, folder_for_a_database
from tests.external_postgresql import OWNER as SITE_OWNER

CHINESE = re.compile("[一-鿿]")


class Run:
    """A running ``./run``, what it has said so far, and all processes that have come of it."""

    def __init__(self, data: Path, *words: str, **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [
            "-m",
            "plumbline.project.cli",
            "run",
            "--port",
            str(self.port),
            "--data",
            str(data),
            *words,
        ]
        self.process = subprocess.Popen(
            [sys.executable, *command],
            # Without the night's re-check: what these tests start must not depend on the hour at which they run.
            env=bare_environment(PYTHONUNBUFFERED="1", PLUMBLINE_RECHECK_NIGHTLY="0", **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.said.extend(iter(self.process.stdout.readline, ""))

    @property
    def text(self) -> str:
        return "".join(self.said)

    def wait_for(self, text: str, within: float = 300) -> None:
        until(lambda: text in self.text or self.process.poll() is not None, within, self)
        until(lambda: text in self.text, 5, self)

    def family(self) -> dict[int, str]:
        """Everything below this run: process number and its start, so that a number used again is not mistaken."""
        parents = {pid: told[1] for pid, told in _processes().items()}
        found, more = {self.process.pid}, True
        while more:
            grown = found | {pid for pid, parent in parents.items() if parent in found}
            more, found = grown != found, grown
        return {pid: told[2] for pid, told in _processes().items() if pid in found}

    def child(self, part_of_command: str) -> int:
        for pid in self.family():
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if pid != self.process.pid and part_of_command in command:
                return pid
        raise AssertionError(f"{part_of_command} is not running")

    def end(self) -> str:
        self._listener.join(30)
        return self.text


def _processes() -> dict[int, tuple[str, int, str]]:
    """State, parent and start of each process."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = place.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found[int(place.parent.name)] = (words[0], int(words[1]), words[19])
    return found


def until(true: Callable[[], bool], within: float, run: Run) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, run.text
        time.sleep(0.1)


def assert_gone(family: dict[int, str], run: Run) -> None:
    def gone() -> bool:
        now = _processes()
        return not [
            pid for pid, start in family.items() if pid in now and now[pid][0] != "Z" and now[pid][2] == start
        ]

    until(gone, 30, run)


@contextmanager
def started(data: Path, *words: str, **settings: str) -> Iterator[Run]:
    run = Run(data, *words, **settings)
    try:
        run.wait_for("按 Ctrl-C 停止")
        yield run
    finally:
        run.process.send_signal(signal.SIGTERM)
        try:
            run.process.wait(60)
        except subprocess.TimeoutExpired:
            run.process.kill()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder after its first start, with a small demonstration; stopped by Ctrl-C in a terminal."""
    with folder_for_a_database() as data:
        with started(data, "--demo-cases", "40") as run:
            family = run.family()
            assert len(family) > 5
            assert re.search(rf"^Plumbline ready at http://127\.0\.0\.1:{run.port}\b", run.text, re.MULTILINE)
            for account in ("zhou", "liu", "xitong", "plumbline-demo"):
                assert account in run.text
            assert "WARN" not in run.text
            os.killpg(run.process.pid, signal.SIGINT)
            assert run.process.wait(60) == 0, run.text
            assert_gone(family, run)
            assert "Traceback" not in run.end()
        yield data


def rows(data: Path) -> int:
    """Committed events, asked of the running server."""
    with psycopg.connect(DatabaseServer(data / "postgres").url(OWNER)) as connection:
        row = connection.execute("SELECT count(*) FROM events").fetchone()
    assert row
    return int(row[0])


pytestmark = pytest.mark.timeout(900)


@pytest.mark.slow
def test_a_kill_leaves_nothing_running_and_nothing_lost(home: Path) -> None:
    """Killed while the demonstration is still being checked in the background: the next start has every row."""
    with started(home, "--demo-cases", "40") as run:
        before = rows(home)
        assert before > 0, "a second start keeps the data"
        family = run.family()
        run.process.kill()
        assert_gone(family, run)
    with started(home, "--no-demo") as again:
        assert rows(home) >= before
        family = again.family()
        again.process.send_signal(signal.SIGINT)  # to the process alone, as `kill -INT` does
        assert again.process.wait(60) == 0
        assert_gone(family, again)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("victim", "told"),
    [
        ("granian", "网站进程自行退出（被信号 9 终止），全部停止"),
        ("manage worker", "后台进程自行退出（被信号 9 终止），全部停止"),
        ("bin/postgres -D", "数据库进程退出，全部停止"),
    ],
)
def test_when_one_part_dies_all_stops_and_says_which(home: Path, victim: str, told: str) -> None:
    with started(home, "--no-demo") as run:
        family = run.family()
        os.kill(run.child(victim), signal.SIGKILL)
        assert run.process.wait(60) == 1
        assert_gone(family, run)
        assert told in run.end()


@pytest.mark.slow
def test_ctrl_c_during_the_preparation_stops_at_once(home: Path) -> None:
    run = Run(home, "--no-demo")
    until(lambda: any("migrate" in _command(pid) for pid in run.family()), 120, run)
    family = run.family()
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.process.wait(30) == supervisor.STOPPED, run.text
    assert_gone(family, run)
    assert "Traceback" not in run.end()
    assert "没有启动" not in run.text


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@pytest.mark.slow
def test_a_second_run_on_the_same_data_is_refused_and_harms_nothing(home: Path) -> None:
    with started(home, "--no-demo") as run:
        second = Run(home, "--no-demo")
        assert second.process.wait(60) == 1
        assert "正被另一个准绳使用" in second.end()
        assert run.process.poll() is None
        assert rows(home) > 0


@pytest.mark.slow
def test_an_external_server_is_used_by_one_setting(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With a proxy set for the outer world, which must not be asked for our own page."""
    with external_server() as server:
        database = server.make_database("trial")
        data = tmp_path_factory.mktemp("external-run")
        addresses = (
            "--database-url",
            server.url(APP, database),
            "--owner-database-url",
            server.url(SITE_OWNER, database),
        )
        with started(
            data, "--no-demo", *addresses, HTTP_PROXY="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9"
        ) as run:
            assert not (data / "postgres").exists()
            assert not [pid for pid in run.family() if "bin/postgres" in _command(pid)]
        with psycopg.connect(server.url(APP, database)) as connection:
            assert connection.execute("SELECT count(*) FROM django_migrations").fetchone() != (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DELETE FROM events")
        refused = Run(data, "--no-demo", "--database-url", server.url(APP, "not_there"))
        assert refused.process.wait(120) == 1
        assert "不能连接数据库" in refused.end()
        assert "Traceback" not in refused.text


# -- what is in the way of a start: told before anything is made -------------------------------------------------------


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests' own database is named in the environment, and Ctrl-C is the tests' own."""
    answers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for name in ("PLUMBLINE_DATABASE_URL", "PLUMBLINE_OWNER_DATABASE_URL", "PLUMBLINE_ENV"):
        monkeypatch.delenv(name, raising=False)
    yield
    for number, answer in answers.items():
        signal.signal(number, answer)


def _not_started(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = words if "--port" in words else (*words, "--port", str(port))
    assert supervisor.main(list(words)) == 1
    told = capsys.readouterr().err
    assert told.startswith("没有启动：")
    assert "请" in told
    return told


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file") in _not_started(capsys, "--data", str(tmp_path / "file" / "data"))
    assert "--data" in _not_started(capsys, "--data", str(tmp_path / ("x" * 300)))


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o555)
    if os.getuid() == 0:  # root may write everywhere: what the system would answer another account
        monkeypatch.setattr(supervisor.os, "access", lambda *_: False)
    told = _not_started(capsys, "--data", str(tmp_path))
    assert str(tmp_path) in told
    assert "写" in told


def test_a_path_too_long_for_the_database_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = tmp_path.joinpath(*["d" * 200] * 5)
    told = _not_started(capsys, "--data", str(deep))
    assert "太长" in told
    assert "--data" in told


def test_the_demonstration_does_not_start_as_production(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_ENV", "production")
    assert "docs/deploy.md" in _not_started(capsys, "--data", str(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("host", "port", "told"),
    [
        ("127.0.0.1", 70000, "65535"),
        ("192.0.2.77", 8099, "不是本机的地址"),
        ("no such host", 8099, "不认识监听地址"),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_named(host: str, port: int, told: str) -> None:
    assert told in why_not(host, port)


def test_a_long_temporary_folder_does_not_break_the_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("t" * 90)))
    assert len(f"{DatabaseServer(tmp_path / 'pg').socket_dir}/.s.PGSQL.5432.lock".encode()) <= 107


@pytest.mark.skipif(os.getuid() != 0, reason="needs root")
def test_root_in_a_closed_home_gets_a_folder_that_the_database_can_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = tmp_path / "root"
    (closed / "plumbline").mkdir(parents=True)
    closed.chmod(0o700)
    monkeypatch.chdir(closed / "plumbline")
    monkeypatch.setattr(supervisor, "ROOTS_DATA", tmp_path / "var")
    parser_defaults = supervisor.argparse.Namespace(data=supervisor.DATA, database_url="")
    chosen = supervisor._Run(parser_defaults)._data_folder()
    assert chosen.parent == tmp_path / "var"
    assert str(chosen) in capsys.readouterr().out
    assert supervisor._Run(parser_defaults)._data_folder() == chosen, "a second start finds it again"
