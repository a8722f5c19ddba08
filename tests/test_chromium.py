"""The browser the tests drive really draws: Chinese text has a size, and scripts run."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests import chromium


@pytest.mark.browser
def test_chinese_text_is_drawn_and_scripts_run(browser: Any) -> None:
    page = browser.new_page(locale="zh-CN")
    page.set_content("<p><span>行政执法监督</span></p>")
    box = page.locator("span").bounding_box()
    assert box["height"] > 5
    assert box["width"] > 30
    assert page.evaluate("[1, 2].map(n => n * 2)") == [2, 4]
    page.close()


def test_without_browser_and_npm_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.delenv("PLUMBLINE_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "UNPACKED", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(chromium.NoChromium, match="chromium"):
        chromium.find_chromium()
