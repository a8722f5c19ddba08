"""A key-supervision plan from a lead to its report, and what a district may not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.oversight import actions
from plumbline.apps.oversight.counting import counted
from plumbline.apps.oversight.models import Measure, Plan, PlanState
from plumbline.apps.paperwork.contract import issued_paper
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import leads_of
from plumbline.apps.supervision.tests.scene import BUREAU, DEPARTMENT, STREET, Scene, soon
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency


def drafted(scene: Scene, **deviation: Any) -> Plan:
    wanted = {
        "kind": "key", "title": "检查频次重点监督", "reason": "群众反映强烈。", "scope": "检查计划和通知。",
        "from_on": clock.today(), "until_on": soon(30), "subjects": [Agency.objects.get(pk=STREET)],
        "notice_word": "individual", **deviation,
    }  # fmt: skip
    return actions.draft_plan(actor=scene.actor(scene.clerk), **wanted)


def running(scene: Scene) -> Plan:
    plan = drafted(scene)
    for person in (scene.clerk, scene.head):
        actions.add_member(actor=scene.actor(scene.clerk), plan=plan, person=person, role="监督员")
    return actions.approve_plan(actor=scene.actor(scene.head), plan=plan)


def test_a_district_launches_no_special_supervision_but_takes_the_task(scene: Scene) -> None:
    clerk = scene.actor(scene.clerk)
    with pytest.raises(Refusal, match="第二十一条"):
        drafted(scene, kind="received")
    with pytest.raises(Refusal):
        actions.draft_plan(
            actor=scene.actor(scene.answering), kind="key", title="计划", reason="事由", scope="范围",
            from_on=clock.today(), until_on=soon(), subjects=[Agency.objects.get(pk=STREET)],
        )  # fmt: skip
    given = {
        "title": "专项监督任务", "reason": "省里部署。", "scope": "涉企检查。", "from_on": clock.today(), "until_on": soon(),
        "subjects": [Agency.objects.get(pk=STREET)],
    }  # fmt: skip
    with pytest.raises(InputFault, match="文号"):
        actions.receive_task(actor=clerk, sent_by="湖北省司法厅", sent_number="", **given)
    task = actions.receive_task(actor=clerk, sent_by="湖北省司法厅", sent_number="鄂司办〔2026〕1号", **given)
    assert task.get_kind_display() == "上级专项监督任务"
    page = scene.client(scene.clerk).get(task.page).content.decode()
    assert "鄂司办〔2026〕1号" in page and "专项监督由省级以上开展（监督条例第二十一条）" in page
    with pytest.raises(Refusal, match="只有重点监督"):
        actions.list_plan(actor=scene.actor(scene.head), plan=task, why="典型")
    actions.drop_plan(actor=scene.actor(scene.head), plan=task, conclusion="任务已由市级统一办理。")
    assert Plan.objects.unscoped("测试").get(pk=task.pk).state == PlanState.DROPPED


def test_nobody_supervises_their_own_unit_and_two_start(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.actor(scene.head)
    plan = drafted(scene)
    with pytest.raises(InputFault, match="回避"):
        actions.add_member(actor=clerk, plan=plan, person=scene.answering, role="监督员")
    actions.add_member(actor=clerk, plan=plan, person=scene.clerk, role="组长")
    actions.add_member(actor=clerk, plan=plan, name="周代表", role="人大代表")
    with pytest.raises(Refusal, match="两人"):
        actions.approve_plan(actor=head, plan=plan)
    with pytest.raises(Refusal):
        actions.approve_plan(actor=clerk, plan=plan)
    with pytest.raises(Refusal, match="批准"):
        actions.take_measure(
            actor=clerk, plan=plan, kind="inspect", agency=Agency.objects.get(pk=STREET), text="检查", taken_on=clock.today()
        )  # fmt: skip


def test_from_the_measures_to_the_report_and_the_end(scene: Scene, tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    clerk, head, street = scene.actor(scene.clerk), scene.actor(scene.head), scene.actor(scene.answering)
    plan = running(scene)
    unit = Agency.objects.get(pk=STREET)
    with pytest.raises(InputFault, match="不在本计划"):
        actions.take_measure(
            actor=clerk, plan=plan, kind="inspect", agency=Agency.objects.get(pk=DEPARTMENT), text="检查", taken_on=clock.today()
        )  # fmt: skip
    with pytest.raises(InputFault, match="答复期限"):
        actions.take_measure(actor=clerk, plan=plan, kind="self_check", agency=unit, text="自查", taken_on=clock.today())  # fmt: skip
    asked = actions.take_measure(
        actor=clerk, plan=plan, kind="self_check", agency=unit, text="请自查检查计划。", taken_on=clock.today(), respond_by=soon()
    )  # fmt: skip
    assert asked in Measure.objects.visible_to(street)
    assert not Measure.objects.visible_to(scene.actor(scene.elsewhere)).exists()
    client = scene.client(scene.answering)
    assert "答复监督" in client.get("/desk").content.decode()
    client.post(f"/measures/{asked.pk}", {"answer": "已自查，两次没有通知。", "files": SimpleUploadedFile("表.txt", "表".encode())})  # fmt: skip
    asked = Measure.objects.unscoped("测试").get(pk=asked.pk)
    assert asked.answered_label == "答复岗" and asked.files.exists()
    with pytest.raises(Refusal):
        actions.answer_measure(actor=street, measure=asked, answer="又答复。")
    visited = actions.take_measure(actor=clerk, plan=plan, kind="inspect", agency=unit, text="查阅检查记录。", taken_on=clock.today())  # fmt: skip
    with pytest.raises(Refusal, match="没有登记"):
        actions.report_plan(actor=clerk, plan=plan, findings="有问题", proposals="整改")
    actions.find(actor=clerk, measure=asked, problem=False, found="自查情况与台账一致。")
    with pytest.raises(InputFault, match="什么问题"):
        actions.find(actor=clerk, measure=visited, problem=True, found="两次检查没有通知。")
    found = actions.find(actor=clerk, measure=visited, problem=True, found="两次检查没有通知。", title="检查没有通知")  # fmt: skip
    lead = leads_of(clerk).get(matter_id=found.lead_matter)
    assert lead.source == "plan" and lead.concerned_id == STREET
    actions.list_plan(actor=head, plan=plan, why="群众反映强烈")
    actions.raise_plan(actor=head, plan=plan, to="武汉市司法局", why="跨区")
    with pytest.raises(Refusal):
        actions.close_plan(actor=head, plan=plan, conclusion="完成")
    plan = actions.report_plan(
        actor=clerk, plan=plan, findings="两次检查没有通知。", proposals="制发督办函。"
    )
    paper = issued_paper(plan.matter_id)
    assert paper is not None and plan.report_number.endswith("1号") and "监督员" in paper.html
    word = scene.client(scene.clerk).get(f"{plan.page}/report?as=docx")
    assert word.status_code == 200 and b"".join([word.content])[:2] == b"PK"
    supervising.assess_lead(actor=clerk, lead=lead, assessment="属于监督事项。", concerned=unit, conduct="arbitrary_inspection")  # fmt: skip
    lead.refresh_from_db(from_queryset=leads_of(clerk))
    letter = supervising.issue(
        actor=head, alert=lead.alert, kind="letter", title="督办", facts="没有通知", demands="改正", respond_by=soon()
    )  # fmt: skip
    with pytest.raises(Refusal, match="没有了结"):
        actions.close_plan(actor=head, plan=plan, conclusion="完成")
    supervising.reply(actor=street, instrument=letter, text="已改正。")
    supervising.accept(
        actor=clerk, instrument=letter, checked_how="onsite", text="到街道查看，通知已经补发。"
    )
    plan = actions.close_plan(actor=head, plan=plan, conclusion="全部落实。")
    assert plan.state == PlanState.CLOSED
    page = scene.client(scene.clerk).get(plan.page).content.decode()
    assert (
        "试点通知称“个案督办”" in page
        and "区一级按重点监督开展（监督条例第二十条）" in page
        and plan.report_number in page
        and "全部落实。" in page
    )
    figures = {each.label: each for each in counted(clerk, clock.today() - timedelta(1), clock.today())}
    assert (figures["重点监督"].value, figures["督办函"].value, figures["采取监督措施"].value) == (1, 1, 2)
    for label in ("重点监督", "督办函", "采取监督措施", "收到监督线索"):
        listed = scene.client(scene.clerk).get(figures[label].url)
        assert listed.status_code == 200 and listed.context["total"] == figures[label].value, label


def test_the_report_to_the_government_is_drafted_from_figures_and_signed_once(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.actor(scene.head)
    scene.letter()
    today = clock.today()
    with pytest.raises(Refusal):
        actions.draft_report(actor=scene.actor(scene.answering), title="报告", from_on=today, until_on=today)
    report = actions.draft_report(actor=clerk, title="上半年工作报告", from_on=today, until_on=today)
    assert "督办函 1 份" in report.text and report.agency_id == BUREAU
    with pytest.raises(Refusal):
        actions.sign_report(actor=clerk, report=report, text="一、总体情况")
    with pytest.raises(InputFault, match="没有写的部分"):
        actions.sign_report(actor=head, report=report, text=report.text)
    client = scene.client(scene.head)
    client.post(f"/oversight/reports/{report.matter_id}", {"text": "一、总体情况\n制发督办函 1 份。"})
    page = client.get(f"/oversight/reports/{report.matter_id}").content.decode()
    assert "监工" in page and client.get(f"/oversight/reports/{report.matter_id}/paper").status_code == 200
    assert "上半年工作报告" in client.get("/oversight").content.decode()
