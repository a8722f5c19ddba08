"""Fixtures of casework tests: a lawful world, with the registers it needs stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from .world import REGISTERS, World, stated_registers

    with stated_registers(REGISTERS):
        yield World().build()
