"""Filling and sending the form of a clue over a network that may break off, as a person does: try, look, try again."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from playwright.sync_api import Error

from plumbline.apps.cases.models import Case
from plumbline.platform.events.models import StoredEvent
from tests.field.proxy import Proxy, Weather
from tests.journeys.people import Official

SUMMARY = "巡查发现平江路北侧空地堆放建筑垃圾，约三百八十立方米，旁边有两台装载机。"
TRIES = 12


def clue(title: str) -> dict[str, Any]:
    return {
        "source": "inspection",
        "occurred_on": "2026-10-12",
        "item": "CG-103",
        "title": title,
        "place": "平江路北侧空地",
        "summary": SUMMARY,
        "party_known": True,
        "party_kind": "legal_person",
        "party_name": "武汉江阳筑工建筑劳务有限公司",
        "legal_representative": "欧阳建波",
        "address": "武汉市新洲区阳逻街道平江路 18 号",
        "phone": "13800138000",
        "ended_on": "2026-10-12",
        "harm": "false",
        "life_health_or_finance": "false",
    }


def opened(who: Official, path: str) -> None:
    """The page with its script, however often it has to be asked for."""
    for _ in range(TRIES):
        try:
            who.page.goto(f"{who.site}{path}", wait_until="load", timeout=60_000)
            if (
                who.page.evaluate("typeof htmx") == "object"
                and who.page.locator("link[rel=stylesheet]").count()
            ):
                return
        except Error:
            time.sleep(0.2)
    raise AssertionError(f"{path} did not come")


def pressed(who: Official) -> None:
    """The form's main button; what the browser says of a cut is the browser's affair."""
    with contextlib.suppress(Error):
        who.page.locator("main form button.pri").first.click(timeout=60_000)
        who.page.wait_for_load_state(timeout=60_000)


def reloaded(who: Official) -> None:
    """What a browser offers after a cut: load again, which sends the same form again."""
    with contextlib.suppress(Error):
        who.page.reload(timeout=60_000)


def cut_off(who: Official) -> bool:
    return who.page.url.startswith("chrome-error:") or not who.page.locator("header.top").count()


def loses_the_answer(who: Official, network: Proxy) -> None:
    """Press, and let the connection break when the server has answered: what was sent is registered, nobody knows it."""
    network.set(Weather(down=1))
    with contextlib.suppress(Error):
        who.page.locator("main form button.pri").click(no_wait_after=True)
    for _ in range(100):
        if cut_off(who):
            return
        who.page.wait_for_timeout(100)
    raise AssertionError(f"nothing was cut on {who.page.url}")


def registered(title: str) -> tuple[int, int]:
    """How many cases of the title there are, and how many events have opened them."""
    cases = list(Case.objects.unscoped("测试").filter(title=title).values_list("matter_id", flat=True))
    events = StoredEvent.objects.unscoped("测试").filter(matter_id__in=cases, activity="clue_received")
    return len(cases), events.count()
