"""A volunteer is drawn, says yes on a phone without a script, records what was seen in two minutes; the answer comes back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest

from plumbline.apps.cases.models import Case
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import Lead
from plumbline.apps.volunteers import actions
from plumbline.apps.volunteers.models import Activity, Visit
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.project.demo.district import PASSWORD

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], AbstractContextManager[None]]
STREET, SAID = "AG-ST-002", "到场的只有一名执法人员。"
TAPS = 8


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def test_from_the_draw_to_the_feedback(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        activity = appointed_and_drawn(browser, site)
    with at("2026-10-12 21:30"):
        taps = recorded(browser, site)
        assert taps <= TAPS, taps
    with at("2026-10-14 10:00"):
        answered(activity)
        told(browser, site)


def appointed_and_drawn(browser: Any, site: str) -> Activity:
    """The organ draws at the desk; only the one without a conflict is in the draw."""
    desk = actor("tong")
    today = clock.today()
    notice = actions.publish_recruitment(
        actor=desk, title="招募", text="条件。", wanted=2, opens_on=today, closes_on=today, keep_until=today
    )
    for login, conflicts in (("yiwu", ()), ("yiwu2", (STREET,))):
        row, _ = actions.apply(
            actor=ANONYMOUS, recruitment=notice, name=f"监督员{login}", phone="1", about="x", conflicts=conflicts, declared=True
        )  # fmt: skip
        actions.decide_application(actor=desk, application=row, passed=True, answer="同意。")
        made = actions.appoint(actor=desk, application=row, from_on=today, to_on=today + timedelta(days=365))
        actions.link_account(actor=desk, volunteer=made, login_name=login)
    activity = actions.plan_activity(
        actor=desk, kind="inspection", title="夜间渣土检查", concerned=Agency.objects.get(pk=STREET),
        starts_at=datetime(2026, 10, 12, 20, 0, tzinfo=clock.CHINA), place="执法中心", wanted=1,
    )  # fmt: skip
    official = Official(browser, site, "tong")
    official.goes(f"/volunteers/activities/{activity.pk}").press("抽取并发出邀请")
    official.sees("重算一致", "应当回避", "监督员yiwu").leaves()
    assert activity.invitations.get().volunteer.conflicts == []
    phone = on_a_phone(browser, site, "yiwu")
    phone.locator("main").get_by_role("button", name="接受").click()
    phone.get_by_text("已接受邀请").wait_for()
    phone.context.close()
    return activity


def on_a_phone(browser: Any, site: str, login: str) -> Any:
    """Logged in at the width of a phone, without a script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/login?next=/volunteering")
    page.fill('[name="username"]', login)
    page.fill('[name="password"]', PASSWORD)
    page.click('main button[type="submit"]')
    page.goto(f"{site}/volunteering")
    return page


def recorded(browser: Any, site: str) -> int:
    """Counted: every tap from the invitation to the receipt; one text is typed."""
    page = on_a_phone(browser, site, "yiwu")
    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        box = target.bounding_box()
        assert box["height"] >= 44, target
        target.click()
        taps += 1

    tap(page.get_by_role("link", name="登记所见"))
    for name, value in (
        ("shown", "yes"),
        ("two", "no"),
        ("told", "yes"),
        ("filmed", "yes"),
        ("civil", "yes"),
    ):
        tap(page.locator(f'label:has([name="see_{name}"][value="{value}"])'))
    tap(page.locator('label:has([name="observation"][value="yes"])'))
    page.fill('[name="text"]', SAID)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tap(page.get_by_role("button", name="提交"))
    page.get_by_text("已登记，谢谢您").wait_for()
    page.context.close()
    return taps


def answered(activity: Activity) -> None:
    """Supervision finds the lead without the volunteer's name, judges and answers it."""
    visit = Visit.objects.unscoped("旅程").get(invitation__activity=activity)
    lead = Lead.objects.unscoped("旅程").get(matter_id=visit.lead)
    assert SAID in lead.facts and "监督员yiwu" not in lead.facts + lead.title
    by = actor("liu")
    supervising.assess_lead(
        actor=by, lead=lead, concerned=visit.concerned, assessment="到场人数不足，属于监督事项。"
    )
    supervising.verify_lead(
        actor=by, lead=lead, substantiated=False, text="另一名执法人员在门外疏导，记录仪可以证明。"
    )
    supervising.feed_back_lead(actor=by, lead=lead, text="两名执法人员都在，其中一名在门外疏导交通。谢谢您。")


def told(browser: Any, site: str) -> None:
    page = on_a_phone(browser, site, "yiwu")
    page.locator(".bottombar").get_by_role("link", name="反馈").click()
    page.get_by_text("其中一名在门外疏导交通").wait_for()
    case = Case.objects.unscoped("旅程").filter(agency_id=STREET).first()
    assert case is not None
    for path in ("/cases", "/leads", "/complaints", "/alerts", f"/cases/{case.matter_id}"):
        said = page.context.request.get(f"{site}{path}")
        assert said.status in {200, 403, 404}, path
        assert case.title not in said.text() and SAID not in said.text(), path
    page.context.close()
