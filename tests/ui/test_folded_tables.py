"""The annual report and a measure in Chromium: folded tables open by keyboard, are printed whole, and fit a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.reporting.tests.scene import STREET, Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_folded_tables_by_keyboard_in_print_and_on_a_phone(client: Client, shown: Callable[..., Any]) -> None:
    scene = Scene()
    scene.decided(date(scene.year, 3, 2), "fine")
    scene.count()
    scene.report()
    client.force_login(scene.keeper)
    report, measure = f"/reports/{scene.year}/{STREET}", "/stats/penalty"
    drawn = {path: client.get(path).content for path in (report, measure)}

    page = shown(drawn, 390)
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
