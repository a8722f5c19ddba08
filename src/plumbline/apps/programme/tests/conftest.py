"""The world of the programme's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .world import World


@pytest.fixture
def world(db: None) -> Iterator[World]:
    from plumbline.platform.scope.rows import set_database_scope

    yield World()
    set_database_scope(None)
