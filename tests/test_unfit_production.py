"""Every reason for which production does not start: said in Chinese, with its remedy, at every entry point."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.hashers import make_password

from plumbline.platform.identity.models import Person
from plumbline.project import checks
from tests.external_postgresql import (
    APP,
    OWNER,
    ExternalServer,
    bare_environment,
    free_port,
    insert_anything,
    plumbline,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def copy(site_server: ExternalServer, site: dict[str, str], look: Looks) -> str:
    """The address of a copy of the site's database, to be spoilt."""
    look(f"postgresql://x:x@127.0.0.1:{free_port()}/site")  # it lets go of the database that is copied
    site_server.make_database("spoilt", of="site")
    return site_server.url(APP, "spoilt")


def _refused(settings: dict[str, str], *numbers: str, words: tuple[str, ...]) -> str:
    """Nothing starts; each reason is a Chinese sentence with its remedy, and there is no traceback."""
    done = plumbline(*words, settings=settings)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "没有启动" in done.stderr
    assert "Traceback" not in done.stderr
    assert re.findall(r"plumbline\.(E\d+)", done.stderr) == list(numbers), done.stderr
    for line in done.stderr.splitlines()[1:]:
        assert CHINESE.search(line)
        assert re.search("请", line), f"no remedy: {line}"
    return done.stderr


def test_open_settings_are_refused_together(site: dict[str, str]) -> None:
    """All at once: an administrator mends them in one go."""
    open_ = site | {"PLUMBLINE_DEBUG": "1", "PLUMBLINE_ALLOWED_HOSTS": "*"}
    del open_["PLUMBLINE_SECRET_KEY"]
    told = _refused(open_, "E001", "E003", "E004", words=("serve", "--port", str(free_port())))
    for setting in ("PLUMBLINE_SECRET_KEY", "PLUMBLINE_DEBUG", "PLUMBLINE_ALLOWED_HOSTS"):
        assert setting in told


def test_a_short_secret_unnamed_hosts_and_an_owner_are_refused(
    site_server: ExternalServer, site: dict[str, str], tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("short\n")
    settings = site | {
        "PLUMBLINE_SECRET_KEY_FILE": str(key),
        "PLUMBLINE_DATABASE_URL": site_server.url(OWNER, "site"),
        "PLUMBLINE_DATA_DIR": str(tmp_path / "none"),
    }
    del settings["PLUMBLINE_ALLOWED_HOSTS"]
    told = _refused(settings, "E002", "E004", "E014", "E020", "E018", words=("worker", "--once"))
    assert OWNER in told
    assert str(tmp_path / "none") in told


Looks = Callable[[str], list[tuple[str, str]]]
LOOK = """
import json, sys
import django
django.setup()
from django.db import connection
from plumbline.project import checks, settings
for line in sys.stdin:
    connection.close()
    connection.settings_dict.update(settings._database(line.strip()))
    print(json.dumps([[each.id[-4:], f"{each.msg}。{each.hint}"] for each in checks.unfit()]), flush=True)
"""


@pytest.fixture(scope="module")
def look(site: dict[str, str]) -> Iterator[Looks]:
    """What a production process says of one database after another, by the function that every entry point calls."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOOK],
        env=bare_environment(DJANGO_SETTINGS_MODULE="plumbline.project.settings", **site),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    asked, answered = process.stdin, process.stdout

    def at(url: str) -> list[tuple[str, str]]:
        asked.write(url + "\n")
        asked.flush()
        found = [(number, told) for number, told in json.loads(answered.readline())]
        for _, told in found:
            assert CHINESE.search(told)
            assert "请" in told, f"no remedy: {told}"
        return found

    yield at
    asked.close()
    process.wait(timeout=60)


def _only(found: list[tuple[str, str]], number: str) -> str:
    assert [each for each, _ in found] == [number], found
    return found[0][1]


def test_a_fit_site_has_nothing_against_it(site: dict[str, str], look: Looks) -> None:
    assert look(site["PLUMBLINE_DATABASE_URL"]) == []


@pytest.mark.parametrize(
    ("role", "number"),
    [("postgres", "E013"), ("site_bypass", "E013"), (OWNER, "E014"), ("site_member", "E014")],
)
def test_an_account_that_row_security_does_not_bind_is_refused(
    site_server: ExternalServer, look: Looks, role: str, number: str
) -> None:
    site_server.run("site", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO site_bypass")
    assert role in _only(look(site_server.url(role, "site")), number)


def test_a_log_that_can_be_rewritten_is_refused(site_server: ExternalServer, copy: str, look: Looks) -> None:
    site_server.run("spoilt", f"GRANT UPDATE ON events TO {APP}")
    assert "events" in _only(look(copy), "E015")


LAST_MIGRATION_UNDONE = (
    "DELETE FROM django_migrations WHERE app = 'supervision' AND name ="
    " (SELECT max(name) FROM django_migrations WHERE app = 'supervision')"
)


def test_missing_migrations_are_refused(site_server: ExternalServer, copy: str, look: Looks) -> None:
    site_server.run("spoilt", LAST_MIGRATION_UNDONE)
    assert "plumbline migrate" in _only(look(copy), "E016")


def test_an_empty_database_is_refused(site_server: ExternalServer, look: Looks) -> None:
    site_server.make_database("nothing_yet")
    assert "plumbline migrate" in _only(look(site_server.url(APP, "nothing_yet")), "E016")


def test_a_lost_wall_is_refused(site_server: ExternalServer, copy: str, look: Looks) -> None:
    site_server.run("spoilt", "ALTER TABLE cases DISABLE ROW LEVEL SECURITY")
    site_server.run(
        "spoilt", *(f"DROP POLICY plumbline_{verb} ON events" for verb in ("read", "add", "change", "remove"))
    )
    told = _only(look(copy), "E019")
    assert "cases" in told
    assert "events" in told


def test_invented_people_are_refused(site_server: ExternalServer, copy: str, look: Looks) -> None:
    with psycopg.connect(site_server.url("postgres", "spoilt"), autocommit=True) as administrator:
        insert_anything(administrator, Person._meta.db_table, is_fictitious="true")
    assert "另建空库" in _only(look(copy), "E017")


def test_the_public_password_is_refused(site_server: ExternalServer, copy: str, look: Looks) -> None:
    """Somebody removed the marks of the demonstration and kept its administrator."""
    with psycopg.connect(site_server.url("postgres", "spoilt"), autocommit=True) as administrator:
        password = f"'{make_password('plumbline-demo', hasher='pbkdf2_sha256')}'"
        insert_anything(administrator, Person._meta.db_table, login_name="'xitong'", password=password)
    assert "演示密码" in _only(look(copy), "E017")


def test_an_unreachable_server_is_refused(look: Looks) -> None:
    assert "PLUMBLINE_DATABASE_URL" in _only(look(f"postgresql://x:x@127.0.0.1:{free_port()}/site"), "E010")


def test_demonstration_data_cannot_be_put_into_production(site: dict[str, str]) -> None:
    done = plumbline("manage", "seed_demo", settings=site)
    assert done.returncode != 0
    assert "Unknown command" in done.stderr


def test_an_old_server_and_a_database_without_chinese_are_refused(site_server: ExternalServer) -> None:
    class _Told:
        """What PostgreSQL 14 answers; no such server is at hand."""

        def execute(self, statement: str) -> None:
            assert "server_version" in statement

        def fetchone(self) -> tuple[int, str]:
            return 14, "14.12"

    assert [each.id for each in checks.of_server(_Told())] == ["plumbline.E011"]
    site_server.make_database("deaf", locale="C")
    with psycopg.connect(site_server.url(APP, "deaf")) as connection:
        assert [each.id for each in checks.of_server(connection.cursor())] == ["plumbline.E012"]
    with psycopg.connect(site_server.url(APP, "postgres")) as connection:
        assert checks.of_server(connection.cursor()) == []


def test_the_web_server_started_past_the_command_line_refuses_too(site: dict[str, str]) -> None:
    port = free_port()
    words = ["-m", "granian", "--interface", "wsgi", "--port", str(port)]
    spoilt = bare_environment(**site) | {"PLUMBLINE_SECRET_KEY": "short"}
    done = subprocess.run(
        [sys.executable, *words, "plumbline.project.wsgi:application"],
        env=spoilt,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode != 0, "it ends, instead of starting workers for ever"
    assert "plumbline.E002" in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"PLUMBLINE_ENV": "prodution"}, "PLUMBLINE_ENV"),
        ({"PLUMBLINE_DATABASE_URL": "mysql://a@b/c"}, "postgresql://"),
        ({"PLUMBLINE_DATABASE_URL": "postgresql://a:pass/word@host/c"}, "%40"),
        ({"PLUMBLINE_SESSION_IDLE_SECONDS": "half an hour"}, "PLUMBLINE_SESSION_IDLE_SECONDS"),
        ({"PLUMBLINE_SECRET_KEY_FILE": "/nowhere/key"}, "PLUMBLINE_SECRET_KEY_FILE"),
    ],
)
def test_a_slip_of_the_pen_is_named(settings: dict[str, str], named: str) -> None:
    told = plumbline("worker", "--once", settings={"PLUMBLINE_DATABASE_URL": "postgresql:///x"} | settings)
    assert told.returncode == 1
    assert named in told.stderr
    assert CHINESE.search(told.stderr)
    assert "Traceback" not in told.stderr


def test_without_an_address_the_setting_is_named() -> None:
    told = plumbline("serve", settings={"PLUMBLINE_ENV": "production"})
    assert (told.returncode, "PLUMBLINE_DATABASE_URL=postgresql://" in told.stderr) == (2, True)
