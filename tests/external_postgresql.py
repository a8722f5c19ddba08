"""A PostgreSQL server of somebody else: reached by TCP and password only, with accounts its administrator has made."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from plumbline.project.database_server import DatabaseServer, die_with_parent

OWNER, APP, PASSWORD = "site_owner", "site_app", "a password with @ and /"
ADMINISTRATORS_PASSWORD = "of the administrator"
DEBIAN = Path("/usr/lib/postgresql/15/bin")
HOST = "zhunsheng.example.gov.cn"
SECRET = "xS3-0pQv7LrT9_mZkYw2HdJ8cNfB5gUaEi1oRt6VyXbKq4WlMjPnCzDhGsFe"
ACCOUNTS = (
    f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'",
    f"CREATE ROLE {APP} LOGIN PASSWORD '{PASSWORD}'",
    f"CREATE ROLE site_bypass LOGIN BYPASSRLS PASSWORD '{PASSWORD}'",
    f"CREATE ROLE site_member LOGIN PASSWORD '{PASSWORD}' IN ROLE {OWNER}",
)


@dataclass(frozen=True)
class ExternalServer:
    port: int
    programs: Path

    def url(self, role: str, database: str) -> str:
        """As a site writes it, with the password's special characters escaped."""
        password = ADMINISTRATORS_PASSWORD if role == "postgres" else PASSWORD
        escaped = password.replace(" ", "%20").replace("@", "%40").replace("/", "%2F")
        return f"postgresql://{role}:{escaped}@127.0.0.1:{self.port}/{database}"

    def run(self, database: str, *statements: str) -> None:
        with psycopg.connect(self.url("postgres", database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def make_database(self, name: str, *, of: str = "template0", locale: str = "C.UTF-8") -> str:
        self.run(
            "postgres",
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {of} ENCODING 'UTF8' LOCALE '{locale}'",
        )
        return name


@contextmanager
def folder_for_a_database() -> Iterator[Path]:
    """Not pytest's: for root the server is another account, and each pytest closes their common parent again."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def external_server(programs: Path | None = None) -> Iterator[ExternalServer]:
    """Started with the wheel's programs, or with those in ``programs``; ended with the block."""
    with folder_for_a_database() as folder:
        yield from _started(folder, programs)


def _started(folder: Path, programs: Path | None) -> Iterator[ExternalServer]:
    account = "nobody" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    place = folder / "external"
    place.mkdir()
    (folder / "password").write_text(ADMINISTRATORS_PASSWORD)
    if account:
        shutil.chown(place, account)
    programs = programs or DatabaseServer(folder / "unused")._programs()
    initdb = [programs / "initdb", "-D", place, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]
    initdb += ["-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync"]
    subprocess.run(initdb, check=True, user=account, capture_output=True)
    port = free_port()
    settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off"]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", place, *(word for each in settings for word in ("-c", each))],
            user=account,
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
    try:
        external = ExternalServer(port, programs)
        _wait(external)
        external.run("postgres", *ACCOUNTS)
        yield external
    finally:
        running = server.poll() is None
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        assert running, (folder / "log").read_text()[-2000:]


def _wait(server: ExternalServer) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            return server.run("postgres")
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def bare_environment(**settings: str) -> dict[str, str]:
    """The machine's environment without the tests' own settings, and with ``settings``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLUMBLINE_", "DJANGO_", "PG"))}
    return kept | settings


def plumbline(*words: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plumbline.project.cli", *words],
        env=bare_environment(**settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )


def settings_of_a_site(server: ExternalServer, database: str, data: Path) -> dict[str, str]:
    """What docs/deploy.md asks for, and nothing else."""
    return {
        "PLUMBLINE_ENV": "production",
        "PLUMBLINE_SECRET_KEY": SECRET,
        "PLUMBLINE_ALLOWED_HOSTS": HOST,
        "PLUMBLINE_DATABASE_URL": server.url(APP, database),
        "PLUMBLINE_OWNER_DATABASE_URL": server.url(OWNER, database),
        "PLUMBLINE_DATA_DIR": str(data),
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def without_checks(connection: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    """Let a table of a throw-away database take rows that contradict themselves: only who may see them is looked at."""
    checks = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
    ).fetchall()
    for (name,) in checks:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')  # type: ignore[arg-type]


def insert_anything(connection: psycopg.Connection[tuple[object, ...]], table: str, **given: str) -> None:
    """One row; every column that must be filled and is not given gets some value of its type."""
    columns = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attnotnull AND attidentity = '' AND NOT atthasdef AND attgenerated = ''",
        [table],
    ).fetchall()
    plain = {
        "boolean": "false",
        "jsonb": "'{}'",
        "uuid": "gen_random_uuid()",
        "date": "current_date",
        "timestamp with time zone": "now()",
        "text[]": "'{}'",
        "character varying[]": "'{}'",
        "bytea": "''",
        "character varying": "'x'",
        "character": "'x'",
        "text": "'x'",
    }
    values = {str(name): plain.get(str(kind), "1") for name, kind in columns}
    values |= given
    names = [f'"{name}"' for name in values]
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values.values())})"  # type: ignore[arg-type]
    )
