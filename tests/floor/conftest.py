"""Chromium 90 in the place of the browser; the small district of the journeys and the phone of the field tests come with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.chromium import NoChromium
from tests.conftest import NO_BROWSER
from tests.field.conftest import bench  # noqa: F401
from tests.field.hands import Handset
from tests.field.proxy import Proxy, Weather
from tests.journeys.conftest import at, seeded_district  # noqa: F401
from tests.journeys.conftest import site as server  # noqa: F401

from .chromium90 import driven, find_chromium90


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    try:
        chromium = find_chromium90()
    except NoChromium as reason:
        pytest.skip(f"{NO_BROWSER}: {reason}")
    with driven(chromium, playwright) as running:
        yield running


@pytest.fixture
def network(server: str) -> Iterator[Proxy]:  # noqa: F811
    """Between the browser and the server; a phone without a network finds it closed."""
    proxy = Proxy(urlsplit(server).port or 0)
    yield proxy
    proxy.stop()


@pytest.fixture
def site(network: Proxy, monkeypatch: pytest.MonkeyPatch) -> str:
    # Playwright's own switch reaches neither the worker nor, in Chromium 90, a page opened later.
    for does, open_ in (("cut", False), ("mend", True)):
        monkeypatch.setattr(
            Handset, does, lambda phone, open_=open_: network.set(Weather(open=open_)) or phone
        )
    return f"http://localhost:{network.port}"
