"""A street with one of everything, and the people who come to each address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def district(db: None, tmp_path: Path, settings: Any) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import registers
    from plumbline.platform.scope.rows import set_database_scope

    from .district import District

    settings.DATA_DIR = tmp_path
    with stated_registers(registers()):
        yield District(World().build())
    set_database_scope(None)
