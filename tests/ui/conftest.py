"""The street with one of everything, lent by the structural tests."""

from __future__ import annotations

from tests.structure.conftest import district  # noqa: F401
