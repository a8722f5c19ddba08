"""A street asks about its case, is asked back, gets an answer with its article and finds it helps; another street reads it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.cases.actions import NewParty, open_case
from plumbline.apps.questions.models import Question
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]
PARTY, TITLE = "武汉示例园林有限公司", "一次运输多处遗撒，算一个行为还是几个"


def test_from_the_question_to_the_answer_that_all_read(browser: Any, site: str, at: At) -> None:
    with at("2026-10-12 09:00"):
        case = open_case(
            actor=Actor.of(Person.objects.get(login_name="zhou"), on=clock.today()), title="汉施公路遗撒案",
            source="inspection", item="CG-102", summary="三处遗撒。", place="汉施公路",
            party=NewParty(kind="legal_person", name=PARTY),
        )  # fmt: skip
        zhou = Official(browser, site, "zhou").goes(f"/cases/{case.matter_id}?tab=questions")
        zhou.press("就本案提问").fill(
            {"title": TITLE, "text": f"{PARTY}的同一辆车在三处路段遗撒，每处相距约一公里。"}
        )
        zhou.press("发出咨询").sees("待答复", "本区也没有设定", "已等 0 日")
        page = zhou.path
        office = Official(browser, site, "fq-02-office").goes("/tasks").sees(f"答复业务咨询：{TITLE}")
        office.goes(page).press("请对方补充情况").fill({"text": "请说明中途有没有停车清理。"}).press("发出")
        office.sees("待补充")
        zhou.goes("/tasks").sees(f"补充咨询的情况：{TITLE}").goes(page).press("补充情况")
        zhou.fill({"text": "中途没有停车。"}).press("提交补充").sees("待答复").leaves()
        office.leaves()
    with at("2026-10-14 09:00"):
        office = Official(browser, site, "fq-02-office").goes(page).press("答复")
        office.fill(
            {"text": "同一趟运输连续遗撒的，按一个行为处理。", "basis": "行政处罚法第二十九条一事不再罚"}
        )
        office.press("提交答复").sees("已答复，待确认", "依据 《行政处罚法》第二十九条")
        zhou = Official(browser, site, "zhou").goes(page).press("确认已解决").press("确认").sees("已解决")
        office.goes(page).press("共享这件答复")
        office.misses(PARTY)
        office.fill({"weighed": True}).press("共享").sees("已共享")
        other = (
            Official(browser, site, "st-003-office", width=390).goes("/questions/answers?q=遗撒").press(TITLE)
        )
        other.sees("同一趟运输连续遗撒的", "第二十九条")
        other.misses(PARTY, "原来的咨询")
        liu = Official(browser, site, "liu").goes("/questions/figures").sees("按答复机关", "按提问机关")
        for each in (zhou, office, other, liu):
            each.leaves()
    assert not [*zhou.faults, *office.faults, *other.faults, *liu.faults]
    assert Question.objects.unscoped("旅程").get(title=TITLE).state == "helped"
