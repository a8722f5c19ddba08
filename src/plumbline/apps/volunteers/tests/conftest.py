from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline.platform.scope.rows import set_database_scope

from .world import Society, build


@pytest.fixture
def society(db: None, settings: Any, tmp_path: Path) -> Iterator[Society]:
    settings.DATA_DIR = tmp_path
    yield build()
    set_database_scope(None)
