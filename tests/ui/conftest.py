"""The street with one of everything, lent by the structural tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.structure.conftest import street_of_its_own  # noqa: F401


@pytest.fixture
def district(street_of_its_own: Any) -> Any:  # noqa: F811
    return street_of_its_own
