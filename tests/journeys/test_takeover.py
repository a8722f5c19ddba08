"""A street takes over an item, and a case outside what it has taken over is blocked (行政处罚法第二十四条).

The street's office and 区司法局 work at the browser; the case is filed by the same actions as in the office.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.cases.contract import take_step
from plumbline.apps.cases.models import Case, Stage
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], AbstractContextManager[None]]
STREET, OFFICER, HEAD, OFFICE = "AG-ST-003", "st-003-1", "st-003-head", "st-003-office"
ITEM, NAME = "ZJ-202", "ZJ-202 燃气用户擅自改动燃气设施"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def clue(item: str = ITEM) -> Case:
    """A clue, checked and found true."""
    from plumbline.apps.cases.actions import NewParty, Violation, open_case

    today = clock.today()
    case = open_case(
        actor=actor(OFFICER), title="燃气用户擅自改动燃气设施案", source="inspection", item=item, place="仓埠街道",
        summary="餐馆自行改动燃气管道。", party=NewParty(kind="legal_person", name="武汉仓埠小馆餐饮有限公司"),
        violation=Violation(discovered_on=today, ended_on=today, harm=False, life_health_or_finance=True),
        occurred_at=clock.now(),
    )  # fmt: skip
    take(case, "clue_verified", {"established": True}, findings="现场核实属实。")
    return case


def take(case: Case, step: str, data: dict[str, Any], **details: Any) -> None:
    current = Case.objects.unscoped("旅程").select_related("agency", "party").get(pk=case.pk)
    take_step(actor=actor(OFFICER), case=current, step=step, data=data, details=details, approver=actor(HEAD))
    while work_off():
        pass


def file(case: Case) -> None:
    today = clock.today().isoformat()
    violation = {"discovered_on": today, "ended_on": today, "harm": False, "life_health_or_finance": True}
    officers = sorted(
        Person.objects.filter(login_name__in=[OFFICER, "st-003-2"]).values_list(
            "certificate_number", flat=True
        )
    )
    given = {"item": ITEM, "domain": "housing_construction", "violation": violation}
    take(case, "case_filed", given, officers=officers, opinion="建议立案。")


def offered(browser: Any, site: str) -> str:
    """The items that the street's officer may choose from for a new case."""
    officer = Official(browser, site, OFFICER).goes("/cases/new")
    said = str(officer.page.inner_text('main [name="item"]'))
    officer.leaves()
    return said


def test_a_street_takes_over_an_item_and_only_then_files_a_case(browser: Any, site: str, at: At) -> None:
    with at("2026-10-20 09:00"):
        assert NAME not in offered(browser, site)
        with pytest.raises(InputFault, match="不在本机关的权责清单内"):
            clue()
        held = clue("CG-101")  # and what turns out to be another item is stopped at its filing
        with pytest.raises(Refusal, match="承接"):
            file(held)
        office = Official(browser, site, OFFICE).goes("/registers/takeovers").press("修订清单")
        office.fill({"reason": "燃气安全隐患多发，人员培训合格，确认承接。"}).press("开始起草").press(
            "新增一项"
        )
        assert "SJ-302" not in office.page.inner_text('main [name="item"]')  # not on the guide
        office.fill({"item": NAME, "granting": "住建", "decision_published_on": "2021-03-03"}).press(
            "放入草稿"
        )
        office.sees("新增 1").fill({"effective_on": "2026-10-22"}).press("送审").sees("待审核")
        page = office.path
        office.leaves()
        liu = Official(browser, site, "liu").goes("/desk").sees("审核清单修订：街道承接事项清单")
        liu.goes(page).press("审核通过").press("公布").sees("第 1 版", "2026-10-22")
        liu.goes(f"/lists/competent?item={ITEM}&place=420117003000&on=2026-10-22").sees(
            "仓埠街道办事处", "2026-10-22 承接"
        )
        liu.goes(f"/lists/competent?item={ITEM}&place=420117003000&on=2026-10-21").sees("该地未承接")
        liu.leaves()
        with pytest.raises(InputFault, match="不在本机关的权责清单内"):
            clue()  # not before its day
    with at("2026-10-22 09:00"):
        assert NAME in offered(browser, site)
        case = clue()
        file(case)
        assert Case.objects.unscoped("旅程").get(pk=case.pk).stage == Stage.FILED
