"""Fixtures: the place where documents are made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .place import Place


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    from plumbline.platform.scope.rows import set_database_scope
    from plumbline.platform.verdicts import registers

    registers._kept = None
    yield Place()
    registers._kept = None
    set_database_scope(None)
