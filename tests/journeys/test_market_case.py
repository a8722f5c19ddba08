"""A market-supervision case: goods seized, tested, held longer; fined, challenged, revoked, decided anew.

A person at the browser does what has to be seen to be believed; the steps in between go through the same actions.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.contract import record_step, take_step
from plumbline.apps.cases.models import Case
from plumbline.apps.challenges.models import Challenge
from plumbline.apps.publicity import actions as publishing
from plumbline.apps.publicity.actions import Shown
from plumbline.apps.publicity.models import Publication
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.verdicts.models import StoredVerdict

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

At = Callable[[str], AbstractContextManager[None]]
OFFICER, HEAD, LIAISON, SECOND = "xz-scjg-1", "xz-scjg-head", "xz-scjg-office", "xz-scjg-office2"
FIRM = "武汉鑫楚恒泰食品有限公司"
FACTS = f"{FIRM}购进预包装食品未查验记录，涉案食品四十二箱。"
GOODS = "预包装食品四十二箱。"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def settled() -> None:
    while work_off():
        pass


class Story:
    """The case, its challenge, and the people."""

    def __init__(self, browser: Any, site: str) -> None:
        self.browser, self.site = browser, site
        self.matter = ""
        self.officers = sorted(
            Person.objects.filter(login_name__in=[OFFICER, "xz-scjg-2"]).values_list(
                "certificate_number", flat=True
            )
        )

    @property
    def case(self) -> Case:
        return Case.objects.unscoped("旅程").select_related("agency", "party").get(matter_id=self.matter)

    @property
    def challenge(self) -> Challenge:
        return Challenge.objects.unscoped("旅程").select_related("agency", "case").get(case=self.case)

    @property
    def address(self) -> str:
        return f"/cases/{self.matter}"

    @property
    def dispute(self) -> str:
        return f"/challenges/{self.challenge.matter_id}"

    def does(self, step: str, data: Any = None, **details: Any) -> Any:
        return take_step(
            actor=actor(OFFICER), case=self.case, step=step, data=data, details=details, approver=actor(HEAD)
        )

    def records(self, activity: str, data: dict[str, Any]) -> None:
        two = [{"id": number, "role": "officer"} for number in self.officers]
        record_step(actor=actor(OFFICER), case=self.case, activity=activity, data=data, actors=two)

    def person(self, login: str, *, width: int = 1280) -> Official:
        settled()
        return Official(self.browser, self.site, login, width=width)

    def verdict(self, rule: str, matter: str = "") -> str:
        settled()
        rows = StoredVerdict.objects.unscoped("旅程").filter(matter_id=matter or self.matter, rule=rule)
        return str(rows.order_by("-pk")[0].verdict)


def test_a_seizure_a_test_a_decision_revoked_and_made_anew(browser: Any, site: str, at: At) -> None:
    story = Story(browser, site)
    seize(story, at)
    examine_and_extend(story, at)
    decide(story, at)
    apply(story, at)
    answer(story, at)
    lose(story, at)
    withdraw(story, at)
    redo(story, at)


def seize(story: Story, at: At) -> None:
    """Approved first, then carried out: the seizure's own form asks for all that the law wants on the spot."""
    with at("2026-03-16 09:00"):
        officer = story.person(OFFICER)
        officer.goes("/cases/new").fill(
            {
                "source": "inspection", "occurred_on": "2026-03-16", "item": "SJ-301",
                "title": "食品经营者未建立进货查验记录制度案", "place": "邾城街道齐安大道批发部",
                "summary": FACTS, "party_known": True, "party_kind": "legal_person", "party_name": FIRM,
                "ended_on": "2026-03-16", "harm": "false", "life_health_or_finance": "true",
            }
        ).press("登记线索")  # fmt: skip
        story.matter = officer.path.split("?")[0].removeprefix("/cases/")
        officer.leaves()
        story.does("clue_verified", {"established": True}, findings="现场核实属实。")
        violation = {
            "discovered_on": "2026-03-16", "ended_on": "2026-03-16", "harm": False, "life_health_or_finance": True,
        }  # fmt: skip
        given = {"item": "SJ-301", "domain": "market", "violation": violation}
        story.does("case_filed", given, officers=story.officers, opinion="建议立案。")
    with at("2026-03-17 09:00"):
        story.does(
            "onsite_made", place="批发部", certificate=True, content="查见食品四十二箱。", signed="signed",
            officers=story.officers,
        )  # fmt: skip
        story.records(
            "evidence_collected", {"evidence": "Z1", "evidence_kind": "scene_record", "source": "officers"}
        )
        story.does("seizure_approved", grounds="涉案食品可能转移，拟扣押。")
    with at("2026-03-17 14:00"):
        officer = story.person(OFFICER)
        officer.goes(f"{story.address}/steps/seized").fill({"urgent": "false"})
        said = dict.fromkeys(("id_shown", "party_present", "rights_told", "statement_heard", "decision_delivered", "list_delivered", "related_to_case"), "true")  # fmt: skip
        officer.fill(
            {
                **said, "x__officers": story.officers, "x__goods": GOODS, "record_signed": "party",
                "av_record": "full", "daily_necessities": "false", "already_sealed": "false",
                "document_states": ["party", "reason_basis_period", "property", "remedies", "agency_seal_date"],
            }
        )  # fmt: skip
        officer.page.locator("main form.step-form button.pri").click()
        officer.page.wait_for_load_state()
        officer.goes(story.address).sees("扣押")
        officer.leaves()


def examine_and_extend(story: Story, at: At) -> None:
    """The days of the test do not count; the seizure is extended by the head, and the party is told why."""
    measure = next(e["measure"] for e in _data(story, "seized"))
    with at("2026-03-18 10:00"):
        told = {
            "test_kind": "test",
            "measures": [measure],
            "planned_until": "2026-04-03",
            "told_in_writing": True,
        }
        story.does("test_started", told, institution="某食品检验中心", about="菌落总数、防腐剂。")
        officer = story.person(OFFICER)
        officer.goes(story.address).sees("停止计算")
        officer.leaves()
    with at("2026-04-01 10:00"):
        story.does("test_ended", {"test": _data(story, "test_started")[0]["test"]}, result="一项不合格。")
        story.does("test_result_told", result="一项不合格。", recheck=True, receipt="当面签收")
    with at("2026-04-13 10:00"):
        story.does("seizure_extended", {"measure": measure, "days": 20}, reason="需要核查上游供货。")
        officer = story.person(OFFICER, width=390)
        officer.takes(
            story.address,
            "extension_notice_served",
            {"measure": measure, "states_reasons": "true", "method": "direct", "receipt": "signed"},
        )
        officer.leaves()
        assert story.verdict("ACL-25-extension-notice") == "met"
        assert story.verdict("ACL-25-30d") == "pending"


def _data(story: Story, activity: str) -> list[dict[str, Any]]:
    return [dict(e.data) for e in matter_events(story.matter) if e.activity == activity]


def decide(story: Story, at: At) -> None:
    """The head approves on a telephone; the decision is served and published."""
    with at("2026-04-20 10:00"):
        story.records("evidence_verified", {"evidence": "Z1", "verified": True, "lawful": True})
        story.does("investigation_ended", facts=FACTS, evidence="现场笔录。", opinion="建议罚款。")
        notice(story, 1_000_000)
    with at("2026-04-27 15:00"):
        measure = _data(story, "seized")[0]["measure"]
        story.does(
            "seizure_lifted", {"measure": measure, "nothing_to_return": False}, reason="查明后退还合格食品。"
        )
        story.does("goods_returned", {"measure": measure}, receiver="当事人当日领回，清点无误。")
        ask_for_decision(story, 1_000_000)
        head = story.person(HEAD, width=390)
        head.approves("审批：处理决定")
        head.sees("已批准")
        head.leaves()
    with at("2026-04-29 10:00"):
        story.does("decision_served", {"method": "direct", "receipt": "signed", "publicity_told": True})
        settled()
        for channel, shown in (
            ("government_site", None),
            ("enterprise_credit", Shown(receipt="鄂-1", term="3m")),
        ):
            publish_on(story, channel, shown)
        settled()
        assert story.verdict("EIP-6-20wd") == "met"
        assert everywhere_open(story) == OPEN


OPEN = {
    "/open/data/penalty-decisions.csv", "/open/data/penalty-decisions.json", "/open/feeds/decisions.atom",
    "/open/sitemaps/decisions-0.xml", "/open/search", "/open/decisions",
}  # fmt: skip


def publish_on(story: Story, channel: str, shown: Shown | None) -> None:
    """Published by the liaison; where the text was doubtful, by a second person."""
    row = Publication.objects.get(matter_id=story.matter, channel=channel)
    publishing.publish(actor=actor(LIAISON), publication=row, shown=shown)
    if row.state != "published":
        publishing.publish(actor=actor(SECOND), publication=row, shown=shown)


def everywhere_open(story: Story) -> set[str]:
    """Every open place that leads to the decision: files, feed, map, the one search and the list."""
    row = Publication.objects.get(matter_id=story.matter, channel="government_site")
    found = set()
    for address in OPEN:
        answer = Client(SERVER_NAME="localhost").get(address, {"q": "鑫楚恒泰"})
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        if row.public_id in said.decode():
            found.add(address)
    return found


def notice(story: Story, fine: int) -> None:
    story.does(
        "penalty_notice_served",
        {
            "proposed": {"kinds": ["fine"], "fine": fine}, "method": "direct", "receipt": "signed",
            "states": ["proposed_penalty", "facts", "reasons", "basis", "right_to_state"],
        },
        facts=FACTS, reasons="违反食品安全法第一百二十六条。",
    )  # fmt: skip
    story.does("statement_waived", {"waives": ["statement"]}, proof="放弃声明，当日签名。")


def ask_for_decision(story: Story, fine: int) -> Any:
    """The officer's proposal, which waits for the head."""
    data = {
        "outcome": "penalty", "penalty": {"kinds": ["fine"], "fine": fine}, "evidence": ["Z1"],
        "facts_clear": True, "evidence_sufficient": True, "complex": False, "major": False,
        "major_public_interest": False, "mitigation": None, "correction_ordered": True,
        "benchmark": {"benchmark": "B-SJ-301", "step": "S1", "adjusted": False},
        "document_states": ["party", "facts_evidence", "kind_basis", "performance", "remedies", "agency_date"],
        "document_sealed": True, "reconsideration_told": ["right", "organ", "period"],
    }  # fmt: skip
    return take_step(
        actor=actor(OFFICER), case=story.case, step="decision_made", data=data,
        details={"facts": FACTS, "reasons": "首次违法，已改正，按较轻档处罚。"},
    )  # fmt: skip


def apply(story: Story, at: At) -> None:
    """The district's office finds the case by its number, registers and takes the application in."""
    with at("2026-06-22 09:30"):
        office = story.person("fuyi")
        office.goes("/challenges/new").fill({"number": story.case.number}).press("查找案件")
        office.press("区复议机构收到复议申请").fill(
            {
                "occurred_on": "2026-06-22", "act_known_on": "2026-04-29", "told_of_rights": "true",
                "claims": "进货记录已补，请求撤销罚款。",
            }
        ).press("登记").sees("决定受理", "个工作日")  # fmt: skip
        office.may_not(story.address)
        office.leaves()
    with at("2026-06-24 10:00"):
        office = story.person("fuyi")
        office.takes(story.dispute, "accepted", {"procedure": "ordinary", "x__number": "新政复〔2026〕21号"})
        office.sees("等待").leaves()


def answer(story: Story, at: At) -> None:
    """The officer's desk names the day of the answer; what the case knows is filled in; the head signs it."""
    with at("2026-06-25 10:00"):
        officer = story.person(OFFICER)
        officer.takes(story.dispute, "copy_received", {"procedure": "ordinary"})
        officer.sees("提交答复书报批", "10 个工作日").leaves()
        assert story.verdict("REC-48-answer-10wd", story.challenge.matter_id) == "pending"
    with at("2026-07-02 10:00"):
        officer = story.person(OFFICER)
        officer.goes("/desk").sees("行政复议：答复书报批")
        officer.goes(f"{story.dispute}/steps/answer_approved")
        assert FACTS[:8] in officer.page.input_value('[name="x__facts"]')
        officer.takes(story.dispute, "answer_approved", {"x__answer": "事实清楚，请求维持。"})
        officer.sees("等待审批：答复书报批")
        head = story.person(HEAD, width=390)
        head.approves("审批：答复书报批").sees("已批准")
        head.goes(story.dispute).press("行政复议答复书").press("签发并编号").sees("已签发", "复答")
        head.leaves()
        officer.takes(story.dispute, "answer_filed", {"with_evidence": "true"}).leaves()
        assert story.verdict("REC-48-answer-10wd", story.challenge.matter_id) == "met"
        officer = story.person(OFFICER)
        officer.goes(f"{story.address}?tab=challenges").sees("不重复监督", "新政复〔2026〕21号")
        officer.leaves()


def lose(story: Story, at: At) -> None:
    """The office revokes and orders a new act; the street's side records the receipt, and the case is open again."""
    with at("2026-07-20 10:00"):
        office = story.person("fuyi")
        office.takes(
            story.dispute,
            "decision_made",
            {
                "outcome": "revoked", "x__orders_redo": "true", "x__number": "新政复决〔2026〕21号",
                "x__reasons": "裁量没有考虑已经改正的情节，责令重新作出。",
            },
        ).leaves()  # fmt: skip
    with at("2026-07-21 10:00"):
        officer = story.person(OFFICER, width=390)
        officer.takes(story.dispute, "decision_received", {"orders_redo": "true"})
        officer.sees("重新作出行政行为", "撤销").leaves()
        settled()
        assert story.challenge.due_on is not None
        assert story.verdict("APL-48-withdraw-3wd") == "pending"


def withdraw(story: Story, at: At) -> None:
    """The publication comes down within its three working days; the public reads that it did, and why."""
    with at("2026-07-23 10:00"):
        liaison = story.person(LIAISON)
        liaison.goes(
            f"/publicity/{Publication.objects.get(matter_id=story.matter, channel='government_site').public_id}"
        )
        liaison.fill({"reason": "行政复议撤销原处罚决定。"})
        liaison.press("撤回公示").leaves()
        assert everywhere_open(story) == set()
        # What stands on another body's site comes down there as well; until then the duty is not done.
        assert story.verdict("APL-48-withdraw-3wd") == "pending"
        credit = Publication.objects.get(matter_id=story.matter, channel="enterprise_credit")
        publishing.withdraw(actor=actor(LIAISON), publication=credit, reason="行政复议撤销原处罚决定。")
        settled()
        assert story.verdict("APL-48-withdraw-3wd") == "met"
        public = Visitor(story.browser, story.site, width=390)
        public.goes("/open/withdrawn").sees("行政复议撤销原处罚决定。")
        public.leaves()


def redo(story: Story, at: At) -> None:
    """Told again, decided anew and served; the challenge learns of it and is closed."""
    with at("2026-07-27 10:00"):
        notice(story, 500_000)
    with at("2026-08-06 15:00"):
        ask_for_decision(story, 500_000)
        head = story.person(HEAD, width=390)
        head.approves("审批：处理决定")
        head.sees("已批准").leaves()
        story.does("decision_served", {"method": "direct", "receipt": "signed", "publicity_told": True})
    with at("2026-08-07 10:00"):
        officer = story.person(OFFICER)
        officer.takes(
            story.dispute,
            "new_act_made",
            {"same_act_same_facts": "false", "x__number": story.case.number, "x__content": "罚款五千元。"},
        )
        officer.takes(story.dispute, "closed", {"x__summary": "已重新作出决定并送达。"})
        officer.sees("已办结")
        officer.goes("/challenges/figures").sees("100.0%")
        officer.leaves()
        assert story.verdict("RECR-58-redo-60d", story.challenge.matter_id) == "met"
        assert story.case.fine_fen == 500_000
