"""A notice before each limit runs out, to the side whose step it is; and whether the case's own time stands still meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from plumbline.apps.cases.models import Case
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.linkage.reminding import remind_of_limits
from plumbline.apps.linkage.standstill import standstill
from plumbline.apps.linkage.tests.links import COMMISSION, POLICE, Links
from plumbline.platform import clock
from plumbline.platform.notify.models import Notice


def reminders() -> list[tuple[str, str, str]]:
    rows = Notice.objects.filter(title__contains=" 届满：").order_by("pk")
    return [(row.agency_code, row.capability, row.title) for row in rows]


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def due_of(linkage: Linkage) -> date:
    assert linkage.due_on is not None
    return linkage.due_on


def test_the_head_is_reminded_the_day_before_and_only_once(links: Links) -> None:
    linkage = links.fresh(links.reported(0))
    due = datetime.combine(due_of(linkage), datetime.min.time(), clock.CHINA).replace(hour=9)
    with at(due - timedelta(days=2)):
        remind_of_limits()
        assert reminders() == []
    for moment in (due - timedelta(days=1), due - timedelta(hours=20), due):
        with at(moment):
            remind_of_limits()
    ((agency, capability, title),) = [each for each in reminders() if "决定是否移送" in each[2]]
    assert (agency, capability) == (linkage.agency_id, "cases.approve")
    assert title.startswith(due_of(linkage).isoformat())
    with at(due + timedelta(days=1)):
        remind_of_limits()
    assert len([each for each in reminders() if "决定是否移送" in each[2]]) == 1


def test_hours_are_told_six_hours_before(links: Links) -> None:
    linkage = links.reported(0)
    links.take(linkage, "approved", links.head, {"result": "approved"})
    # The hours run while the letter and the report wait for a signature: they are the signer's too.
    unsigned = [d for d in links.fresh(linkage).duties if d["rule"] == "TSC-5-send-24h"]
    assert [d["side"] for d in unsigned] == ["sign", "sign"] and all(d["due_at"] for d in unsigned)
    links.sign(linkage, "XJ2")
    links.sign(linkage, "XJ1")
    duty = next(d for d in links.fresh(linkage).duties if d["rule"] == "TSC-5-send-24h")
    due = datetime.fromisoformat(duty["due_at"])
    with at(due - timedelta(hours=7)):
        remind_of_limits()
        assert not [each for each in reminders() if "向公安机关移送" in each[2]]
    with at(due - timedelta(hours=6)):
        remind_of_limits()
    ((agency, capability, title),) = [each for each in reminders() if "向公安机关移送" in each[2]]
    assert (agency, capability) == (
        linkage.agency_id,
        "cases.handle",
    ) and f"{due.astimezone(clock.CHINA):%H:%M}" in title


def test_the_police_are_reminded_and_a_step_taken_reminds_nobody(links: Links) -> None:
    linkage = links.fresh(links.received(0))
    due = datetime.combine(due_of(linkage), datetime.min.time(), clock.CHINA)
    with at(due):
        remind_of_limits()
    assert [each[:2] for each in reminders()] == [(POLICE, "linkage.liaise")]
    links.take(linkage, "filed", links.police, {"notice_received_on": clock.today().isoformat()}, number="1")
    Notice.objects.all().delete()
    fresh = links.fresh(linkage)
    assert [duty["rule"] for duty in fresh.duties] == ["TSC-12-handover-3d"]
    with at(datetime.combine(due_of(fresh), datetime.min.time(), clock.CHINA)):
        remind_of_limits()
    assert [each[1] for each in reminders()] == ["cases.handle"]


def test_a_clue_is_named_in_no_reminder(links: Links) -> None:
    clue = links.clue()
    Linkage.objects.unscoped("测试").filter(pk=clue.pk).update(
        due_on=clock.today(),
        duties=[{"key": "k", "title": "签收线索", "where": "", "side": "commission", "url": clue.page, "verb": "办理",
                 "basis": "监察法第三十七条", "due_on": clock.today().isoformat(), "due_at": "", "unit": "cd", "rule": ""}],
    )  # fmt: skip
    remind_of_limits()
    notice = Notice.objects.get(title__contains=" 届满：")
    assert (notice.agency_code, notice.body) == (COMMISSION, "监察法第三十七条")


@pytest.mark.parametrize(
    ("domain", "stops", "said"),
    [
        ("ecology", True, "生态环境行政处罚办法第五十四条"),
        ("housing_construction", False, "经负责人批准中止后"),
        ("transport", False, "照算"),
        ("other", False, "行政处罚法没有"),
    ],
)
def test_the_time_of_the_case_stands_still_only_where_its_text_says_so(
    links: Links, domain: str, stops: bool, said: str
) -> None:
    Case.objects.unscoped("测试").filter(pk=links.case.pk).update(domain=domain)
    case = Case.objects.unscoped("测试").get(pk=links.case.pk)
    found = standstill(case, clock.today())
    assert found.stops is stops and said in found.words


def test_the_page_says_so_while_the_police_have_it(links: Links) -> None:
    linkage = links.sent()
    said = "移送期间不计入办案期限的规定"
    assert said in links.client(links.officer).get(linkage.page).content.decode()
    assert said not in links.client(links.police).get(linkage.page).content.decode()
