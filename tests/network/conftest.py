"""The small district of the journeys behind a network that fails."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.field.proxy import Proxy
from tests.journeys.conftest import at, seeded_district  # noqa: F401
from tests.journeys.conftest import site as server  # noqa: F401


@pytest.fixture
def network(server: str) -> Iterator[Proxy]:  # noqa: F811
    proxy = Proxy(urlsplit(server).port or 0)
    yield proxy
    proxy.stop()


@pytest.fixture
def site(network: Proxy) -> str:
    return f"http://localhost:{network.port}"
