"""Long filters in Chromium: on a phone the less used fields are behind a tap, on a desk all of them stand there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_on_a_phone_the_rest_is_behind_a_tap_and_on_a_desk_it_is_not(
    client: Client, district: Any, shown: Callable[..., Any]
) -> None:
    client.force_login(district.scene.world.head)
    plain, narrowed = "/cases", "/cases?origin=imported"
    drawn = {"/cases": client.get(plain).content, "/narrowed": client.get(narrowed).content}

    phone = shown(drawn, 390)
    phone.goto("http://plumbline.test/cases")
    seen = phone.locator(".filter .in:visible").evaluate_all("all => all.map(each => each.name)")
    assert seen == ["q", "stage", "due"]
    assert phone.locator(".filter button").bounding_box()["y"] < phone.viewport_size["height"] / 2
    fold = phone.locator(".more-filters > summary")
    fold.focus()
    phone.keyboard.press("Enter")
    assert phone.locator(".filter .in:visible").count() > len(seen)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.goto("http://plumbline.test/narrowed")
    assert phone.locator("#f-origin").is_visible()

    desk = shown(drawn, 1280)
    desk.goto("http://plumbline.test/cases")
    assert desk.locator("#f-origin").is_visible() and not desk.locator(".more-filters").is_visible()
