"""Fixtures of supervision: the lawful world of casework with its supervisors, government and addressees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def scene(db: None) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import World, stated_registers

    from .scene import Scene, registers

    with stated_registers(registers()):
        yield Scene(World().build())
