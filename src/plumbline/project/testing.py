"""Pytest plugin: one embedded database server a session, started before Django reads its settings.

Named in ``addopts`` (``-p plumbline.project.testing``), so that it is there before any other plugin. The workers of
pytest-xdist inherit the address; pytest-django gives each of them a database of its own.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from .database_server import SUPERUSER, DatabaseServer

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--dist loadgroup``: a file stays on one worker, which sets up once what its tests share; slow files go first.

    Begun first, a slow file leaves no worker idle at the end. Files of one ``xdist_group`` are kept together.
    """
    if not getattr(config.option, "loadgroup", False):  # stated to the workers of pytest-xdist alone
        return
    rank: dict[str, int] = {}
    groups: dict[pytest.Item, str] = {}
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        group = mark.args[0] if mark else item.nodeid.partition("::")[0]
        if mark is None:
            item.add_marker(pytest.mark.xdist_group(group))
        own = next((n for n, name in enumerate(("browser", "slow")) if item.get_closest_marker(name)), 2)
        groups[item], rank[group] = group, min(own, rank.get(group, own))
    items.sort(key=lambda item: rank[groups[item]])


def pytest_collection_finish() -> None:
    """What collection made lives as long as the session: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    global _server
    if _server is not None:
        _server.stop()
        shutil.rmtree(_server.data.parent, ignore_errors=True)
        _server = None
        os.environ.pop(ADDRESS, None)
