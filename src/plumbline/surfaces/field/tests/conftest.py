"""Two officers with confirmed phones, a planned visit and the registers that a package needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def yard(db: None, settings: Any, tmp_path: Path) -> Iterator[Any]:
    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers
    from plumbline.apps.inspections.tests.scene import Visits, listed

    from .phone import Yard

    settings.DATA_DIR = tmp_path
    with stated_registers({**REGISTERS, "inspection_list": [listed()]}):
        yield Yard(Visits(World().build()))
