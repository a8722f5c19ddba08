"""Orders of the hotline without a day: never in time, never late, and chased until somebody enters the day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.contract import Lead, Source
from plumbline.apps.supervision.lead_desk import leads_to_work
from plumbline.apps.supervision.lead_queries import in_tab, to_answer
from plumbline.apps.supervision.voided_sources import void_source
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .scene import Scene
from .test_leads import taken


def order(**deviation: object) -> Lead:
    told = {"source": Source.HOTLINE, "source_ref": "RX-1", "title": "夜市占道没有人管"}
    lead = taken(**(told | deviation))
    received = clock.today() - timedelta(days=12)
    Lead.objects.unscoped("测试").filter(pk=lead.pk).update(received_on=received)
    return Lead.objects.unscoped("测试").get(pk=lead.pk)


def titles(scene: Scene) -> dict[str, str]:
    return {each.title: each.where for each in leads_to_work(scene.actor(scene.clerk))}


def test_it_is_shown_with_its_age_on_list_desk_and_page(scene: Scene) -> None:
    lead = order()
    taken(source_ref="M-1", title="媒体反映")
    client, seen = scene.client(scene.clerk), Lead.objects.visible_to(scene.actor(scene.clerk))
    assert list(in_tab(seen, "undated", clock.today())) == [lead]
    assert not in_tab(seen, "late", clock.today()).exists()
    page = client.get("/leads?state=undated").content.decode()
    assert "未登记期限，收到已 12 日" in page and "媒体反映" not in page.split("<table")[1]
    assert titles(scene)["登记答复期限：夜市占道没有人管"] == "12345 热线 · 未登记期限，收到已 12 日"
    assert "登记以前不算按期，也不算逾期" in client.get(lead.page).content.decode()


def test_over_here_it_still_waits_for_its_answer(scene: Scene) -> None:
    clerk, lead = scene.actor(scene.clerk), order()
    actions.dismiss_lead(actor=clerk, lead=lead, assessment="请向城管执法部门反映。")
    timed = taken(source=Source.HOTLINE, source_ref="RX-2", answer_by=clock.today() + timedelta(days=30))
    actions.dismiss_lead(actor=clerk, lead=timed, assessment="请向城管执法部门反映。")
    assert [each.pk for each in to_answer(clerk)] == [timed.pk, lead.pk]
    page = scene.client(scene.clerk).get("/leads/answers").content.decode()
    assert "未登记期限" in page and "收到已 12 日" in page
    assert titles(scene)["回复来源：夜市占道没有人管"].startswith("12345 热线 · 未登记期限")
    actions.answer_source(actor=clerk, lead=lead, on=clock.today(), how="12345 平台办结回单")
    assert [each.pk for each in to_answer(clerk)] == [timed.pk]
    assert "没有登记答复期限，不计按期、逾期" in scene.client(scene.clerk).get(lead.page).content.decode()


def test_the_day_is_entered_once_it_is_known(scene: Scene) -> None:
    clerk, lead = scene.actor(scene.clerk), order()
    before = lead.received_on - timedelta(days=1)
    with pytest.raises(InputFault, match="不能早于收到日"):
        actions.enter_answer_day(actor=clerk, lead=lead, answer_by=before, how="工单页面")
    with pytest.raises(Refusal):
        actions.enter_answer_day(
            actor=scene.actor(scene.answering), lead=lead, answer_by=clock.today(), how="工单页面"
        )
    day = clock.today() + timedelta(days=1)
    sent = {
        "do": "answer_day",
        "answer_day-answer_by": day.isoformat(),
        "answer_day-how": "12345 平台工单页面",
    }
    assert scene.client(scene.clerk).post(lead.page, sent).status_code == 302
    lead = scene.fresh(lead)
    assert (lead.answer_by, lead.lacks_day) == (day, False) and lead.due_on is not None and lead.due_on <= day
    assert not [title for title in titles(scene) if title.startswith("登记答复期限")]
    with pytest.raises(Refusal, match="不能改"):
        actions.enter_answer_day(actor=clerk, lead=lead, answer_by=day, how="工单页面")
    log = StoredEvent.objects.unscoped("测试").filter(matter_id=lead.matter_id).order_by("pk")
    assert log.last().activity == "lead_answer_day_entered"


def test_of_two_days_entered_at_once_the_first_stays(scene: Scene) -> None:
    clerk, lead = scene.actor(scene.clerk), order()
    read = scene.fresh(lead)
    day = clock.today() + timedelta(days=3)
    actions.enter_answer_day(actor=clerk, lead=lead, answer_by=day, how="工单页面")
    with pytest.raises(Refusal, match=f"已经登记要求 {day}"):
        actions.enter_answer_day(actor=clerk, lead=read, answer_by=day + timedelta(days=9), how="来电核实")
    assert scene.fresh(lead).answer_by == day


def test_a_source_that_was_voided_and_recorded_again_still_has_the_day_it_set(scene: Scene) -> None:
    clerk, lead = scene.actor(scene.clerk), order()
    day = clock.today() + timedelta(days=1)
    actions.enter_answer_day(actor=clerk, lead=lead, answer_by=day, how="工单页面")
    void_source(actor=clerk, source=Source.HOTLINE, source_ref="RX-1", reason="登记错了")
    assert scene.fresh(lead).state == "withdrawn"
    lead = order()
    assert lead.state == "registered" and lead.due_on is not None and lead.due_on <= day
