"""Fixtures: the supervision scene with three outside bodies and a filed penalty case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def links(db: None) -> Iterator[Any]:
    from plumbline.apps.cases.tests.world import World, stated_registers
    from plumbline.apps.supervision.tests.scene import registers
    from plumbline.platform.scope.rows import set_database_scope

    from .links import Links

    with stated_registers(registers()):
        yield Links(World().build())
    set_database_scope(None)
