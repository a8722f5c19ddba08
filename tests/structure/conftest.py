"""A street with one of everything, and the people who come to each address."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from plumbline.project.testing import OFFICE_HOURS
from tests.own_database import own_database

# The models are imported inside: this file is read before Django is set up.


@pytest.fixture(scope="module")
def street(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """The street, built once for the tests of a module, in a database of its own and a transaction that is taken back.

    Not Django's own transaction: that one ends, and its connection with it, with each test.
    """
    from django.test import override_settings

    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import registers

    from .district import District

    with (
        django_db_blocker.unblock(),
        own_database("street"),
        override_settings(DATA_DIR=tmp_path_factory.mktemp("data")),
        stated_registers(registers()),
        taken_back(),
    ):
        with time_machine.travel(OFFICE_HOURS, tick=True):
            made = District(World().build())
        yield made


@pytest.fixture
def district(street: Any) -> Iterator[Any]:
    """The street as it was built, whatever an earlier test has done to it: a copy, in a transaction that is taken back.

    It is half an hour later, so that all that was recorded while it was built lies in the past.
    """
    from plumbline.platform.scope.rows import set_database_scope
    from plumbline.platform.verdicts import registers

    registers._kept = None
    with time_machine.travel(OFFICE_HOURS + timedelta(minutes=30), tick=True), taken_back():
        yield copy.deepcopy(street)
        set_database_scope(None)


@pytest.fixture
def street_of_its_own(db: None, tmp_path: Path, settings: Any) -> Iterator[Any]:
    """The same for one test, in Django's own transaction."""
    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import registers
    from plumbline.platform.scope.rows import set_database_scope

    from .district import District

    settings.DATA_DIR = tmp_path
    with stated_registers(registers()):
        yield District(World().build())
    set_database_scope(None)


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that never ends well, with the liberties that Django gives to those of its own tests."""
    from django.db import transaction

    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
