"""Pytest plugin: one embedded database server a session, started before Django reads its settings.

Named in ``addopts`` (``-p plumbline.project.testing``), so that it is there before any other plugin. The workers of
pytest-xdist inherit the address; pytest-django gives each of them a database of its own.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from .database_server import SUPERUSER, DatabaseServer

# At the default of 700 new objects the garbage collector takes a tenth of the time that a test process works.
gc.set_threshold(50_000, 20, 20)

ADDRESS = "PLUMBLINE_TEST_DATABASE_URL"
os.environ["PLUMBLINE_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "plumbline.project.settings"
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright's synchronous interface runs a loop of its own


def _start() -> DatabaseServer | None:
    if os.environ.get(ADDRESS):
        os.environ["PLUMBLINE_DATABASE_URL"] = os.environ[ADDRESS]
        return None
    folder = Path(tempfile.mkdtemp(prefix="plumbline-tests-"))
    folder.chmod(0o755)
    os.environ["PLUMBLINE_DATA_DIR"] = str(folder / "data")
    server = DatabaseServer(folder / "postgres", durable=False)
    server.start()
    os.environ[ADDRESS] = os.environ["PLUMBLINE_DATABASE_URL"] = server.url(SUPERUSER, "plumbline")
    return server


_server = _start()


OFFICE_HOURS = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _office_hours(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test that touches the database runs on one afternoon of a working day, whenever it is run."""
    touches = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if not touches and request.node.get_closest_marker("django_db") is None:
        yield
        return
    with time_machine.travel(OFFICE_HOURS, tick=True):
        yield


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files are not named by what is in them: a packed one holds the second it was made, which differs between workers."""
    return argname if isinstance(val, bytes) else None


FIRST = ("longest", "browser", "slow")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the workers of pytest-xdist, the longest files go first, then those that drive a browser and slow ones: none is left
    to one worker at the end, while another idles, and only one worker comes to the stories whose district has first to be
    made. ``--dist loadfile --no-loadscope-reorder`` keeps this order.
    """
    if not hasattr(config, "workerinput"):
        return
    rank: dict[Path, int] = {}
    for item in items:
        own = next((n for n, name in enumerate(FIRST) if item.get_closest_marker(name)), len(FIRST))
        rank[item.path] = min(own, rank.get(item.path, own))
    items.sort(key=lambda item: rank[item.path])


def pytest_collection_finish() -> None:
    """What collection made lives as long as the session: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Test processes beside one another copy one migrated database; running every migration is dear."""
    told: dict[str, str] = getattr(session.config, "workerinput", {})
    if told and session.items:
        from django.db import connection
        from pytest_django.plugin import blocking_manager_key

        with session.config.stash[blocking_manager_key].unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = _migrated(f"migrated_{told['testrunuid']}")


def _migrated(name: str) -> str:
    """The name of a database with all migrations, made by the process that comes first."""
    from django.core.management import call_command
    from django.db import connection

    kept = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as turn:
        turn.execute("SELECT pg_advisory_lock(%s)", [zlib.crc32(name.encode())])
        turn.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if turn.fetchone() is None:
            turn.execute(f'CREATE DATABASE "{name}"')
            connection.close()
            connection.settings_dict["NAME"] = name
            try:
                call_command("migrate", verbosity=0)
            finally:
                connection.close()
                connection.settings_dict["NAME"] = kept
    return name


def pytest_unconfigure(config: pytest.Config) -> None:
    global _server
    if _server is not None:
        _server.stop()
        shutil.rmtree(_server.data.parent, ignore_errors=True)
        _server = None
        os.environ.pop(ADDRESS, None)
