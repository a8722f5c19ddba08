"""A complaint becomes a finding, an opinion, an objection, a correction and a public answer; a key supervision its report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plumbline.apps.complaints.actions import accept, begin, hand_in, keep_identity, save_page
from plumbline.apps.complaints.models import Complaint
from plumbline.apps.oversight.models import Plan
from plumbline.apps.supervision.models import Instrument, Lead
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person

from .people import Official, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

At = Callable[[str], AbstractContextManager[None]]
STREET, OFFICE = "AG-ST-003", "st-003-office"
WISH = "请告诉我以后还会不会这样查"


def actor(login: str) -> Actor:
    return Actor.of(Person.objects.get(login_name=login), on=clock.today())


def complained() -> tuple[Complaint, str]:
    """What the public and the complaints desk do before: told on the portal without a name, accepted."""
    complaint, code = begin(actor=ANONYMOUS)
    street = Agency.objects.get(pk=STREET)
    for page, values in {
        "kind": {"kind": "conduct"},
        "where": {"concerned": street, "place": "集贸市场", "happened": "上周", "reference": ""},
        "what": {"text": "一周查了三次，没有一次给过检查通知。"},
        "wish": {"wish": WISH},
    }.items():
        save_page(actor=ANONYMOUS, complaint=complaint, page=page, values=values)
    keep_identity(actor=ANONYMOUS, complaint=complaint, name="", contact="")
    hand_in(actor=ANONYMOUS, complaint=complaint)
    accept(actor=actor("wen"), complaint=complaint, told="已经受理，核查以后答复您。", dealt_under_31_6=True)
    return complaint, code


def found(browser: Any, site: str, complaint: Complaint) -> Official:
    """The desk passes it on; supervision judges it, puts it to the street, verifies it."""
    wen = Official(browser, site, "wen").goes(f"/complaints/{complaint.matter_id}")
    wen.page.locator("summary", has_text="列为监督线索").click()
    wen.fill({"title": "一周三次检查没有通知"}).page.locator('form:has([value="pass_on"]) button').click()
    wen.sees("已列为监督线索").leaves()
    lead = Lead.objects.unscoped("旅程").get(source_ref=complaint.matter_id)
    liu = Official(browser, site, "liu").goes("/desk").sees("研判线索：一周三次检查没有通知").goes(lead.page)
    liu.fill(
        {"assess-conduct": "arbitrary_inspection", "assess-assessment": "反映检查频次和手续，向街道核查。"}
    ).press("列为问题").sees("已研判")
    liu.page.locator('form:has([value="refer"]) button').click()
    liu.sees("已转办")
    office = Official(browser, site, OFFICE)
    question = Lead.objects.unscoped("旅程").select_related("alert").get(pk=lead.pk).alert.questions.get()
    office.goes(f"/alerts/{question.alert_id}/answer/{question.pk}")
    office.fill({"answer": "三次检查属实，都没有审批。"}).press("提交答复").leaves()
    liu.goes(lead.page).sees("三次检查属实，都没有审批。")
    liu.fill({"verify-substantiated": "1", "verify-text": "台账与反映一致，反映属实。"})
    return liu.press("登记结论").sees("核查结论：属实")


def test_from_the_complaint_to_the_public_answer(browser: Any, site: str, at: At, tmp_path: Path) -> None:
    with at("2026-10-20 09:00"):
        complaint, code = complained()
        liu = found(browser, site, complaint)
        lead = liu.path
        liu.press("制发监督意见书").fill({"demands": "停止没有审批的检查，报送纠正情况。"}).press(
            "签发监督意见书"
        )
        letter = liu.sees("监意").path
        liu.leaves()
    with at("2026-10-21 09:00"):
        office = Official(browser, site, OFFICE).goes(letter)
        office.page.locator("summary", has_text="对文书有异议").click()
        office.fill({"object-text": "其中一次是联合检查。"}).press("提出异议").sees("异议已提出")
        liu = Official(browser, site, "liu").goes(letter)
        liu.fill({"answer_objection-sustained": "0", "answer_objection-answer": "通知不含本店，不成立。"})
        liu.press("答复异议").sees("异议已答复").leaves()
        proof = tmp_path / "检查计划.txt"
        proof.write_text("季度检查计划和审批单。")
        office.goes(letter).fill({"reply-text": "已停止无审批检查，制定计划。", "reply-files": proof})
        office.press("报送").sees("纠正情况已报送").leaves()
    with at("2026-10-23 09:00"):
        liu = Official(browser, site, "liu").goes(letter)
        liu.fill({"accept-checked_how": "papers", "accept-text": "计划和审批单齐全。"})
        liu.press("认可并销号").sees("文书销号")
        liu.page.locator("summary", has_text="公开摘要").click()
        liu.fill({"publish-summary": "查实三次检查没有审批，已停止并制定检查计划。"}).press("公开在门户")
        liu.goes(lead).fill({"feed_back-text": "查实三次检查没有审批，已监督纠正。"}).press("反馈并办结")
        liu.sees("已反馈").leaves()
        wen = Official(browser, site, "wen").goes(f"/complaints/{complaint.matter_id}")
        wen.sees("查实三次检查没有审批，已监督纠正。").press("办结并答复").sees("已办结").leaves()
        sender = Visitor(browser, site).goes("/open/receipt").fill({"code": code}).press("查看")
        sender.sees("查实三次检查没有审批，已监督纠正。").goes("/open/supervision")
        sender.sees("已停止并制定检查计划").leaves()
    assert Instrument.objects.unscoped("旅程").get(matter_id=letter.rsplit("/", 1)[-1]).state == "closed"


def test_a_key_supervision_from_plan_to_report(browser: Any, site: str, at: At) -> None:
    with at("2026-10-20 09:00"):
        today = clock.today()
        liu = Official(browser, site, "liu").goes("/plans/new")
        liu.fill(
            {
                "kind": "key", "notice_word": "individual", "title": "检查频次重点监督", "reason": "群众反映强烈。",
                "scope": "检查计划和审批。", "from_on": today.isoformat(), "until_on": (today + timedelta(20)).isoformat(),
                "subjects": [STREET],
            }
        ).press("拟定")  # fmt: skip
        for name, role in (("刘清源", "组长"), ("梅兰", "监督员")):
            liu.fill({"member-person": name, "member-role": role}).press("列入名单")
        plan = liu.press("批准实施").sees("实施中", "试点通知称“个案督办”").path
        liu.page.locator("summary", has_text="挂牌督办").click()
        liu.fill({"list-why": "企业反映强烈"}).press("挂牌").sees("挂牌督办")
        liu.fill(
            {"measure-kind": "explain", "measure-agency": STREET, "measure-text": "请说明检查审批的情况。",
             "measure-respond_by": (today + timedelta(5)).isoformat()}
        ).press("登记措施")  # fmt: skip
        office = Official(browser, site, OFFICE).goes("/measures")
        office.press("要求说明情况").fill({"answer": "三次检查没有审批。"}).press("提交答复").leaves()
        liu.goes(plan).sees("三次检查没有审批。")
        liu.page.locator("summary", has_text="登记查明的情况").click()
        measure = Plan.objects.unscoped("旅程").get(matter_id=plan.rsplit("/", 1)[-1])
        pk = measure.measures.model.objects.unscoped("旅程").get(plan=measure).pk
        liu.fill({f"find{pk}-problem": "0", f"find{pk}-found": "说明属实，已自行纠正。"})
        liu.page.locator(f'form:has([value="find-{pk}"]) button').click()
        liu.page.locator("summary", has_text="作出报告").click()
        liu.fill(
            {"report-findings": "三次检查没有审批，已自行纠正。", "report-proposals": "不另行制发文书。"}
        )
        liu.press("编号并作出报告").sees("监报〔2026〕", "下载 PDF")
        file = liu.context.request.get(f"{site}{plan}/report?as=pdf")
        assert file.status == 200 and file.body()[:5] == b"%PDF-"
        liu.fill({"close-conclusion": "已落实。"}).press("办结").sees("已办结")
        liu.leaves()
