"""A lead and a rule's alert about the same thing are one problem: its sources, one clock, one answer; and can be parted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.conducts import PREFIX
from plumbline.apps.supervision.contract import Lead, LeadState, Source
from plumbline.apps.supervision.lead_queries import by_source, filtered_leads
from plumbline.apps.supervision.models import Alert, AlertState
from plumbline.apps.supervision.queries import false_alarms, filtered_alerts, rule_precision
from plumbline.apps.supervision.sources import alerts_for, leads_for
from plumbline.apps.supervision.taking_in import _LISTENERS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .scene import OTHER, Scene, soon
from .test_leads import judged, taken

SAME = "同一份决定书没有送达。"


def joined(scene: Scene, lead: Lead, alert: Alert) -> Lead:
    return actions.join_alert(actor=scene.actor(scene.clerk), lead=lead, alert=alert, reason=SAME)


def acts(matter: str) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=matter).order_by("pk")
    return list(rows.values_list("activity", flat=True))


def test_two_sources_join_a_rules_alert_and_one_answer_closes_all(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    complaint = taken(source=Source.COMPLAINT, source_ref="TS-1", about=alert.matter_id, title="决定书没收到")
    seen = taken(source=Source.VOLUNTEER, source_ref="GC-1", concerned="", title="没有送达")
    day = clock.today() + timedelta(days=1)
    Lead.objects.unscoped("测试").filter(pk=seen.pk).update(due_on=day)
    client = scene.client(scene.clerk)
    assert f"{complaint.page}?join={alert.pk}" in client.get(f"/alerts/{alert.pk}").content.decode()
    assert [each.row for each in leads_for(clerk, alert)] == [complaint]
    assert alerts_for(clerk, complaint)[0].row == alert
    assert f"?join={alert.pk}#join" in client.get(complaint.page).content.decode()
    for refused in (scene.answering, scene.world.officer):
        with pytest.raises(Refusal):
            actions.join_alert(actor=scene.actor(refused), lead=complaint, alert=alert, reason=SAME)
    with pytest.raises(InputFault, match="同一件事"):
        actions.join_alert(actor=clerk, lead=complaint, alert=alert, reason=" ")
    with pytest.raises(Refusal, match="涉及的机关不同"):
        joined(scene, taken(source_ref="M-9", concerned=OTHER), alert)
    sent = {"do": "join", "join-alert": str(alert.pk), "join-reason": SAME}
    assert client.post(complaint.page, sent).status_code == 302
    joined(scene, scene.fresh(seen), alert)
    complaint, seen = scene.fresh(complaint), scene.fresh(seen)
    assert complaint.alert == seen.alert == alert and complaint.due_on == seen.due_on == day
    assert acts(alert.lead_id) == ["lead_joined", "lead_joined"]
    page = client.get(f"/alerts/{alert.pk}").content.decode()
    assert "投诉举报：决定书没收到" in page and "义务监督员：没有送达" in page and "来源：规则、投诉举报、义务监督员" in client.get("/alerts").content.decode()  # fmt: skip
    told: list[tuple[str, str]] = []
    for source in ("complaint", "volunteer"):
        monkeypatch.setitem(
            _LISTENERS,
            source,
            lambda actor, answered: told.append((answered.source_ref, answered.text)),
        )
    # The agency learns of the problem, never of who told of it.
    scene.letter(scene.fresh(alert))
    assert "义务监督员" not in scene.client(scene.answering).get(f"/alerts/{alert.pk}").content.decode()
    complaint, seen = scene.fresh(complaint), scene.fresh(seen)
    assert (
        complaint.state == seen.state == LeadState.VERIFIED and complaint.substantiated and seen.substantiated
    )
    with pytest.raises(Refusal, match="已经制发文书"):
        actions.leave_alert(actor=clerk, lead=seen, reason="不是一件事")
    actions.feed_back_lead(actor=clerk, lead=complaint, text="已督办。")
    assert told == [("TS-1", "已督办。"), ("GC-1", "已督办。")]
    for lead in (complaint, scene.fresh(seen)):
        assert (lead.state, lead.feedback) == (LeadState.FED_BACK, "已督办。")
        assert acts(lead.matter_id)[-2:] == ["lead_fed_back", "matter_closed"]


def test_a_leads_own_alert_is_given_up_and_comes_back(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    lead = judged(scene, taken(about=alert.matter_id))
    own, day = lead.alert, lead.due_on
    assert own is not None and own.rule.startswith(PREFIX)
    lead = actions.refer_lead(actor=clerk, lead=lead, text="请核查", respond_by=soon())
    with pytest.raises(Refusal, match="没有并入"):
        actions.leave_alert(actor=clerk, lead=lead, reason="不是")
    actions.answer_question(actor=scene.actor(scene.answering), question=own.questions.get(), answer="属实。")
    lead = joined(scene, lead, alert)
    own = scene.fresh(own)
    assert (own.state, own.merged_into_id, lead.state) == (AlertState.MERGED, alert.pk, LeadState.REFERRED)
    assert actions.established(alert)  # what was asked about the given-up alert counts for the other one
    with pytest.raises(Refusal, match="已经列在"):
        joined(scene, lead, alert)
    client = scene.client(scene.clerk)
    assert f'已并入</b> <a href="/alerts/{alert.pk}"' in client.get(f"/alerts/{own.pk}").content.decode()
    before = acts(lead.matter_id)
    assert client.post(lead.page, {"do": "leave", "leave-reason": "另一份决定书"}).status_code == 302
    lead, own = scene.fresh(lead), scene.fresh(own)
    assert (lead.alert, lead.state, lead.due_on) == (own, LeadState.REFERRED, day)
    assert (own.state, own.merged_into, own.decided_at) == (AlertState.VERIFYING, None, None)
    assert acts(lead.matter_id) == [*before, "lead_left"]  # nothing before is changed
    assert acts(own.lead_id)[-2:] == ["alert_merged", "alert_parted"]
    row = lead.joins.get()
    assert (row.undone_why, row.undone_label) == ("另一份决定书", clerk.label)
    assert not actions.established(alert)
    joined(scene, lead, alert)  # once more: the first row stays undone
    assert lead.joins.count() == 2


def test_merged_leads_share_the_earliest_day_and_have_their_own_again(scene: Scene) -> None:
    clerk = scene.actor(scene.clerk)
    first, second = taken(), taken(source_ref="M-2")
    early, late = clock.today() + timedelta(days=1), clock.today() + timedelta(days=9)
    for lead, day in ((first, late), (second, early)):
        Lead.objects.unscoped("测试").filter(pk=lead.pk).update(due_on=day)
    first, second = scene.fresh(first), scene.fresh(second)
    actions.merge_lead(actor=clerk, lead=second, into=first, reason="同一家店")
    assert scene.fresh(first).due_on == early
    actions.part_lead(actor=clerk, lead=scene.fresh(second), reason="不是")
    assert (scene.fresh(first).due_on, scene.fresh(second).due_on) == (late, early)
    actions.merge_lead(actor=clerk, lead=scene.fresh(second), into=scene.fresh(first), reason="同一家店")
    actions.dismiss_lead(actor=clerk, lead=scene.fresh(first), assessment="请向价格主管部门反映。")
    assert scene.fresh(second).ended_at is not None and scene.fresh(second).feedback


def test_a_lead_that_does_not_hold_says_what_the_rules_finding_was(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    lead = joined(scene, taken(about=alert.matter_id), alert)
    beside = judged(scene, taken(source_ref="M-2"))
    actions.mark_false_alarm(actor=clerk, alert=scene.fresh(beside.alert), reason="没有这回事。")
    assert false_alarms(clerk).decided == 0  # no rule was wrong about that one
    sent = {"do": "verify", "verify-substantiated": "0", "verify-text": "送达回证在卷，登记漏了。"}
    assert (
        scene.client(scene.clerk).post(lead.page, {**sent, "verify-rule_alert": "false_alarm"}).status_code
        == 302
    )
    assert scene.fresh(alert).state == AlertState.FALSE_ALARM
    row = next(each for each in rule_precision(clerk) if each["rule"] == alert.rule)
    assert (row["false"], row["decided"]) == (1, 1)
    assert not [each for each in rule_precision(clerk) if each["rule"].startswith(PREFIX)]
    found = filtered_alerts(clerk, {"state": "false_alarm", "weeks": "12", "found": "rules"})
    assert list(found) == [alert] and false_alarms(clerk).false == 1
    (source,) = by_source(clerk)
    assert (source["taken"], source["unfounded"], source["held"], source["corrected"]) == (2, 2, 0, 0)
    assert filtered_leads(clerk, {"held": "0"}).count() == 2
    page = scene.client(scene.clerk).get("/alerts/precision").content.decode()
    assert PREFIX not in page and "媒体反映" in page and "促成纠正" in page


def test_a_rules_alert_stays_to_be_decided_when_nothing_is_said_of_it(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    lead = joined(scene, taken(about=alert.matter_id), alert)
    actions.verify_lead(actor=clerk, lead=lead, substantiated=False, text="反映的不是这件。")
    assert scene.fresh(alert).state == AlertState.NEW and scene.fresh(lead).substantiated is False
    with pytest.raises(Refusal, match="不能再撤销"):
        actions.leave_alert(actor=clerk, lead=scene.fresh(lead), reason="不是")


def test_what_came_of_a_source_is_counted_by_its_corrections(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    joined(scene, taken(about=alert.matter_id), alert)
    letter = scene.letter(scene.fresh(alert))
    actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已送达。")
    actions.accept(
        actor=clerk, instrument=scene.fresh(letter), checked_how="onsite", text="到街道查看，送达回证在卷。"
    )
    (source,) = by_source(clerk)
    assert (source["held"], source["corrected"]) == (1, 1)
    assert filtered_leads(clerk, {"corrected": "1", "source": "media"}).count() == 1
