"""The components page in Chromium: no accessibility violation, no sideways scroll.

The page is drawn by the test client and handed to the browser: a live server would need a flush between tests, and
the events table refuses one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def opened(shown: Callable[..., Any]) -> Callable[[int], Any]:
    drawn = {"/ui/": Client().get("/ui/").content}

    def open_at(width: int) -> Any:
        page = shown(drawn, width)
        page.goto("http://plumbline.test/ui/")
        return page

    return open_at


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
