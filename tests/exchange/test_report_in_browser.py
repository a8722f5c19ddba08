"""The page of a report in a real browser: nothing that keeps somebody from reading it, at any width, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plumbline.rules.check_command import main

from .reports import EVENTS, USUAL

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_open_to_everybody(width: int, browser: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    assert main([str(EVENTS), *USUAL, "--out", str(tmp_path / "r.html")]) == 0
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True, locale="zh-CN")
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "r.html").as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    assert len(asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelectorAll('figure rect').length") > 0
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    page.close()
