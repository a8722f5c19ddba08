"""A form at the desk whose answer is lost, that is pressed twice, or sent while the network is gone: one case, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.field.proxy import Proxy, Weather
from tests.journeys.people import Official

from .forms import SUMMARY, clue, loses_the_answer, opened, registered, reloaded

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GONE = "网络中断，暂时连不上服务器"


def test_a_form_is_registered_once_whatever_the_network_does(browser: Any, site: str, network: Proxy) -> None:
    zhou = Official(browser, site, "zhou")
    page = zhou.page
    opened(zhou, "/cases/new")
    network.set(Weather(open=False))
    zhou.fill(clue("网络断开"))
    page.locator(".net-bar", has_text=GONE).wait_for()
    page.locator("main form button.pri").click()
    assert zhou.path == "/cases/new" and page.input_value('[name="summary"]') == SUMMARY
    network.set(Weather())
    page.locator(".net-bar", has_text="网络已恢复").wait_for()
    # The answer is lost on its way back, after the case has been registered.
    loses_the_answer(zhou, network)
    assert registered("网络断开") == (1, 1)
    reloaded(zhou)
    zhou.sees("没有重复登记", "网络断开")
    assert registered("网络断开") == (1, 1)
    # Back in the form, with what was typed, after another cut; then pressed twice.
    zhou.goes("/cases/new").fill(clue("退回再交"))
    assert page.input_value('[name="summary"]') == SUMMARY
    loses_the_answer(zhou, network)
    opened(zhou, "/cases/new")
    assert page.input_value('[name="title"]') == "退回再交" and page.is_checked('[name="party_known"]')
    page.locator("main form button.pri").dblclick(no_wait_after=True)
    page.wait_for_url(lambda url: "/cases/" in url and not url.endswith("/new"))
    zhou.sees("没有重复登记", "退回再交")
    assert registered("退回再交") == (1, 1)
    opened(zhou, "/cases/new")
    assert page.input_value('[name="title"]') == "", "what is registered is no draft any more"
    zhou.leaves()
