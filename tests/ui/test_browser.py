"""The components page in Chromium: no accessibility violation, no sideways scroll.

The page is drawn by the test client and handed to the browser: a live server would need a flush between tests, and
the events table refuses one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHROMIUM = Path("/usr/bin/chromium")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def opened() -> Iterator[Callable[[int], Any]]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here")
    drawn = Client().get("/ui/").content

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path == "/ui/":
            return route.fulfill(body=drawn, content_type="text/html; charset=utf-8")
        found = finders.find(path.removeprefix("/static/"))
        return route.fulfill(path=found) if found else route.fulfill(status=404)

    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])

        def open_at(width: int) -> Any:
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.route("**/*", answer)
            page.goto("http://plumbline.test/ui/")
            return page

        yield open_at
        browser.close()


def violations(page: Any, options: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(each["id"], node["html"]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_components_page_meets_wcag_22_aa(opened: Callable[[int], Any], width: int) -> None:
    assert violations(opened(width), {"runOnly": WCAG}) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_components_page_meets_the_best_practices_too(opened: Callable[[int], Any], width: int) -> None:
    assert violations(opened(width)) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(opened: Callable[[int], Any], width: int) -> None:
    assert opened(width).evaluate("document.documentElement.scrollWidth") <= width
