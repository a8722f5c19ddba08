"""A street with an inspection item on its published list, a check list and a firm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def visits(db: None) -> Iterator[Any]:
    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers

    from .scene import Visits, listed

    with stated_registers({**REGISTERS, "inspection_list": [listed()]}):
        yield Visits(World().build())
