"""A person at a browser: logs in, fills forms by the names of their fields, presses buttons by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.project.demo.district import PASSWORD

_PAGES: list[Any] = []
# Where somebody has come in through the log-in page.
_ENTERED: set[str] = set()


def close_all() -> None:
    """Close what a failed story has left open."""
    _ENTERED.clear()
    while _PAGES:
        _PAGES.pop().context.close()


def last_page() -> str:
    """Address and text of the page that was opened last, for the report of a failure."""
    if not _PAGES or _PAGES[-1].is_closed():
        return "closed"
    return f"{_PAGES[-1].url}\n{_PAGES[-1].inner_text('body')}"


Answers = Mapping[str, str | list[str] | Path | bool]


class Visitor:
    """Anybody with a browser; ``width`` decides between the desk and a phone."""

    def __init__(self, browser: Any, site: str, *, width: int = 1280) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        _PAGES.append(self.page)
        self.clicks = 0
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("response", lambda r: self.faults.append(r.url) if r.status >= 500 else None)

    def goes(self, path: str) -> Visitor:
        answer = self.page.goto(f"{self.site}{path}")
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        return self

    def press(self, words: str, *, within: str = "main") -> Visitor:
        """Press the first link or button in sight that says exactly this (leading marks aside); counted."""
        place = self.page.locator(within)
        target = place.get_by_role("button", name=words, exact=True).or_(
            place.get_by_role("link", name=words, exact=True)
        )
        target.first.click()
        self.page.wait_for_load_state()
        self.clicks += 1
        return self

    def fill(self, answers: Answers, *, within: str = "main") -> Visitor:
        for name, value in answers.items():
            self._fill(self.page.locator(f'{within} [name="{name}"]'), value)
        return self

    def _fill(self, field: Any, value: str | list[str] | Path | bool) -> None:
        kind = field.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if isinstance(value, Path):
            field.set_input_files(value)
        elif kind == "checkbox" and isinstance(value, bool):
            field.set_checked(value)
        elif kind == "checkbox":
            for box in field.all():
                box.set_checked(box.get_attribute("value") in value)
        elif kind == "radio":
            field.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind == "select":
            field.select_option(value)
        else:
            field.fill(value)

    def sees(self, *words: str) -> Visitor:
        text = self.page.inner_text("body")
        for each in words:
            assert each in text, f"“{each}” is not on {self.page.url}:\n{text[:3000]}"
        return self

    def misses(self, *words: str) -> Visitor:
        html = self.page.content()
        for each in words:
            assert each not in html, f"“{each}” is on {self.page.url}"
        return self

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self.site)

    def may_not(self, path: str) -> None:
        """Neither a page nor a hint that it is there."""
        answer = self.context.request.get(f"{self.site}{path}")
        assert answer.status in {403, 404}, f"{path}: {answer.status}"

    def leaves(self) -> None:
        self.context.close()
        assert not self.faults, self.faults


class Official(Visitor):
    """Somebody with an account of the demonstration district.

    The first of a story comes in through the log-in page. The others are given a session: a story has dozens of them, and
    the page, its answer and the desk behind it would be loaded for each.
    """

    def __init__(self, browser: Any, site: str, login: str, *, width: int = 1280) -> None:
        super().__init__(browser, site, width=width)
        if site in _ENTERED:
            self.context.add_cookies([{**_session_of(login), "url": site}])
            return
        self.page.goto(f"{site}/login")
        self.page.fill('[name="username"]', login)
        self.page.fill('[name="password"]', PASSWORD)
        self.page.click('main button[type="submit"]')
        self.page.wait_for_url(lambda url: "/login" not in url)
        _ENTERED.add(site)

    def takes(self, case: str, step: str, answers: Answers, *, button: str = "") -> Official:
        """Open a step's form, answer it and send it; the case page follows, or the request that waits for approval."""
        self.goes(f"{case}/steps/{step}").fill(answers)
        self.page.locator("main form.step-form button.pri, main form .actions button.pri").first.click()
        self.page.wait_for_load_state()
        assert "/steps/" not in self.path, self.page.inner_text("main")[:3000]
        return self

    def approves(self, title: str) -> Official:
        """Three presses from the desk: the task, 同意, 确认同意; nothing to type."""
        self.goes("/desk")
        self.page.locator("main tr", has_text=title).get_by_role("link").first.click()
        self.page.wait_for_load_state()
        return self.press("同意").press("确认同意")  # type: ignore[return-value]


def _session_of(login: str) -> dict[str, str]:
    """The cookie of a new session; the server that asks for it stands in this process."""
    from django.conf import settings
    from django.test import Client

    from plumbline.platform.identity.models import Person

    client = Client()
    client.force_login(Person.objects.get(login_name=login), "django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def working_day(back: int) -> date:
    """The working day ``back`` working days before today."""
    calendar, day = statutory_calendar(), clock.today()
    while back:
        day -= timedelta(days=1)
        back -= calendar.is_working(day)
    return day
