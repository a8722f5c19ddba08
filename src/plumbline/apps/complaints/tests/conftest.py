from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline.platform.scope.rows import set_database_scope

from .. import sealing
from .world import Hearing, build


@pytest.fixture
def hearing(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hearing]:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(sealing, "COST", 2**4)  # the strength of a passphrase is not what is tested here
    yield build()
    set_database_scope(None)
