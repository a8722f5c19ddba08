"""A street with real cases in a committed database: a snapshot begins its own transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from plumbline.project.testing import OFFICE_HOURS
from tests.own_database import own_database


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A case in order and one that was not served in time, on an afternoon of a working day; shared by a module's tests."""
    from django.test import override_settings

    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import Scene, registers
    from plumbline.platform.events.outbox import work_off
    from plumbline.platform.verdicts import registers as gathered

    with (
        django_db_blocker.unblock(),
        own_database("recheck"),
        time_machine.travel(OFFICE_HOURS, tick=True),
        override_settings(DATA_DIR=tmp_path_factory.mktemp("data")),
        stated_registers(registers()),
    ):
        made = Scene(World().build())
        made.served_late = made.unserved()
        made.in_order = made.world.investigated()
        while work_off():
            pass
        yield made
        gathered._kept = None  # it was gathered of this database


@pytest.fixture
def restored(scene: Any) -> Iterator[Any]:
    """The scene; afterwards its verdicts are again as they were, whatever a test has falsified."""
    from plumbline.platform.verdicts.models import StoredVerdict

    rows = StoredVerdict.objects.unscoped("测试")
    before = list(rows.all())
    yield scene
    rows.delete()
    StoredVerdict.objects.bulk_create(before)
