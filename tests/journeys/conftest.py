"""The demonstration district, small, behind a real server with a database of its own, and a clock that stories move."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.own_database import own_database

from .people import close_all, last_page

At = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def at() -> At:
    """``with at("2026-10-12 09:00"):`` everybody, the server included, lives at that moment in Beijing time."""
    from plumbline.platform import clock

    @contextmanager
    def moment(words: str) -> Iterator[None]:
        with time_machine.travel(datetime.fromisoformat(words).replace(tzinfo=clock.CHINA), tick=True):
            yield

    return moment


@dataclass(frozen=True)
class SeededDistrict:
    """A database to copy, and the folder of files that belongs to it."""

    database: str
    files: Path


@pytest.fixture(scope="session")
def seeded_district(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> SeededDistrict:
    """A district with a few dozen cases, every one checked against the rules; made once for all test processes."""
    from django.test import override_settings

    from plumbline.platform import clock
    from plumbline.platform.events.outbox import work_off
    from plumbline.platform.verdicts import registers
    from plumbline.project.demo.seeding import prepare

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    told, files = shared / "district-database", shared / "district-files"
    with (shared / "district-lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not told.exists():
            with (
                pytest.MonkeyPatch.context() as patch,
                override_settings(DATA_DIR=files),
                django_db_blocker.unblock(),
                own_database("district", kept_after=True) as name,
                time_machine.travel(datetime(2026, 10, 9, 17, 0, tzinfo=clock.CHINA), tick=True),
            ):
                files.mkdir(exist_ok=True)
                patch.setattr(registers, "_kept", None)  # what was gathered of another database
                prepare(count=24, say=lambda _: None)
                while work_off(limit=4000):
                    pass
                told.write_text(name)
    return SeededDistrict(told.read_text(), files)


@pytest.fixture
def site(
    seeded_district: SeededDistrict,
    django_db_blocker: Any,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The address of a server over a copy of the seeded district.

    Not ``live_server``: it ends by truncating every table, which the event log refuses.
    """
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    from plumbline.platform.verdicts import registers

    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["localhost"]
    shutil.copytree(seeded_district.files, tmp_path, dirs_exist_ok=True)
    with django_db_blocker.unblock(), own_database("journey", template=seeded_district.database):
        monkeypatch.setattr(registers, "_kept", None)
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None, server.error
        yield f"http://localhost:{server.port}"
        close_all()
        server.terminate()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """What the last person saw, beside a failure."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed and "site" in getattr(item, "fixturenames", ()):
        report.sections.append(("the last page", last_page()))
