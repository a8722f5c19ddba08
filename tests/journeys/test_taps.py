"""U-18 and U-20, counted in a browser: a reviewer passes a clean case in six taps, a head approves on a phone in three.

A script in the page counts the clicks that a person made; typing is no tap, pressing into a field is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, RequestState, StepRequest
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.vocabulary import load_vocabulary

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
At = Callable[[str], AbstractContextManager[None]]
ITEM, DOMAIN, FINE = "CG-103", "housing_construction", 3_000_000
COUNTER = """addEventListener('click', function (event) {
  if (event.isTrusted) sessionStorage.setItem('taps', 1 + Number(sessionStorage.getItem('taps') || 0));
}, true);"""


def test_a_clean_case_is_passed_and_approved_with_few_taps(browser: Any, site: str, at: At) -> None:
    with at("2026-10-20 09:00"):
        case = sent_for_review()
        li = counted(Official(browser, site, "li"), "/tasks?kind=review")
        li.page.locator("main tr", has_text="法制审核").get_by_role("link").first.click()
        li.page.wait_for_load_state()
        li.sees("七个方面")
        li.page.locator("[data-phrase]").first.click()
        li.press("通过").sees("已登记“法制审核通过”")
        assert taps(li) <= 6
        li.leaves()
    with at("2026-10-30 09:00"):
        request = propose(case)
        he = counted(Official(browser, site, "he", width=390), "/approvals")
        he.page.locator("main tr", has_text="处理决定").get_by_role("link").first.click()
        he.page.wait_for_load_state()
        first = [he.page.locator(f"#{part}").bounding_box()["y"] for part in ("h-rev", "h-what")]
        assert first == sorted(first)
        assert he.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        he.press("同意")
        assert he.page.locator("blockquote.law cite").count() >= 1
        he.press("确认同意").sees("已批准“处理决定”")
        assert taps(he) == 3
        he.leaves()
        request.refresh_from_db()
        assert request.state == RequestState.APPROVED and request.opened_label == "何建国"


def counted(who: Official, path: str) -> Official:
    """Somebody at a page of his own, with the taps counted from here on."""
    who.context.add_init_script(COUNTER)
    who.goes(path)
    return who


def taps(who: Official) -> int:
    return int(who.page.evaluate("sessionStorage.getItem('taps')") or 0)


def person(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.CHINA)


def sent_for_review() -> Case:
    """A lawful case of the street, investigated, told to the party and sent to the reviewer, by actions alone."""
    zhou, he = person("zhou"), person("he")
    officers = list(
        Person.objects.filter(login_name__in=["zhou", "chen"]).values_list("certificate_number", flat=True)
    )
    found = {
        "discovered_on": "2026-10-12",
        "ended_on": "2026-10-12",
        "harm": False,
        "life_health_or_finance": False,
    }
    case = actions.open_case(
        actor=zhou,
        title="未经核准擅自处置建筑垃圾案",
        source="inspection",
        item=ITEM,
        summary="平江路北侧空地堆放建筑垃圾。",
        party=actions.NewParty(kind="legal_person", name="武汉江阳筑工建筑劳务有限公司"),
        place="平江路北侧空地",
        violation=actions.Violation(
            discovered_on=day("2026-10-12").date(),
            ended_on=day("2026-10-12").date(),
            harm=False,
            life_health_or_finance=False,
        ),
        occurred_at=day("2026-10-12T09:10"),
    )

    def take(step: str, on: str, data: Mapping[str, Any] | None = None, **details: Any) -> Any:
        return actions.take_step(
            actor=zhou, case=case, step=step, data=data, details=details, occurred_at=day(on)
        )

    def record(activity: str, on: str, **data: Any) -> None:
        actors = [{"id": number, "role": "officer"} for number in officers]
        actions.record_step(
            actor=zhou, case=case, activity=activity, data=data, actors=actors, occurred_at=day(on)
        )

    take("clue_verified", "2026-10-12T10:00", {"established": True}, findings="属实。")
    filing = take(
        "case_filed",
        "2026-10-12T11:00",
        {"item": ITEM, "domain": DOMAIN, "violation": found},
        officers=officers,
        opinion="建议立案。",
    )
    actions.decide_request(actor=he, request=filing, approve=True, occurred_at=day("2026-10-12T15:00"))
    case = Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)
    seen = {"certificate": True, "content": "现场堆放。", "signed": "signed", "place": "平江路"}
    take("onsite_made", "2026-10-13T09:30", **seen, officers=officers)
    record(
        "evidence_collected",
        "2026-10-13T10:00",
        evidence="E1",
        evidence_kind="scene_record",
        source="officers",
    )
    record("evidence_verified", "2026-10-14T10:00", evidence="E1", verified=True, lawful=True)
    take("investigation_ended", "2026-10-19T09:00", facts="查明处置。", evidence="笔录。", opinion="拟罚款。")
    told = [part for part in load_vocabulary().enums["notice_part"] if part != "right_to_hearing"]
    take(
        "penalty_notice_served",
        "2026-10-19T10:00",
        {
            "proposed": {"kinds": ["fine"], "fine": FINE},
            "states": told,
            "method": "direct",
            "receipt": "signed",
        },
        facts="查明处置。",
        reasons="依据城市建筑垃圾管理规定第二十五条。",
    )
    take("legal_review_submitted", "2026-10-19T11:00", note="送审。")
    return case


def propose(case: Case) -> StepRequest:
    words = load_vocabulary().enums
    return actions.submit_step(
        actor=person("zhou"),
        case=case,
        step="decision_made",
        data={
            "outcome": "penalty",
            "penalty": {"kinds": ["fine"], "fine": FINE},
            "evidence": ["E1"],
            "facts_clear": True,
            "evidence_sufficient": True,
            "complex": False,
            "major": False,
            "major_public_interest": False,
            "mitigation": None,
            "benchmark": {"benchmark": "B-CG-103", "step": "S1", "adjusted": False},
            "document_states": list(words["document_part"]),
            "document_sealed": True,
            "reconsideration_told": list(words["reconsideration_notice_part"]),
        },
        details={"facts": "查明处置。", "reasons": "按基准裁量。"},
    )
