"""Fixtures of coordination: a street and two departments with the posts that hand over, above them organ and government."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def between(db: None, settings: Any, tmp_path: Path) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import stated_registers
    from plumbline.apps.supervision.tests.scene import registers
    from plumbline.platform.scope.rows import set_database_scope

    from .between import Between

    settings.DATA_DIR = tmp_path
    with stated_registers(registers()):
        yield Between()
    set_database_scope(None)
