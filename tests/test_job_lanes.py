"""A job that somebody waits for starts at once, whatever runs for hours beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from plumbline.platform.identity.actor import system_actor
from plumbline.platform.jobs import running
from plumbline.platform.jobs.running import LONG, SHORT, JobRun, lane_of, start

from .own_database import own_database

IN_TURN = 15  # seconds after which the long job gives up waiting for the short one


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), own_database("lanes"):
        yield


def test_what_takes_hours_has_a_lane_of_its_own() -> None:
    import plumbline.apps.casefile.jobs
    import plumbline.platform.recheck.running  # noqa: F401 - they declare their kinds

    assert {lane_of(kind) for kind in ("recheck.run", "exchange.import", "whatif.judge")} == {LONG}
    assert {lane_of(kind) for kind in ("casefile.bind", "casefile.seal", "cases.export")} == {SHORT}


def test_a_short_job_runs_while_a_long_one_does(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.platform.jobs.management.commands.worker import work_jobs

    monkeypatch.setattr(running, "_KINDS", dict(running._KINDS))
    monkeypatch.setattr(running, "_LONG", set(running._LONG))
    long_runs, short_over = threading.Event(), threading.Event()

    @running.job("test.long", long=True)
    def long(run: JobRun) -> dict[str, Any]:
        long_runs.set()
        return {"saw_the_short_one_end": short_over.wait(IN_TURN)}

    @running.job("test.short")
    def short(run: JobRun) -> dict[str, Any]:
        beside = long_runs.wait(IN_TURN)
        short_over.set()
        return {"beside_the_long_one": beside}

    actor = system_actor("test")
    first = start("test.long", actor=actor, title="长任务", arguments={})
    second = start("test.short", actor=actor, title="短任务", arguments={})
    with ThreadPoolExecutor(max_workers=1) as one:  # a browser's loop may run in the thread of the tests
        one.submit(work_jobs, wait=False).result()
    for each in (first, second):
        each.refresh_from_db()
    assert (first.state, first.result) == ("done", {"saw_the_short_one_end": True})
    assert (second.state, second.result) == ("done", {"beside_the_long_one": True})
