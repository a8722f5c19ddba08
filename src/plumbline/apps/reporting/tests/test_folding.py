"""The annual report and a measure in Chromium: folded tables open by keyboard, are printed whole, and fit a phone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from .scene import STREET, Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHROMIUM = Path("/usr/bin/chromium")


def test_folded_tables_by_keyboard_in_print_and_on_a_phone(client: Client) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here")
    scene = Scene()
    scene.decided(date(scene.year, 3, 2), "fine")
    scene.count()
    scene.report()
    client.force_login(scene.keeper)
    report, measure = f"/reports/{scene.year}/{STREET}", "/stats/penalty"
    drawn = {path: client.get(path).content for path in (report, measure)}

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path in drawn:
            return route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
        found = finders.find(path.removeprefix("/static/"))
        return route.fulfill(path=found) if found else route.fulfill(status=404)

    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.route("**/*", answer)
        for path in (measure, report):
            page.goto(f"http://plumbline.test{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        first = page.locator("#T1 > summary")
        assert first.bounding_box()["height"] >= 44
        first.focus()
        page.keyboard.press("Enter")
        assert page.locator("#T1").get_attribute("open") is not None
        assert page.locator("#T3").get_attribute("open") is None
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.fold:not([open])").count() == 0
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("details.fold[open]").count() == 1
        browser.close()
