"""Alerts: raised once, never cleared in silence, and every way out with its refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plumbline.apps.cases import actions as casework
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertKind, AlertState
from plumbline.apps.supervision.queries import (
    false_alarms,
    filtered_alerts,
    open_alerts,
    rule_precision,
    weekly,
)
from plumbline.apps.supervision.raising import warn_near_due
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import AccessRecord, StoredEvent
from plumbline.platform.verdicts.evaluation import recompute

from .scene import SERVE, Scene, ago, soon


def alerts() -> Any:
    return Alert.objects.unscoped("测试")


def test_a_breach_becomes_one_alert_however_often_it_is_looked_at(scene: Scene) -> None:
    case = scene.unserved()
    for _ in range(3):
        recompute(case.matter_id)
    found = alerts().filter(matter_id=case.matter_id, rule=SERVE)
    assert found.count() == 1
    assert found.get().state == AlertState.NEW and "超期" in found.get().facts


def test_the_event_itself_raises_the_alert_after_its_commit(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    case = scene.world.noticed()
    request = scene.world.propose_decision(case)
    with django_capture_on_commit_callbacks(execute=True):
        scene.world.approve(request, 15)
    assert alerts().filter(matter_id=case.matter_id, rule=SERVE).exists()


def test_a_voided_event_moves_the_alert_to_a_state_of_its_own_with_the_reason(scene: Scene) -> None:
    case = scene.unserved()
    alert = scene.alert(case)
    casework.void_event(
        actor=scene.actor(scene.world.head), case=case, event_id=alert.subject, reason="日期录错。"
    )
    recompute(case.matter_id)
    cleared = scene.fresh(alert)
    assert cleared.state == AlertState.AUTO_CLEARED and cleared.reason
    assert cleared not in open_alerts(scene.actor(scene.clerk))


def test_near_due_duties_are_warned_of_once_and_turn_into_the_breach(scene: Scene) -> None:
    case = scene.world.noticed()
    scene.world.approve(scene.world.propose_decision(case), 8)
    recompute(case.matter_id)
    assert warn_near_due() >= 1
    assert warn_near_due() == 0
    warned = alerts().get(matter_id=case.matter_id, rule=SERVE)
    assert warned.kind == AlertKind.NEAR_DUE
    recompute(case.matter_id, as_of=clock.now() + timedelta(days=20))
    turned = scene.fresh(warned)
    assert turned.kind == AlertKind.BREACH and turned.state == AlertState.NEW


def test_asking_needs_a_text_and_a_later_date_and_the_answer_goes_back(scene: Scene) -> None:
    alert, clerk = scene.alert(), scene.actor(scene.clerk)
    for wrong in ({"text": " ", "respond_by": soon()}, {"text": "请说明。", "respond_by": clock.today()}):
        with pytest.raises(InputFault):
            actions.ask(actor=clerk, alert=alert, **wrong)
    question = actions.ask(actor=clerk, alert=alert, text="请说明是否送达。", respond_by=soon())
    assert scene.fresh(alert).state == AlertState.VERIFYING
    with pytest.raises(Refusal):
        actions.answer_question(actor=scene.actor(scene.elsewhere), question=question, answer="不归我们。")
    actions.answer_question(actor=scene.actor(scene.answering), question=question, answer="确未送达。")
    with pytest.raises(Refusal):
        actions.answer_question(actor=scene.actor(scene.answering), question=question, answer="再答。")


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (actions.accept_explanation, AlertState.EXPLAINED),
        (actions.mark_false_alarm, AlertState.FALSE_ALARM),
    ],
)
def test_closing_needs_a_reason_and_the_supervising_post(scene: Scene, verb: Any, state: AlertState) -> None:
    alert = scene.alert()
    with pytest.raises(InputFault):
        verb(actor=scene.actor(scene.clerk), alert=alert, reason=" ")
    for other in (scene.answering, scene.world.officer, scene.mayor):
        with pytest.raises(Refusal):
            verb(actor=scene.actor(other), alert=alert, reason="理由。")
    verb(actor=scene.actor(scene.clerk), alert=alert, reason="已核对回证。")
    closed = scene.fresh(alert)
    assert closed.state == state and closed.decided_label == "刘清源"
    with pytest.raises(Refusal):
        verb(actor=scene.actor(scene.clerk), alert=closed, reason="再来一次。")


def test_the_database_refuses_a_false_alarm_without_a_reason(scene: Scene) -> None:
    alert = scene.alert()
    with pytest.raises(IntegrityError), transaction.atomic():
        alerts().filter(pk=alert.pk).update(state=AlertState.FALSE_ALARM, reason="")


def test_figures_are_the_counts_of_their_lists(scene: Scene) -> None:
    clerk = scene.actor(scene.clerk)
    one, two = scene.alert(), scene.alert()
    actions.mark_false_alarm(actor=clerk, alert=one, reason="回证已在别处录入。")
    actions.accept_explanation(actor=clerk, alert=two, reason="公告送达期间。")
    assert open_alerts(clerk).count() == filtered_alerts(clerk, {}).count()
    assert (
        false_alarms(clerk).false
        == filtered_alerts(clerk, {"state": "false_alarm", "weeks": "12"}).count()
        == 1
    )
    assert false_alarms(clerk).decided == 2
    assert sum(weekly(clerk)) == filtered_alerts(clerk, {"state": "all"}).count()
    row = next(row for row in rule_precision(clerk) if row["rule"] == SERVE)
    assert (row["total"], row["false"], row["decided"]) == (2, 1, 2)


def test_a_supervisor_cannot_write_to_a_case(scene: Scene) -> None:
    case = scene.unserved()
    before = StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id, in_contract=True).count()
    for person in (scene.clerk, scene.head, scene.mayor):
        with pytest.raises(Refusal):
            scene.world.take(case, "decision_served", 1, {"method": "direct", "receipt": "signed"}, by=person)
    after = StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id, in_contract=True).count()
    assert before == after


def test_alerts_of_another_agency_are_not_there(scene: Scene) -> None:
    alert = scene.alert()
    assert scene.client(scene.elsewhere).get(f"/alerts/{alert.pk}").status_code == 404
    assert alert not in Alert.objects.visible_to(scene.actor(scene.elsewhere))


def test_a_duty_done_too_late_is_shown_as_past(scene: Scene) -> None:
    case = scene.unserved()
    scene.world.take(case, "decision_served", 1, {"method": "direct", "receipt": "signed"})
    recompute(case.matter_id)
    alert = scene.alert(case)
    assert alert.is_open and alert.still_breached is False


def test_triage_leaves_the_log_of_the_case_alone(scene: Scene) -> None:
    case = scene.unserved()
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id)
    before = rows.count()
    actions.ask(actor=scene.actor(scene.clerk), alert=scene.alert(case), text="请说明。", respond_by=soon())
    assert rows.count() == before


def test_an_agency_sees_an_alert_only_once_it_is_put_to_it(scene: Scene) -> None:
    alert, street = scene.alert(), scene.actor(scene.answering)
    assert alert not in Alert.objects.visible_to(street)
    actions.ask(actor=scene.actor(scene.clerk), alert=alert, text="请说明。", respond_by=soon())
    assert alert in Alert.objects.visible_to(street)


def test_the_false_alarm_figure_links_to_its_own_rows(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    actions.mark_false_alarm(actor=clerk, alert=alert, reason="录入差错。")
    alerts().filter(pk=alert.pk).update(decided_at=ago(120))
    assert (
        false_alarms(clerk).false == filtered_alerts(clerk, {"state": "false_alarm", "weeks": "12"}).count()
    )


def test_what_the_system_closed_does_not_dilute_the_false_alarm_rate(scene: Scene) -> None:
    case = scene.world.noticed()
    scene.world.approve(scene.world.propose_decision(case), 8)
    recompute(case.matter_id)
    warn_near_due()
    scene.world.take(case, "decision_served", 0, {"method": "direct", "receipt": "signed"})
    recompute(case.matter_id)
    assert alerts().get(matter_id=case.matter_id, rule=SERVE).state == AlertState.CORRECTED
    assert false_alarms(scene.actor(scene.clerk)).decided == 0


def test_a_supervisor_is_asked_why_before_reading_a_case(scene: Scene) -> None:
    case, client = scene.unserved(), scene.client(scene.clerk)
    asked = client.get(f"/cases/{case.matter_id}")
    assert (asked.status_code, asked["Location"]) == (302, f"/cases/{case.matter_id}/reading")
    assert client.post(f"/cases/{case.matter_id}/reading", {"reason": " "}).status_code == 200
    assert client.get(f"/cases/{case.matter_id}").status_code == 302, "an empty reason opens nothing"
    client.post(f"/cases/{case.matter_id}/reading", {"reason": "核查预警"})
    kept = AccessRecord.objects.get(action="cases.read")
    assert (kept.by_person_id, kept.reason) == (scene.clerk.pk, "核查预警")
    assert client.get(f"/cases/{case.matter_id}").status_code == 200
    assert (
        client.get(f"/cases/{case.matter_id}").status_code == 200
        and AccessRecord.objects.filter(action="cases.read").count() == 1
    )
