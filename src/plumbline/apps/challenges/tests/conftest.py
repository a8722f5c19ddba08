"""Fixtures: the supervision scene, which has the district's office, with a penalty case that can be challenged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def dispute(db: None) -> Iterator[Any]:
    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import registers

    from .dispute import Dispute

    with stated_registers(registers()):
        yield Dispute(World().build())
