"""The lawful world of casework and a case with papers and evidence, built once for a file of tests.

Each test works on copies: in a savepoint, with a store of its own. What one changes no other sees.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Built:
    """What stands in the open transaction, and the folder with the files that belong to it."""

    world: Any
    case: Any
    folder: Path


@pytest.fixture(scope="module")
def built_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    # Imported here: this file is read before Django is set up.
    from django.db import transaction
    from django.test import override_settings

    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers

    from .made import full_case

    folder = tmp_path_factory.mktemp("built")
    with django_db_blocker.unblock(), stated_registers(REGISTERS), transaction.atomic():
        with override_settings(DATA_DIR=folder):
            world = World().build()
            case = full_case(world)
        yield Built(world, case, folder)
        transaction.set_rollback(True)


@pytest.fixture
def store(built_once: Built, tmp_path: Path, settings: Any) -> Path:
    shutil.copytree(built_once.folder, tmp_path, dirs_exist_ok=True)
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def own(built_once: Built, db: None, store: Path) -> Built:
    return copy.deepcopy(built_once)


@pytest.fixture
def world(own: Built) -> Any:
    return own.world


@pytest.fixture
def case(own: Built) -> Any:
    return own.case
