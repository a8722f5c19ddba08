"""The workbench is tested in the small lawful world of casework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Iterator[Any]:
    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers

    with stated_registers(REGISTERS):
        yield World().build()
