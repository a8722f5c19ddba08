"""The lawful world of casework, with a store of its own, and a case with papers and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


@pytest.fixture
def world(db: None, store: Path) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers

    with stated_registers(REGISTERS):
        yield World().build()


@pytest.fixture
def case(world: Any) -> Any:
    from .made import full_case

    return full_case(world)
