"""Every page of the screens S1 to S12 in Chromium 90, from a real server with its content policy, at 1280 and 390 px.

A page is right when the browser reports no script error, no refused or missing file, nothing scrolls sideways, and the
head and the menu are in sight. ``PLUMBLINE_SCREENSHOTS`` names a folder that a picture of each is put into.
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from tests.journeys.people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.timeout(1800)]
SHOTS = os.environ.get("PLUMBLINE_SCREENSHOTS", "")
PUBLIC = (
    "/login",
    "/open/",
    "/open/?q=江阳",
    "/open/decisions",
    "/open/officers",
    "/open/powers",
    "/open/verify",
    "/open/withdrawn",
)
PAGES = {
    "zhou": (
        "/desk", "/tasks", "/search?q=江阳", "/notices", "/help", "/feedback", "/me", "/cases", "/cases/new", "/cases/spot",
        "/inspections", "/inspections/new", "/field/", "/field/devices", "/field/numbers", "/field/records", "/challenges",
        "/challenges/new", "/law/", "/law/search?q=听证", "/law/rules", "/law/terms", "/law/coverage", "/lists/powers",
        "/lists/competent", "/ui/",
    ),
    "he": ("/desk", "/approvals", "/approvals/phrases", "/cases", "/orders", "/alerts"),
    "li": ("/desk", "/tasks?kind=review", "/publicity", "/challenges/figures"),
    "liu": (
        "/desk", "/alerts", "/alerts/precision", "/orders", "/orders/ledger", "/search?q=建筑", "/whatif", "/lists/agencies",
        "/lists/officers", "/law/amendments", "/law/parameters", "/law/changes", "/templates",
        "/templates/facts",
    ),
    "sun": ("/desk", "/exchange/import"),
    "xitong": ("/desk", "/running", "/running/jobs", "/running/outbox"),
    "shenji": ("/desk", "/audit"),
}  # fmt: skip
# Found on the pages themselves: one of each kind of object, opened with all that hangs on it.
OBJECTS = {
    "zhou": ("/cases/", "/inspections/", "/challenges/"),
    "liu": ("/alerts/", "/law/rules/"),
}
TABS = (
    "",
    "?tab=documents",
    "?tab=evidence",
    "?tab=flow",
    "?tab=supervision",
    "?tab=publicity",
    "?tab=field",
)
WATCH = """addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI));"""


class Watched:
    """Opens pages and writes down what is wrong with them."""

    def __init__(self, who: Visitor, name: str) -> None:
        self.who, self.name, self.seen = who, name, 0
        self.wrong: list[str] = []
        who.context.add_init_script(WATCH)
        who.page.on("console", self._said)
        who.page.on("pageerror", lambda fault: self.wrong.append(f"{who.path}: {fault}"))
        who.page.on("requestfailed", self._missed)

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.wrong.append(f"{self.who.path}: {message.text}")

    def _missed(self, request: Any) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # left behind by going to the next page
            self.wrong.append(f"{self.who.path}: {request.url} {request.failure}")

    def opens(self, path: str) -> None:
        page = self.who.page
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            answer = page.goto(self.who.site + path)
            self.seen += 1
            if not answer.ok:
                self.wrong.append(f"{path}: {answer.status}")
                return
            page.wait_for_load_state()
            told = page.evaluate(LOOK)
            if SHOTS:
                name = re.sub(r"\W+", "-", path).strip("-") or "root"
                page.screenshot(path=f"{SHOTS}/{self.name}-{name}-{width}.png")
            self.wrong += [f"{path} at {width}: {each}" for each in told]


LOOK = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) found.push('sideways: ' + [...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > wide + 1).slice(-2).map((e) => e.outerHTML.slice(0, 120)));
  const box = (e) => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1; };
  if (![...document.querySelectorAll('h1')].some(box)) found.push('no heading in sight');
  if (document.querySelector('nav') && !document.body.classList.contains('locked') && ![...document.querySelectorAll('nav')].some(box)) found.push('no menu in sight');
  for (const sheet of document.styleSheets) if (!sheet.cssRules.length) found.push('an empty sheet: ' + sheet.href);
  return found;
}"""


def test_what_the_public_sees(browser: Any, site: str) -> None:
    public = Visitor(browser, site)
    watched = Watched(public, "public")
    for path in PUBLIC:
        watched.opens(path)
    link = public.goes("/open/decisions").page.locator("main a[href^='/open/decisions/']").first
    watched.opens(str(link.get_attribute("href")))
    public.leaves()
    assert not watched.wrong, watched.wrong


@pytest.mark.parametrize("login", PAGES)
def test_what_each_role_sees(browser: Any, site: str, login: str) -> None:
    who = Official(browser, site, login)
    watched = Watched(who, login)
    for path in PAGES[login]:
        watched.opens(path)
    for start in OBJECTS.get(login, ()):
        listed = start.removesuffix("norms/").rstrip("/")
        hrefs = (
            who.goes(listed)
            .page.locator(f"main a[href^='{start}']")
            .evaluate_all("all => all.map((e) => e.getAttribute('href').split(/[?#]/)[0])")
        )
        found = [
            each
            for each in hrefs
            if not each.endswith(("/new", "/spot", "/export", "/precision", "/ledger", "/batch"))
        ]
        assert found, f"{start}: nothing on {listed}"
        watched.opens(found[0])
        if start == "/cases/":
            for tab in TABS:
                watched.opens(found[0] + tab)
            for step in (
                who.goes(found[0])
                .page.locator("main a[href*='/steps/']")
                .evaluate_all("all => [...new Set(all.map((e) => e.getAttribute('href')))]")
            ):
                watched.opens(step)
    print(f"\n{login}: {watched.seen} pages")
    who.leaves()
    assert not watched.wrong, watched.wrong


def test_htmx_and_the_keys_work(browser: Any, site: str) -> None:
    """The pane beside a list comes by htmx; j, / and ? do what the help says; a draft outlives a reload."""
    liu = Official(browser, site, "liu")
    page = liu.goes("/alerts").page
    assert page.evaluate("typeof htmx") == "object"
    with page.expect_response(
        lambda r: "/alerts/" in r.url and r.request.headers.get("hx-request") == "true"
    ):
        page.locator("[data-row] a[hx-get], tr a[hx-get]").nth(1).click()
    liu.goes("/desk")
    page.keyboard.press("j")
    assert page.locator("tr.sel, [data-row].sel").count() == 1
    page.keyboard.press("?")
    assert page.locator("dialog#keys[open]").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    liu.leaves()
