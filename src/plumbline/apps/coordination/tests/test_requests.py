"""Assistance, joint enforcement, opinions and dispatched tasks: asked, taken on, refused, late, fed back, checked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.clocks import clocks_of, parameters
from plumbline.apps.coordination.models import Coordination
from plumbline.apps.coordination.results import feed_results_back
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.tests.made import png
from plumbline.platform.notify.models import Notice

from .between import Between


def test_assistance_is_postponed_in_time_and_answered_late(between: Between) -> None:
    row = between.asked(respond_by=ago(5).date())
    assert row.number == "新阳街综执协〔2026〕1号" and row.due_source == "由请求载明"
    mine = between.actor(OTHER)
    actions.sign_for(actor=mine, row=row, at=ago(9))
    actions.postpone(actor=mine, row=row, until=ago(3).date(), text="档案在外地。", at=ago(6))
    with pytest.raises(InputFault, match="已经届满"):
        actions.postpone(actor=mine, row=row, until=clock.today(), text="还要几天。")
    with pytest.raises(Refusal, match="只有收到的机关"):
        actions.answer(actor=between.actor(STREET), row=row, text="自己答复。")
    actions.answer(actor=mine, row=row, text="资料附后。", files=[SimpleUploadedFile("a.png", png())])
    last = row.moves.last()
    assert row.state == "done" and row.due_on is None and last.what == "答复（逾期）"
    assert last.files[0]["name"] == "a.png" and len(last.files[0]["sha256"]) == 64


def test_what_is_not_ones_own_is_refused_for_a_reason(between: Between) -> None:
    row = between.asked("opinion")
    with pytest.raises(InputFault, match="法定理由"):
        actions.refuse(actor=between.actor(OTHER), row=row, reason="busy", text="忙。")
    actions.refuse(actor=between.actor(OTHER), row=row, reason="beyond", text="本部门没有鉴定资质。")
    assert row.state == "refused" and Notice.objects.filter(agency_code=STREET, url=row.page).exists()
    gone = between.asked()
    actions.withdraw(actor=between.actor(STREET), row=gone, text="已经自行取得。")
    assert gone.state == "withdrawn"


def test_a_dispatched_task_is_checked_and_sent_back_until_it_is_right(between: Between) -> None:
    row = between.asked("dispatch", to=DEPARTMENT)
    theirs, ours = between.actor(DEPARTMENT), between.actor(STREET)
    with pytest.raises(Refusal, match="不能这样办理"):
        actions.answer(actor=theirs, row=row, text="已办。")
    actions.sign_for(actor=theirs, row=row)
    actions.answer(actor=theirs, row=row, text="到场查看，没有发现。")
    assert row.state == "answered"
    with pytest.raises(InputFault, match="重新办理的期限"):
        actions.check_feedback(actor=ours, row=row, passed=False, text="没有附照片。")
    soon = clock.today() + timedelta(days=3)
    actions.check_feedback(actor=ours, row=row, passed=False, text="没有附照片。", respond_by=soon)
    assert (row.state, row.due_on) == ("working", soon)
    actions.answer(actor=theirs, row=row, text="已清理，照片附后。")
    actions.check_feedback(actor=ours, row=row, passed=True, text="属实。")
    assert row.state == "done"
    back = between.asked("dispatch", to=DEPARTMENT)
    actions.refuse(actor=theirs, row=back, reason="place", text="不在本辖区。")
    assert back.state == "returned"


def test_what_a_dispatched_task_led_to_is_fed_back_once_it_is_decided(between: Between) -> None:
    row = actions.request(
        actor=between.actor(DEPARTMENT), agency_code=DEPARTMENT, kind="dispatch", to=[between.agency(STREET)],
        title="核查许可到期后继续堆放", text="请核查处理。", respond_by=clock.today(), at=ago(10),
    )[0]  # fmt: skip
    ours, case = between.actor(STREET), between.world.opened()
    actions.sign_for(actor=ours, row=row, at=ago(9))
    with pytest.raises(InputFault, match="没有找到本机关的案件“别处”"):
        actions.answer(actor=ours, row=row, text="已登记线索。", case_number="别处")
    actions.answer(actor=ours, row=row, text="已登记线索。", case_number=case.matter_id, at=ago(8))
    actions.check_feedback(actor=between.actor(DEPARTMENT), row=row, passed=True, text="属实。", at=ago(7))
    assert (row.state, row.result_matter, feed_results_back()) == ("done", case.matter_id, 0)
    Case.objects.unscoped("测试").filter(pk=case.pk).update(stage=Stage.NOT_FILED)
    assert (feed_results_back(), feed_results_back()) == (1, 0)
    assert row.moves.last().text == "不予立案"
    assert Notice.objects.filter(agency_code=DEPARTMENT, title__contains="结果反馈（不予立案）").count() == 1
    other = between.asked()
    actions.sign_for(actor=between.actor(OTHER), row=other)
    with pytest.raises(InputFault, match="只有派单的反馈"):
        actions.answer(actor=between.actor(OTHER), row=other, text="已办。", case_number=case.matter_id)


def test_joint_enforcement_asks_each_body_by_a_paper_of_its_own(between: Between) -> None:
    to = [between.agency(DEPARTMENT), between.agency(OTHER)]
    rows = actions.request(
        actor=between.actor(STREET), agency_code=STREET, kind="joint", to=to, title="渣土车夜间整治",
        text="请各派两名执法人员。", respond_by=clock.today() + timedelta(days=2),
    )  # fmt: skip
    assert len({row.number for row in rows}) == 2 and len({row.group for row in rows}) == 1
    for row in rows:
        actions.sign_for(actor=between.actor(row.to_id), row=row)
        actions.answer(actor=between.actor(STREET), row=row, text="查扣车辆两台，移交立案。")
    assert {row.state for row in rows} == {"done"}
    with pytest.raises(InputFault, match="期限已经过去"):
        between.asked(respond_by=ago(20).date())


def test_a_term_counts_only_once_somebody_has_set_it_by_a_document(between: Between) -> None:
    today = clock.today()
    assert clocks_of("transfer", "", today)[0].off and parameters(today)["hops"].number == 3
    organ = between.scene.actor(between.scene.head)
    with pytest.raises(Refusal, match="由区司法局设定"):
        actions.set_parameter(
            actor=between.actor(STREET), key="transfer_answer", value=5, source="无", valid_from=today
        )
    with pytest.raises(InputFault, match="没有文件的不能启用"):
        actions.set_parameter(actor=organ, key="transfer_answer", value=5, source="", valid_from=today)
    actions.set_parameter(
        actor=organ, key="transfer_answer", value=5, source="本区移送办法第八条（示例）", valid_from=today
    )
    row = between.sent(days=0, at=clock.now())
    assert row.due_on is not None and row.due_source.startswith("5 个工作日，本区移送办法")
    assert Coordination.objects.visible_to(between.actor(DEPARTMENT)).get() == row
    assert not Coordination.objects.visible_to(between.actor(OTHER)).exists()
