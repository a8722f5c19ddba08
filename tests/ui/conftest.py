"""The street with one of everything, lent by the structural tests; and pages drawn by the client, handed to the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.structure.conftest import street_of_its_own  # noqa: F401


@pytest.fixture
def district(street_of_its_own: Any) -> Any:  # noqa: F811
    return street_of_its_own


@pytest.fixture
def shown(browser: Any) -> Iterator[Callable[[Mapping[str, bytes], int], Any]]:
    """A page of some width that gets, below any host, what was drawn for each path, and the static files.

    A live server would need a flush between tests, and the events table refuses one.
    """
    opened = []

    def open_at(drawn: Mapping[str, bytes], width: int) -> Any:
        def answer(route: Any) -> None:
            path = urlsplit(route.request.url).path
            if path in drawn:
                return route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
            found = finders.find(path.removeprefix("/static/"))
            return route.fulfill(path=found) if found else route.fulfill(status=404)

        page = browser.new_page(viewport={"width": width, "height": 900})
        page.route("**/*", answer)
        opened.append(page)
        return page

    yield open_at
    for page in opened:
        page.close()
