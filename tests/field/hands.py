"""A person with a phone, for browser tests: registers it, loses the network, draws a signature, counts taps."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plumbline.project.demo.district import PASSWORD

PATIENCE = 300  # tenths of a second
# A tap is what the law of Fitts would charge: a press, a choice, a stroke. Typing is counted by fields.
COUNT = """
window.addEventListener("pointerdown", (e) => { sessionStorage.taps = Number(sessionStorage.taps || 0) + 1; }, true);
"""


class Handset:
    """A phone of 390 px on which ``login`` has registered and confirmed the field app."""

    def __init__(
        self,
        browser: Any,
        site: str,
        login: str,
        *,
        pin: str,
        now: datetime | None = None,
        fresh: bool = True,
    ) -> None:
        """``now``: what the phone's clock shows, for a story told at another time; it goes on from there."""
        self.site = site
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.context.add_init_script(COUNT)
        if now is not None:
            self.context.clock.install(time=now)
        self.faults: list[str] = []
        self.page = self._page()
        self.page.goto(f"{site}/login?next=/field/")
        self.page.fill('[name="username"]', login)
        self.page.fill('[name="password"]', PASSWORD)
        self.page.click('main button[type="submit"]')
        if fresh:
            self.registers(pin)

    def _page(self) -> Any:
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def registers(self, pin: str) -> Handset:
        self.fills({"pin": pin, "pin2": pin}).press("登记这部手机").waits("还差一步")
        desk = self.context.new_page()
        desk.goto(f"{self.site}/field/devices")
        assert self.page.inner_text(".print") in desk.inner_text("main")
        desk.get_by_role("button", name="指纹一致，确认").first.click()
        desk.wait_for_load_state()
        desk.close()
        self.press("已确认，更新任务包")
        self.page.wait_for_selector("#nav a")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def cut(self) -> Handset:
        """No network at all, the worker's requests included."""
        self.context.set_offline(True)
        return self

    def mend(self) -> Handset:
        self.context.set_offline(False)
        return self

    def reopens(self, *, pin: str) -> Handset:
        """The tab is killed and the app opened again, from the worker's cache if there is no network."""
        self.page.close()
        self.page = self._page()
        self.page.goto(f"{self.site}/field/")
        return self.unlocks(pin)

    def unlocks(self, pin: str) -> Handset:
        self.fills({"pin": pin}).press("解锁")
        self.page.wait_for_selector("body:not(.locked)")
        return self.waits("今天")

    def opens(self, words: str) -> Handset:
        self.page.locator("#nav a", has_text=words).click()
        here = (
            'main [name="party_name"]'
            if words == "当场处罚"
            else f'#nav [aria-current="page"]:has-text("{words[:2]}")'
        )
        self.page.wait_for_selector(here)
        return self

    def press(self, words: str) -> Handset:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        return self

    def press_row(self, words: str) -> Handset:
        self.page.locator("a.row", has_text=words).first.click()
        return self

    def press_label(self, *words: str) -> Handset:
        for each in words:
            self.page.locator("label", has_text=each).first.click()
        return self

    def ticks(self, *names: str) -> Handset:
        for each in names:
            self.page.locator(f'main [name="{each}"]').check()
        return self

    def chooses(self, name: str, words: str) -> Handset:
        options = self.page.locator(f'main [name="{name}"] option', has_text=words)
        self.page.select_option(f'main [name="{name}"]', options.first.get_attribute("value"))
        return self

    def fills(self, values: Mapping[str, str]) -> Handset:
        for name, value in values.items():
            field = self.page.locator(f'main [name="{name}"]').first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def signs(self) -> Handset:
        """A stroke of the party's finger."""
        pad = self.page.locator("canvas.sigpad")
        pad.evaluate("e => e.scrollIntoView({ block: 'center' })")
        self.page.wait_for_timeout(100)
        box = pad.bounding_box()
        # The browser's own input: Playwright's mouse asks for a call that Chromium 90 lacks once a button is down.
        session = self.context.new_cdp_session(self.page)
        at = {"x": box["x"] + 40, "y": box["y"] + 40, "button": "left", "clickCount": 1}
        session.send("Input.dispatchMouseEvent", {**at, "type": "mousePressed"})
        for step in range(10):
            moved = {"x": at["x"] + 12 * step, "y": at["y"] + 9 * (step % 4), "buttons": 1}
            session.send("Input.dispatchMouseEvent", {**at, **moved, "type": "mouseMoved"})
        session.send("Input.dispatchMouseEvent", {**at, "type": "mouseReleased"})
        session.detach()
        return self

    def waits(self, words: str) -> Handset:
        # Asked from outside: the page's own clock may be a story's.
        for _ in range(PATIENCE):
            if words in self.page.inner_text("body"):
                return self
            time.sleep(0.1)
        raise AssertionError(f"“{words}” is not on {self.page.url}:\n{self.page.inner_text('body')[:2000]}")

    def sees(self, *words: str) -> Handset:
        for each in words:
            self.waits(each)
        return self

    def taps(self) -> int:
        return int(self.page.evaluate("Number(sessionStorage.taps || 0)"))

    def leaves(self) -> None:
        self.context.close()
        assert not self.faults, self.faults
