"""The demonstration district, small, behind a real server with a database of its own, and a clock that stories move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
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


@pytest.fixture
def site(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    at: At,
) -> Iterator[str]:
    """The address of a server over a district with a few dozen cases, every one checked against the rules.

    Not ``live_server``: it ends by truncating every table, which the event log refuses.
    """
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    from plumbline.platform.events.outbox import work_off
    from plumbline.platform.verdicts import registers
    from plumbline.project.demo.seeding import prepare

    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["localhost"]
    with django_db_blocker.unblock(), own_database("journey"):
        monkeypatch.setattr(registers, "_kept", None)  # what was gathered of another database
        with at("2026-10-09 17:00"):
            prepare(count=24, say=lambda _: None)
            while work_off(limit=4000):
                pass
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
