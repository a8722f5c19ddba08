"""A process killed in the middle of an import: all or nothing leaves nothing, a resumable one goes on from there.

Real processes on a database of their own: a copy of the test database, so that the event log of the others, which
nobody can empty, stays as it is.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from django.db import connection, connections

import plumbline

FOLDER = Path(plumbline.__file__).parent / "project" / "demo"
IMPORTS = """
import os, signal, sys
from pathlib import Path

import django
import orjson

django.setup()
from plumbline.apps.supervision.models import Alert
from plumbline.platform.events import intake
from plumbline.platform.events.models import OutboxMessage, StoredEvent
from plumbline.platform.identity.actor import system_actor
from plumbline.surfaces.exchange.importing import import_events

folder, how, dies = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "dies"
intake.CHUNK = 4
written = 0

def progress(at, total, text):
    global written
    written += text == "写入事件"
    if dies and written == 2:
        os.kill(os.getpid(), signal.SIGKILL)

left = {"events": StoredEvent.objects.unscoped("test").count(), "owed": OutboxMessage.objects.exists()}
if not dies and not left["events"]:
    assert not left["owed"]
with (folder / "outside_case.jsonl").open("rb") as lines:
    done = import_events(lines, actor=system_actor("import"), resumable=how == "resumable", progress=progress,
                         registers=(folder / "outside_case_registers.json").read_bytes())
alerts = Alert.objects.unscoped("test").count()
print(orjson.dumps(left | {"added": done.intake.added, "replayed": done.intake.replayed, "alerts": alerts}).decode())
"""
BUILDS = """
import django
django.setup()
from plumbline.surfaces.exchange.tests.district import build
build()
"""


@pytest.fixture
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a database of its own, a copy of a migrated one to which nobody may be connected meanwhile.

    Beside other test processes that is the template all of them copy, which no thread of an earlier test still holds.
    """
    name = connection.settings_dict["NAME"]
    server = os.environ["PLUMBLINE_DATABASE_URL"]
    if name == "plumbline":
        pytest.fail(
            "pytest-django makes a database only where some collected test is marked: run the whole file"
        )
    copy = f"{name}_killed"
    template = connection.settings_dict["TEST"].get("TEMPLATE") or name
    with django_db_blocker.unblock():
        connections.close_all()
    with psycopg.connect(server, autocommit=True) as control:
        control.execute(f'CREATE DATABASE {copy} TEMPLATE "{template}"')
        try:
            yield server.replace("/plumbline?", f"/{copy}?", 1)
        finally:
            control.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def _run(address: str, script: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PLUMBLINE_DATABASE_URL": address}
    return subprocess.run(
        [sys.executable, "-c", script, *words], env=environment, capture_output=True, check=False
    )


@pytest.mark.parametrize(("how", "left"), [("all-or-nothing", 0), ("resumable", 8)])
def test_what_a_killed_import_leaves(how: str, left: int, address: str) -> None:
    built = _run(address, BUILDS)
    assert built.returncode == 0, built.stderr.decode()

    killed = _run(address, IMPORTS, str(FOLDER), how, "dies")
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    again = _run(address, IMPORTS, str(FOLDER), how, "lives")
    assert again.returncode == 0, again.stderr.decode()
    assert orjson.loads(again.stdout) == {
        "events": left,
        "owed": bool(left),
        "added": 17 - left,
        "replayed": left,
        "alerts": 3,
    }


@pytest.mark.django_db
def test_what_is_not_killed_is_whole(
    district: None, outside_case: list[bytes], outside_registers: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.platform.events import intake
    from plumbline.platform.identity.actor import system_actor
    from plumbline.surfaces.exchange.importing import import_events

    monkeypatch.setattr(intake, "CHUNK", 4)
    done = import_events(outside_case, actor=system_actor("import"), registers=outside_registers)
    assert done.intake is not None
    assert (done.intake.added, done.verdicts["breached"]) == (17, 3)
