"""A small district, a server that may die, a network that may fail, and a phone with the real app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.own_database import own_database

ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def bench(
    browser: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    from django.db import connection
    from django.test import override_settings

    from plumbline.platform.verdicts import registers
    from plumbline.project.demo.seeding import prepare

    from .dying_server import PLAN
    from .faults import PIN, Bench
    from .hands import Handset
    from .proxy import Proxy

    tmp_path = tmp_path_factory.mktemp("field")
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(DATA_DIR=tmp_path),
        django_db_blocker.unblock(),
        own_database("faults"),
    ):
        patch.setattr(registers, "_kept", None)
        prepare(count=4, say=lambda _: None)
        address = urlsplit(os.environ["PLUMBLINE_DATABASE_URL"])
        name = str(connection.settings_dict["NAME"])
        told = {
            **os.environ, "PLUMBLINE_DATABASE_URL": urlunsplit(address._replace(path=f"/{name}")),
            "PLUMBLINE_ENV": "test", "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
            "PLUMBLINE_DATA_DIR": str(tmp_path), "PLUMBLINE_LOG_LEVEL": "CRITICAL",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", PLAN: str(tmp_path / "plan"),
            "PLUMBLINE_FIELD_FAULT_POINT": "tests.field.dying_server.die_here",
        }  # fmt: skip
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.field.dying_server", str(port)], env=told, stdout=subprocess.PIPE,
            start_new_session=True, text=True,
        )  # fmt: skip
        proxy = Proxy(port)
        try:
            assert server.stdout is not None and server.stdout.readline() == "ready\n"
            phone = Handset(browser, f"http://localhost:{proxy.port}", "zhou", pin=PIN)
            yield Bench(phone, proxy, tmp_path / "plan", _about())
            phone.context.close()
        finally:
            os.killpg(server.pid, 9)
            server.wait()
            proxy.stop()


def _about() -> dict[str, Any]:
    """What every record names: a firm, an item with its points, and a second officer whose phone is confirmed."""
    import uuid

    from plumbline.apps.inspections.models import InspectionItem
    from plumbline.apps.targets.models import Target
    from plumbline.platform.identity.models import Person
    from plumbline.surfaces.field.models import Device

    second = Person.objects.get(login_name="chen")
    key = "5a" * 32
    Device.objects.create(
        id=uuid.uuid4(), person=second, agency_id="AG-ST-002", label="另一部", public_key={}, fingerprint="X",
        cosign_key=key, state="confirmed",
    )  # fmt: skip
    item = InspectionItem.objects.get()
    return {
        "target": Target.objects.order_by("pk").values_list("credit_code", flat=True)[0], "item": item.pk,
        "points": list(item.points.values_list("pk", flat=True)), "second": second.certificate_number, "key": key,
    }  # fmt: skip
