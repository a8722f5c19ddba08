"""Fixtures of casework tests: a lawful world, with the registers it needs stated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .world import REGISTERS, World, stated_registers


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with stated_registers(REGISTERS):
        yield World().build()
