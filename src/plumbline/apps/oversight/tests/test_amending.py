"""A plan is edited and amended with its history, a measure recorded in error is struck through, papers know their plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.oversight import actions
from plumbline.apps.oversight.counting import counted
from plumbline.apps.oversight.models import Measure, Plan, measures_of
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import leads_of
from plumbline.apps.supervision.models import Instrument
from plumbline.apps.supervision.tests.scene import OTHER, STREET, Scene, soon
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Agency

from .test_plans import drafted, running


def values(plan: Plan, **deviation: Any) -> dict[str, Any]:
    return {
        "title": plan.title, "reason": plan.reason, "scope": plan.scope, "from_on": plan.from_on, "until_on": plan.until_on,
        "subjects": [each.agency for each in plan.subjects.all()], "notice_word": plan.notice_word, **deviation,
    }  # fmt: skip


def measured(scene: Scene, plan: Plan, **deviation: Any) -> Measure:
    wanted = {
        "kind": "inspect", "agency": Agency.objects.get(pk=STREET), "text": "查阅检查台账。", "taken_on": clock.today(),
        **deviation,
    }  # fmt: skip
    return actions.take_measure(actor=scene.actor(scene.clerk), plan=plan, **wanted)


def logged(plan: Plan) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=plan.matter_id).order_by("pk")
    return list(rows.values_list("activity", flat=True))


def test_a_draft_is_edited_by_whoever_drafts_and_a_running_plan_amended_by_whoever_approved(
    scene: Scene,
) -> None:
    clerk, head, street = scene.actor(scene.clerk), scene.actor(scene.head), scene.actor(scene.answering)
    plan = drafted(scene)
    with pytest.raises(Refusal):
        actions.change_plan(actor=street, plan=plan, **values(plan, title="别的"))
    with pytest.raises(InputFault, match="没有改动"):
        actions.change_plan(actor=clerk, plan=plan, **values(plan))
    with pytest.raises(InputFault, match="不能早于"):
        actions.change_plan(actor=clerk, plan=plan, **values(plan, until_on=plan.from_on - timedelta(days=1)))
    both = [Agency.objects.get(pk=STREET), Agency.objects.get(pk=OTHER)]
    plan = actions.change_plan(actor=clerk, plan=plan, **values(plan, title="检查频次和手续", subjects=both))
    with pytest.raises(InputFault, match="回避"):
        actions.add_member(actor=clerk, plan=plan, person=scene.elsewhere, role="监督员")
    for person in (scene.clerk, scene.head):
        actions.add_member(actor=clerk, plan=plan, person=person, role="监督员")
    plan = actions.approve_plan(actor=head, plan=plan)
    measured(scene, plan)
    with pytest.raises(Refusal, match="批准"):
        actions.change_plan(actor=clerk, plan=plan, **values(plan, until_on=soon(60), why="延长"))
    for deviation, why in (
        ({"until_on": soon(60)}, "写明修改的理由"),
        ({"from_on": soon(1), "why": "改"}, "不能再改"),
        ({"subjects": [both[1]], "why": "改"}, "已经采取监督措施"),
    ):
        with pytest.raises(InputFault, match=why):
            actions.change_plan(actor=head, plan=plan, **values(plan, **deviation))
    client = scene.client(scene.head)
    sent = {
        "do": "change", **values(plan, until_on=soon(60), subjects=[STREET]), "why": "企业较多，延长一个月。",
    }  # fmt: skip
    assert client.post(f"{plan.page}/change", sent).status_code == 302
    page = client.get(plan.page).content.decode()
    assert (
        "修改记录" in page and "企业较多，延长一个月。" in page and f"<s>{soon(30).isoformat()}</s>" in page
    )
    first, second = plan.changes.order_by("pk")
    assert [each["label"] for each in first.changed] == ["名称", "被监督的机关"] and not first.why
    assert [each["label"] for each in second.changed] == ["结束", "被监督的机关"]
    assert logged(plan).count("supervision_plan_changed") == 2
    assert "修改计划" not in scene.client(scene.clerk).get(plan.page).content.decode()
    assert "由区司法局" in scene.client(scene.clerk).get(f"{plan.page}/change").content.decode()


def test_the_team_changes_with_a_reason_and_never_falls_below_two(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.actor(scene.head)
    plan = running(scene)
    leaving = plan.members.get(person=scene.clerk)
    with pytest.raises(Refusal, match="不到两人"):
        actions.release_member(actor=head, plan=plan, member=leaving, why="调离")
    with pytest.raises(InputFault, match="增加人员的理由"):
        actions.add_member(actor=clerk, plan=plan, person=scene.mayor, role="监督员")
    actions.add_member(actor=clerk, plan=plan, person=scene.mayor, role="监督员", why="充实力量")
    with pytest.raises(Refusal):
        actions.release_member(actor=clerk, plan=plan, member=leaving, why="调离")
    sent = {"do": f"release-{leaving.pk}", f"m{leaving.pk}-why": "调离监督岗位"}
    assert scene.client(scene.head).post(f"{plan.page}/change", sent).status_code == 302
    assert "调离监督岗位" in scene.client(scene.head).get(plan.page).content.decode()
    assert plan.members.count() == 3  # who has left stays on the list
    with pytest.raises(Refusal, match="不在名单里"):
        actions.release_member(actor=head, plan=plan, member=plan.members.get(pk=leaving.pk), why="再退")
    actions.add_member(actor=clerk, plan=plan, person=scene.clerk, role="监督员", why="调回")


def test_a_measure_recorded_in_error_is_struck_through_and_never_edited(scene: Scene) -> None:
    clerk, street = scene.actor(scene.clerk), scene.actor(scene.answering)
    plan = running(scene)
    wrong = measured(scene, plan, kind="self_check", text="自查上年检查。", respond_by=soon())
    client, unit = scene.client(scene.clerk), scene.client(scene.answering)
    with pytest.raises(Refusal):
        actions.correct_measure(actor=street, measure=wrong, why="不对")
    with pytest.raises(InputFault, match="登记有误"):
        actions.correct_measure(actor=clerk, measure=wrong, why=" ")
    sent = {
        "why": "年份写错", "instead": "1", "kind": "self_check", "agency": STREET, "text": "自查今年检查。",
        "taken_on": clock.today().isoformat(), "respond_by": soon().isoformat(),
    }  # fmt: skip
    assert client.post(f"/measures/{wrong.pk}/correct", sent).status_code == 302
    wrong = scene.fresh(wrong)
    right = measures_of(plan).get()
    assert (wrong.text, wrong.struck_why, right.corrects_id) == ("自查上年检查。", "年份写错", wrong.pk)
    assert logged(plan)[-2:] == ["supervision_measure_corrected", "supervision_measure_taken"]
    page = client.get(plan.page).content.decode()
    assert "<s><b>要求自查</b>" in page and "年份写错" in page and "1 次 · 监督条例" in page
    told = unit.get(f"/measures/{wrong.pk}").content.decode()
    assert "登记有误" in told and f"/measures/{right.pk}" in told and "提交答复" not in told
    with pytest.raises(Refusal, match="已经更正"):
        actions.answer_measure(actor=street, measure=wrong, answer="没有")
    with pytest.raises(Refusal, match="已经更正"):
        actions.find(actor=clerk, measure=wrong, problem=False, found="没有问题")
    with pytest.raises(Refusal, match="已经更正过"):
        actions.correct_measure(actor=clerk, measure=wrong, why="再改")
    figures = {each.label: each for each in counted(clerk, clock.today(), clock.today())}
    listed = client.get(figures["采取监督措施"].url)
    assert figures["采取监督措施"].value == listed.context["total"] == 1
    found = actions.find(actor=clerk, measure=right, problem=True, found="缺审批。", title="缺审批单")
    with pytest.raises(Refusal, match="已经转为线索"):
        actions.correct_measure(actor=clerk, measure=found, why="写错")
    lead = leads_of(clerk).get(matter_id=found.lead_matter)
    supervising.dismiss_lead(actor=clerk, lead=lead, assessment="登记有误，不是这个街道。")
    sent = {"why": "没有这项措施", "instead": "0"}
    assert client.post(f"/measures/{right.pk}/correct", sent).status_code == 302
    assert not measures_of(plan).exists() and measures_of(plan, struck=True).count() == 2


def test_a_correction_and_a_talk_made_out_from_a_plan_know_it(scene: Scene) -> None:
    plan = running(scene)
    measure = measured(scene, plan, place="综合执法中心")
    client = scene.client(scene.head)
    shown = client.get(f"/orders/new/on_spot?about={plan.matter_id}&measure={measure.pk}")
    first = shown.context["form"].initial
    assert first["to"] == STREET and plan.title in first["title"]
    for said in (plan.matter_id, "刘清源", "孙立新", "在综合执法中心", "查阅检查台账。"):
        assert said in first["facts"]
    assert [each.pk for each in shown.context["form"].fields["to"].queryset] == [STREET]
    assert "约谈" in client.get(f"/orders/new/talk?about={plan.matter_id}").context["form"].initial["title"]
    assert client.get("/orders/new/talk?about=JH-没有").status_code == 404
    assert scene.client(scene.answering).get(f"/orders/new/talk?about={plan.matter_id}").status_code == 403
    proof = SimpleUploadedFile("改正.txt", "改正后的台账。".encode())
    sent = {
        "to": STREET,
        "title": first["title"],
        "facts": first["facts"],
        "demands": "当场补齐。",
        "files": proof,
    }
    made = client.post(f"/orders/new/on_spot?about={plan.matter_id}&measure={measure.pk}", sent)
    paper = Instrument.objects.unscoped("测试").get(about=plan.matter_id)
    assert made.status_code == 302 and paper.kind == "on_spot"
    assert paper.number in client.get(plan.page).content.decode()
    assert plan.page in client.get(f"/orders/{paper.matter_id}").content.decode()
