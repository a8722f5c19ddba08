"""A street's ordinary case with everything that can happen to it, from clue to archive.

Hearing, legal review that comes back once, collective discussion, service by announcement, instalments that are not
paid, demand, the court, archive. A person at the browser does what has to be seen to be believed; the steps in between
go through the same actions.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from plumbline.apps.cases.contract import record_step, take_step
from plumbline.apps.cases.models import Case, Stage, StepRequest
from plumbline.apps.cases.tests.saying import DISCUSSED
from plumbline.platform import clock
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .people import Official

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

At = Callable[[str], AbstractContextManager[None]]
OFFICERS = ["HB17ST00201", "HB17ST00202"]
PRESIDER = "LX1-AG-ST-002"
FACTS = "查明未经核准处置建筑垃圾三千立方米。"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


class Story:
    """The case and its people: ``does`` takes a step as it is taken in the office, approved where it must be."""

    def __init__(self, browser: Any, site: str) -> None:
        self.browser, self.site = browser, site
        self.matter = ""

    @property
    def case(self) -> Case:
        rows = Case.objects.unscoped("旅程").select_related("agency", "party", "merged_into")
        return rows.get(matter_id=self.matter)

    @property
    def address(self) -> str:
        return f"/cases/{self.matter}"

    def does(self, step: str, data: Any = None, *, by: str = "zhou", **details: Any) -> Any:
        return take_step(
            actor=actor(by), case=self.case, step=step, data=data, details=details, approver=actor("he")
        )

    def person(self, login: str, *, width: int = 1280) -> Official:
        while work_off():
            pass
        return Official(self.browser, self.site, login, width=width)


def test_a_street_takes_a_case_to_the_court_and_to_the_archive(browser: Any, site: str, at: At) -> None:
    story = Story(browser, site)
    investigate(story, at)
    hear(story, at)
    review(story, at)
    decide(story, at)
    serve(story, at)
    pay_in_parts(story, at)
    go_to_court(story, at)
    archive(story, at)


def investigate(story: Story, at: At) -> None:
    """The page leads with the next step and folds the rest; what is looked for is found by typing."""
    with at("2026-10-12 09:10"):
        zhou = story.person("zhou")
        zhou.goes("/cases/new").fill(
            {
                "source": "inspection",
                "occurred_on": "2026-10-12",
                "item": "CG-103",
                "title": "未经核准擅自处置建筑垃圾案",
                "place": "平江路北侧空地",
                "summary": "巡查发现堆放建筑垃圾，约三千立方米。",
                "party_known": True,
                "party_kind": "legal_person",
                "party_name": "武汉江阳筑工建筑劳务有限公司",
                "ended_on": "2026-10-12",
                "harm": "false",
                "life_health_or_finance": "false",
            }
        ).press("登记线索")
        story.matter = zhou.path.split("?")[0].removeprefix("/cases/")
        zhou.leaves()
        story.does("clue_verified", {"established": True}, findings="现场核实，线索属实。")
        violation = {
            "ended_on": "2026-10-12",
            "discovered_on": "2026-10-12",
            "harm": False,
            "life_health_or_finance": False,
        }
        story.does(
            "case_filed",
            {"item": "CG-103", "domain": "housing_construction", "violation": violation},
            officers=OFFICERS,
            opinion="建议立案。",
        )
    with at("2026-10-13 09:30"):
        zhou = story.person("zhou", width=390)
        zhou.goes(story.address).sees("下一步：制作现场笔录")
        zhou.press("更多步骤")
        zhou.page.fill("#step-filter", "协助")
        assert zhou.page.locator("#more-steps li:visible").all_inner_texts()[0].startswith("发出协助调查函")
        assert zhou.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        zhou.leaves()
        said = {"place": "平江路", "certificate": True, "content": "建筑垃圾三处。", "signed": "signed"}
        story.does("onsite_made", officers=OFFICERS, **said)
        two = [{"id": number, "role": "officer"} for number in OFFICERS]
        for activity, data in (
            ("evidence_collected", {"evidence_kind": "scene_record", "source": "officers"}),
            ("evidence_verified", {"verified": True, "lawful": True}),
        ):
            record_step(
                actor=actor("zhou"),
                case=story.case,
                activity=activity,
                data={"evidence": "E1", **data},
                actors=two,
            )
        story.does(
            "correction_ordered",
            facts=FACTS,
            basis="某规定",
            content="清运。",
            due="2026-10-20",
            receipt="当面签收",
        )
    with at("2026-10-21 09:30"):
        zhou = story.person("zhou")
        zhou.goes("/desk").sees("登记复查")
        zhou.leaves()
        story.does(
            "investigation_ended", facts=FACTS, evidence="现场笔录、测绘报告。", opinion="拟罚款六万元。"
        )


def hear(story: Story, at: At) -> None:
    """The right is told, the hearing asked for, and no investigator is offered to preside."""
    with at("2026-10-22 10:00"):
        parts = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state", "right_to_hearing"]
        told = {
            "proposed": {"kinds": ["fine"], "fine": 6_000_000},
            "states": parts,
            "method": "direct",
            "receipt": "signed",
        }
        story.does("penalty_notice_served", told, facts=FACTS, reasons="依据规定第二十五条。")
    with at("2026-10-26 10:00"):
        story.does("hearing_requested", how="书面申请。")
        zhou = story.person("zhou")
        zhou.goes(f"{story.address}/steps/hearing_scheduled")
        offered = zhou.page.locator('[name="x__presider"] option').evaluate_all(
            "all => all.map(o => o.value)"
        )
        assert PRESIDER in offered and not set(OFFICERS) & set(offered)
        zhou.takes(
            story.address,
            "hearing_scheduled",
            {
                "at": "2026-11-10T09:00",
                "x__place": "三楼会议室",
                "x__presider": PRESIDER,
                "x__members": "听证员龚文，记录员陈静",
                "x__manner": "public",
            },
        )
        zhou.leaves()
        number = story.case.entries.get(step="hearing_scheduled").event_id
        hearing = _data(number)["hearing"]
        story.does("hearing_notice_served", {"hearing": hearing, "method": "direct", "receipt": "signed"})
    with at("2026-11-10 11:30"):
        zhou = story.person("zhou")
        zhou.takes(
            story.address,
            "hearing_held",
            {
                "x__presider": PRESIDER,
                "public": "true",
                "record_signed": "party",
                "x__attendance": "调查人员两人，当事人及代理人。",
                "x__recusal": "无",
                "x__inquiry": "陈述事实、证据和建议。",
                "x__defence": "对数量有异议，双方质证。",
                "x__closing": "请求从轻。",
            },
        )
        zhou.leaves()
        story.does("hearing_ended", {"hearing": hearing}, how="held")
        story.does("hearing_report_made", presider=PRESIDER, facts="按期公开举行。", report="建议维持。")


def _data(event_id: str) -> dict[str, Any]:
    found: dict[str, Any] = StoredEvent.objects.unscoped("旅程").get(event_id=event_id).data
    return found


def review(story: Story, at: At) -> None:
    """Returned once with its reasons; sent again only with an answer to them."""
    with at("2026-11-11 09:00"):
        story.does("legal_review_submitted", note="听证后送审。")
        story.does("legal_review_returned", by="li", opinion="请补充数量测算的依据。")
        zhou = story.person("zhou")
        zhou.goes(story.address).sees("审核退回")
        zhou.takes(
            story.address,
            "legal_review_submitted",
            {"x__answer": "已补充测绘报告第三页。", "x__note": "补充后送审。"},
        )
        zhou.leaves()
        story.does("legal_review_passed", by="li", opinion="主体、事实、程序、裁量均无不当，同意。")


def decide(story: Story, at: At) -> None:
    """The leaders discuss, each opinion is written down, and the head approves on a telephone."""
    with at("2026-11-12 09:00"):
        he = story.person("he")
        he.takes(
            story.address,
            "collective_discussion_recorded",
            {f"x__{name}": text for name, text in DISCUSSED.items()},
        )
        he.leaves()
        _propose(story)
    with at("2026-11-12 15:00"):
        he = story.person("he", width=390)
        he.approves("审批：处理决定")
        he.leaves()
        assert story.case.stage == Stage.DECIDED


def _propose(story: Story) -> None:
    made = take_step(
        actor=actor("zhou"),
        case=story.case,
        step="decision_made",
        data={
            "outcome": "penalty",
            "penalty": {"kinds": ["fine"], "fine": 6_000_000},
            "evidence": ["E1"],
            "facts_clear": True,
            "evidence_sufficient": True,
            "complex": False,
            "major": True,
            "major_public_interest": False,
            "based_on_hearing_record": True,
            "mitigation": None,
            "benchmark": {"benchmark": "B-CG-103", "step": "S2", "adjusted": False},
            "document_states": [
                "party",
                "facts_evidence",
                "kind_basis",
                "performance",
                "remedies",
                "agency_date",
            ],
            "document_sealed": True,
            "reconsideration_told": ["right", "organ", "period"],
        },
        details={"facts": FACTS, "reasons": "数量较大，按中档处罚。"},
    )
    assert isinstance(made, StepRequest)


def serve(story: Story, at: At) -> None:
    """Nobody is there: thirty days of announcement, refused before they are over."""
    with at("2026-11-16 10:00"):
        zhou = story.person("zhou")
        zhou.takes(
            story.address,
            "announcement_service_started",
            {
                "document": "decision",
                "ground": "whereabouts_unknown",
                "ground_recorded": "true",
                "x__where": "区政府网站",
            },
        )
        zhou.leaves()
    with at("2026-12-01 10:00"):
        zhou = story.person("zhou")
        zhou.goes(f"{story.address}/steps/announcement_service_ended").fill({"served_on": "2026-12-01"})
        zhou.page.locator("main form.step-form button.pri").click()
        zhou.page.wait_for_load_state()
        zhou.sees("第九十五条")
        zhou.leaves()
    with at("2026-12-17 10:00"):
        story.does("announcement_service_ended", {"document": "decision", "served_on": "2026-12-16"})
        assert story.case.stage == Stage.SERVED and f"{story.case.served_on}" == "2026-12-16"


def pay_in_parts(story: Story, at: At) -> None:
    """A plan that does not add up is refused at its field; the right one is watched part by part."""
    with at("2026-12-18 10:00"):
        zhou = story.person("zhou")
        form = {
            "until": "2027-02-26",
            "x__plan": "2027-01-15 30000\n2027-02-26 20000",
            "x__reason": "资金困难。",
        }
        zhou.goes(f"{story.address}/steps/deferral_granted").fill(form)
        zhou.page.locator("main form.step-form button.pri").click()
        zhou.page.wait_for_load_state()
        zhou.sees("各期合计 50,000.00 元，尚欠 60,000.00 元")
        zhou.fill({"x__plan": "2027-01-15 30000\n2027-02-26 30000"})
        zhou.page.locator("main form.step-form button.pri").click()
        zhou.page.wait_for_load_state()
        zhou.leaves()
        he = story.person("he", width=390)
        he.approves("审批：延期（分期）缴纳")
        he.leaves()
    with at("2027-01-12 10:00"):
        story.does("fine_paid", {"amount": 3_000_000, "channel": "bank"})
        zhou = story.person("zhou", width=390)
        zhou.goes(story.address).sees("分期缴纳", "第 1 期", "已缴清", "未到期")
        zhou.leaves()


def go_to_court(story: Story, at: At) -> None:
    """The second part never comes: demand, ten working days, the court."""
    with at("2027-06-22 10:00"):
        story.does(
            "demand_notice_served",
            {
                "states": ["term", "manner", "amount", "right_to_state"],
                "term_until": "2027-07-06",
                "method": "postal",
                "receipt": "return_slip",
                "posted_on": "2027-06-18",
            },
        )
    with at("2027-07-08 10:00"):
        story.does("court_application_filed", court="新洲区人民法院")
    with at("2027-07-12 10:00"):
        zhou = story.person("zhou")
        zhou.takes(
            story.address,
            "court_application_accepted",
            {"x__court": "新洲区人民法院", "x__number": "（2027）鄂0117行审12号"},
        )
        zhou.goes(story.address).sees("法院受理")
        zhou.leaves()


def archive(story: Story, at: At) -> None:
    with at("2027-07-13 10:00"):
        correction = _data(story.case.entries.get(step="correction_ordered").event_id)["correction"]
        story.does(
            "correction_rechecked",
            correction=correction,
            officers=OFFICERS,
            result="corrected",
            findings="已清运。",
        )
        story.does("case_closed", manner="court", summary="法院已受理强制执行申请。")
        zhou = story.person("zhou")
        zhou.takes(story.address, "file_archived", {"x__place": "档案室，长期。"})
        zhou.goes(story.address).sees("已归档", "本案已全部办理完毕")
        zhou.leaves()
        assert story.case.stage == Stage.ARCHIVED
