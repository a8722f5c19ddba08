"""``plumbline migrate``, ``serve`` and ``worker`` on a PostgreSQL server of somebody else, as docs/deploy.md says."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import psycopg
import pytest

from plumbline.project import checks
from tests.conftest import NO_OTHER_SERVER
from tests.external_postgresql import (
    APP,
    DEBIAN,
    HOST,
    OWNER,
    ExternalServer,
    bare_environment,
    external_server,
    free_port,
    insert_anything,
    plumbline,
    settings_of_a_site,
    without_checks,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile("[一-鿿]")


@contextmanager
def _serving(settings: dict[str, str]) -> Iterator[int]:
    port = free_port()
    words = ["-m", "plumbline.project.cli", "serve", "--port", str(port), "--workers", "1", "--threads", "2"]
    process = subprocess.Popen(
        [sys.executable, *words], env=bare_environment(**settings), stderr=subprocess.PIPE, text=True
    )
    try:
        deadline = time.monotonic() + 120
        while True:
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield port
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0, "systemd's stop is no failure"
    finally:
        process.kill()
        process.wait()


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _ask(
    port: int, path: str, *, form: bytes | None = None, origin: str = "198.51.100.7", **headers: str
) -> HTTPResponse | urllib.error.HTTPError:
    """As the reverse proxy asks for a browser at ``origin``."""
    told = {"Host": HOST, "X-Forwarded-For": origin, "X-Forwarded-Proto": "https"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=form, headers=told)
    try:
        answer: HTTPResponse = urllib.request.build_opener(_Unfollowed, urllib.request.ProxyHandler({})).open(
            request, timeout=60
        )
    except urllib.error.HTTPError as refusal:
        return refusal
    return answer


# -- what works --------------------------------------------------------------------------------------------------------


def test_a_fit_site_answers_behind_its_proxy(site: dict[str, str]) -> None:
    with _serving(site) as port:
        page = _ask(port, "/login")
        assert page.status == 200
        cookies = page.headers.get_all("Set-Cookie") or []
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        assert "max-age=" in page.headers["Strict-Transport-Security"]
        text = page.read().decode()
        assert "演示" not in text

        style = re.search(r'href="(/static/[^"]+\.css)"', text)
        assert style, "the page names its collected style"
        assert re.search(r"\.[0-9a-f]{12}\.css$", style[1])
        assert _ask(port, style[1]).status == 200

        plain = _ask(port, "/login", X_Forwarded_Proto="http")
        assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/login")
        assert _ask(port, "/login", Host="other.example.com").status == 400

        _five_wrong_passwords(port)


def _five_wrong_passwords(port: int) -> None:
    """The lock-out counts by the browser's own address, not by the proxy's, through which everybody comes."""
    page = _ask(port, "/login")
    token = re.search(r"csrftoken=([^;]+)", " ".join(page.headers.get_all("Set-Cookie") or []))
    assert token
    form = f"csrfmiddlewaretoken={token[1]}&username=zhou&password=wrong".encode()
    proof = {"Cookie": f"csrftoken={token[1]}", "Origin": f"https://{HOST}"}
    tries = [_ask(port, "/login", form=form, **proof).status for _ in range(6)]
    assert tries[0] == 200
    assert tries[-1] == 429
    assert _ask(port, "/login", form=form, origin="198.51.100.8", **proof).status == 200


def test_an_unknown_machine_is_not_believed_about_https(site: dict[str, str]) -> None:
    with _serving(site | {"PLUMBLINE_TRUSTED_PROXIES": "192.0.2.1"}) as port:
        assert _ask(port, "/login").status == 301


def test_the_worker_works_with_the_rights_of_the_serving_account(site: dict[str, str]) -> None:
    done = plumbline("worker", "--once", settings=site)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr


def test_migrating_again_changes_nothing_and_says_so(site: dict[str, str]) -> None:
    done = plumbline("migrate", "--no-static", settings=site)
    assert done.returncode == 0, done.stderr
    assert "No migrations to apply" in done.stdout


def test_djangos_own_deployment_check_has_nothing_to_say(site: dict[str, str]) -> None:
    done = plumbline("manage", "check", "--deploy", "--fail-level", "WARNING", settings=site)
    assert done.returncode == 0, done.stderr


def test_the_serving_account_is_blind_without_a_scope_and_cannot_rewrite_the_log(
    site_server: ExternalServer, site: dict[str, str]
) -> None:
    """Looked at with SQL as the serving account: no part of the program stands in between."""
    site_server.make_database("walled", of="site")
    tables = sorted(checks.walled_tables())
    assert {"cases", "events", "verdicts", "alerts", "documents", "evidence", "case_tasks"} <= set(tables)
    with psycopg.connect(site_server.url("postgres", "walled"), autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        columns = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        known = set(administrator.execute(columns))
        for table in tables:
            # Its agency's, and where several bodies read a row, theirs that are named in it.
            own = {name: "'AG-OWN'" for name in ("agency_id", "agency_code") if (table, name) in known}
            if (table, "parties") in known:
                own["parties"] = "ARRAY['AG-OWN']"
            without_checks(administrator, table)
            insert_anything(administrator, table, **own)
    with psycopg.connect(site_server.url(APP, "walled"), autocommit=True) as web:
        for table in tables:
            count = f"SELECT count(*) FROM {table}"
            assert web.execute(count).fetchone() == (0,), f"{table} without a scope"
            web.execute("SELECT set_config('plumbline.scope', 'AG-OTHER', false)")
            assert web.execute(count).fetchone() == (0,), f"{table} in another agency's scope"
            web.execute("SELECT set_config('plumbline.scope', 'AG-OWN', false)")
            assert web.execute(count).fetchone() == (1,), f"{table} in its agency's scope"
            web.execute("SELECT set_config('plumbline.scope', '', false)")
        for statement in ("UPDATE events SET agency_code = 'x'", "DELETE FROM events", "TRUNCATE events"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(statement)


# -- what cannot be migrated -------------------------------------------------------------------------------------------


def _not_migrated(settings: dict[str, str], named: str) -> None:
    done = plumbline("migrate", "--no-static", settings=settings)
    assert done.returncode == 1, done.stdout + done.stderr
    assert named in done.stderr
    assert CHINESE.search(done.stderr)
    assert "Traceback" not in done.stderr


def test_migrating_without_the_right_to_is_explained(
    site_server: ExternalServer, site: dict[str, str]
) -> None:
    empty = site_server.make_database("not_ours")
    settings = site | {"PLUMBLINE_DATABASE_URL": site_server.url(APP, empty)}
    del settings["PLUMBLINE_OWNER_DATABASE_URL"]
    _not_migrated(settings, "PLUMBLINE_OWNER_DATABASE_URL")


def test_migrating_for_an_account_that_is_not_there_is_explained(site: dict[str, str]) -> None:
    elsewhere = site["PLUMBLINE_DATABASE_URL"].replace(APP, "nobody_made_me")
    _not_migrated(site | {"PLUMBLINE_DATABASE_URL": elsewhere}, "CREATE ROLE")


def test_migrating_an_unreachable_server_is_explained(site: dict[str, str]) -> None:
    nobody_there = f"postgresql://{OWNER}:x@127.0.0.1:{free_port()}/site"
    _not_migrated(site | {"PLUMBLINE_OWNER_DATABASE_URL": nobody_there}, "不能连接数据库")


def test_migrating_into_a_database_without_chinese_leaves_it_empty(
    site_server: ExternalServer, site: dict[str, str]
) -> None:
    deaf = site_server.make_database("deaf_site", locale="C")
    _not_migrated(site | {"PLUMBLINE_OWNER_DATABASE_URL": site_server.url(OWNER, deaf)}, "C.UTF-8")
    with psycopg.connect(site_server.url(OWNER, deaf)) as connection:
        assert connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,)


# -- another PostgreSQL ------------------------------------------------------------------------------------------------


def test_the_same_build_runs_on_debians_postgresql_15(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not (DEBIAN / "initdb").exists():
        pytest.skip(NO_OTHER_SERVER)
    with external_server(DEBIAN) as server:
        assert _version(server) == 15
        settings = settings_of_a_site(server, server.make_database("site"), tmp_path_factory.mktemp("site15"))
        done = plumbline("migrate", settings=settings)
        assert done.returncode == 0, done.stderr
        with _serving(settings) as port:
            assert _ask(port, "/login").status == 200


def _version(server: ExternalServer) -> int:
    with psycopg.connect(server.url("postgres", "postgres")) as connection:
        return connection.info.server_version // 10_000


# -- the guide ---------------------------------------------------------------------------------------------------------

GUIDE = (ROOT / "docs" / "deploy.md").read_text()
SET_BY_THE_PROGRAM = {
    "PLUMBLINE_PROCESS",
    "PLUMBLINE_DEMO",
    "PLUMBLINE_PACKS",
    "PLUMBLINE_DISTRICT",
    "PLUMBLINE_FIELD_FAULT_POINT",
}  # the last: the test environment alone reads it


def test_the_guides_table_holds_every_setting_and_no_other() -> None:
    read = set()
    for name in ("settings", "deployment", "database_server", "supervisor", "wsgi"):
        source = (ROOT / "src" / "plumbline" / "project" / f"{name}.py").read_text()
        read |= set(re.findall(r'"(PLUMBLINE_[A-Z_]+)"', source))
    told = set(re.findall(r"^\| `(PLUMBLINE_[A-Z_]+)` \|", GUIDE, re.MULTILINE))
    assert told == read - SET_BY_THE_PROGRAM


def test_the_guide_explains_every_reason_not_to_start() -> None:
    source = (ROOT / "src" / "plumbline" / "project" / "checks.py").read_text()
    table = GUIDE[GUIDE.index("## 8.") :]
    assert set(re.findall(r'"(E\d{3})"', source)) == set(re.findall(r"E\d{3}", table))


def test_the_guides_proxy_replaces_what_a_browser_says_of_itself() -> None:
    """A client that could choose its own address would escape the lock-out."""
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in GUIDE
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in GUIDE


def test_a_restored_backup_serves_as_the_guide_says(
    site_server: ExternalServer, site: dict[str, str], tmp_path: Path
) -> None:
    """Dump by the owner, restore into an empty database, migrate: the walls and the rights are there again."""
    dump = re.search(r"^(pg_dump .*?)\s+#", GUIDE, re.MULTILINE)
    restore = re.search(r"^(pg_restore .*)$", GUIDE, re.MULTILINE)
    assert dump
    assert restore
    site_server.make_database("restored")
    for words, database in ((dump[1], "site"), (restore[1], "restored")):
        script = words.replace("plumbline.dump", str(tmp_path / "plumbline.dump"))
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            env=bare_environment(
                PATH=f"{site_server.programs}:/usr/bin:/bin",
                PLUMBLINE_OWNER_DATABASE_URL=site_server.url(OWNER, database),
            ),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    restored = site | {
        "PLUMBLINE_DATABASE_URL": site_server.url(APP, "restored"),
        "PLUMBLINE_OWNER_DATABASE_URL": site_server.url(OWNER, "restored"),
    }
    done = plumbline("migrate", "--no-static", settings=restored)
    assert done.returncode == 0, done.stderr
    done = plumbline("worker", "--once", settings=restored)
    assert done.returncode == 0, done.stderr
