"""The embedded server: starts, keeps its data, survives kill -9, and runs for root without being root."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from plumbline.project import database_server
from plumbline.project.database_server import (
    APP,
    OWNER,
    SUPERUSER,
    DatabaseServer,
    DatabaseServerFault,
    binaries,
)
from tests.external_postgresql import folder_for_a_database

as_root = pytest.mark.skipif(os.getuid() != 0, reason="needs root: PostgreSQL refuses to run as root")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with folder_for_a_database() as made:
        yield made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[DatabaseServer]:
    running = DatabaseServer(folder / "postgres")
    running.start()
    yield running
    running.stop()


def _one(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def _do(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_committed_data_is_safe_by_its_settings(server: DatabaseServer) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert _one(server.url(), f"SHOW {setting}") == "on", setting


def test_it_listens_on_a_private_socket_only(server: DatabaseServer) -> None:
    assert _one(server.url(), "SHOW listen_addresses") == ""
    assert server.socket_dir.stat().st_mode & 0o077 == 0
    assert len(f"{server.socket_dir}/.s.PGSQL.5432".encode()) < 107


def test_the_app_role_is_neither_superuser_nor_owner(server: DatabaseServer) -> None:
    assert _one(server.url(APP), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert _one(server.url(APP), "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    assert (
        _one(server.url(), "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'plumbline'")
        == OWNER
    )


def test_the_app_may_write_the_owners_tables_but_not_make_or_drop_them(server: DatabaseServer) -> None:
    _do(server.url(OWNER), "CREATE TABLE grants (x int)", "INSERT INTO grants VALUES (1)")
    assert _one(server.url(APP), "UPDATE grants SET x = 2 RETURNING x") == 2
    for forbidden in ("DROP TABLE grants", "TRUNCATE grants", "CREATE TABLE own (x int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _do(server.url(APP), forbidden)


def test_chinese_can_be_searched_by_trigrams(server: DatabaseServer) -> None:
    assert _one(server.url(), "SELECT show_trgm('处罚案')")
    assert _one(server.url(), "SELECT similarity('新洲区城管局', '新洲区城市管理局') > 0.2") is True


def test_a_restart_keeps_the_data(folder: Path) -> None:
    server = DatabaseServer(folder / "kept")
    server.start()
    _do(server.url(SUPERUSER), "CREATE TABLE kept AS SELECT '处罚决定' AS text")
    server.stop()
    assert not server.is_running
    server.start()
    try:
        assert _one(server.url(SUPERUSER), "SELECT text FROM kept") == "处罚决定"
    finally:
        server.stop()


def test_a_killed_server_starts_again_with_all_that_was_committed(folder: Path) -> None:
    killed = DatabaseServer(folder / "killed")
    killed.start()
    _do(killed.url(SUPERUSER), "CREATE TABLE kept AS SELECT 1 AS x")
    os.kill(killed.pid, signal.SIGKILL)  # not waited for: it stays a zombie, as under a slow init process
    assert (folder / "killed" / "postmaster.pid").exists()
    del killed
    gc.collect()  # as a killed parent would be gone
    next_run = DatabaseServer(folder / "killed")
    next_run.start()
    try:
        assert _one(next_run.url(SUPERUSER), "SELECT x FROM kept") == 1
    finally:
        next_run.stop()


def test_a_stale_pid_of_another_program_is_no_obstacle(folder: Path) -> None:
    server = DatabaseServer(folder / "stale", durable=False)
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n")  # our number: alive, and not a database
    began = time.monotonic()
    server.start()
    try:
        assert time.monotonic() - began < 10
        assert _one(server.url(), "SELECT 1") == 1
    finally:
        server.stop()


@as_root
def test_for_root_the_server_runs_as_another_account(server: DatabaseServer) -> None:
    told = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    uid = next(line for line in told if line.startswith("Uid:")).split()[2]
    assert uid != "0"


@as_root
def test_for_root_a_closed_parent_folder_is_named(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(DatabaseServerFault, match=r"nobody.*closed.*--data"):
        DatabaseServer(closed / "postgres").start()


def test_a_wrong_program_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLUMBLINE_PG_BIN", str(tmp_path))
    with pytest.raises(DatabaseServerFault, match="PLUMBLINE_PG_BIN"):
        binaries()


def test_a_named_program_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "initdb").touch()
    monkeypatch.setenv("PLUMBLINE_PG_BIN", str(tmp_path))
    assert binaries() == tmp_path


def test_without_any_programs_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLUMBLINE_PG_BIN", raising=False)
    monkeypatch.setattr(database_server.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(database_server.Path, "glob", lambda self, pattern: iter(()))
    with pytest.raises(DatabaseServerFault, match=r"\./run.*--database-url"):
        binaries()


def test_a_second_run_on_the_same_data_is_refused_and_harms_nothing(server: DatabaseServer) -> None:
    with pytest.raises(DatabaseServerFault, match="正被另一个准绳使用"):
        DatabaseServer(server.data).start()
    assert _one(server.url(), "SELECT 1") == 1


def test_a_port_in_the_users_environment_does_not_mislead(
    server: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    assert _one(server.url(), "SELECT 1") == 1


def test_the_server_ends_with_a_killed_parent(folder: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from plumbline.project.database_server import DatabaseServer\n"
        "s = DatabaseServer(Path(sys.argv[1])); s.start(); print(s.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder / "orphan")], capture_output=True, text=True, check=False
    )
    server_pid = int(done.stdout)
    deadline = time.monotonic() + 10
    while database_server._is_alive(server_pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not database_server._is_alive(server_pid)
