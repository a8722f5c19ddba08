"""Two rules that find one problem: decided once, each rule answered by its own outcome; apart again when it was not the same."""

from __future__ import annotations

import pytest

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertKind, AlertState
from plumbline.apps.supervision.queries import rule_precision
from plumbline.apps.supervision.raising import relax
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .scene import Scene
from .test_joining import joined
from .test_leads import judged, taken

OTHER_RULE = "APL-60-decision-90d"
SAME = "两条规则说的都是这份决定书没有送达。"


def second(of: Alert, rule: str = OTHER_RULE, **deviation: object) -> Alert:
    """What another rule has found in the same matter."""
    told = {
        "matter_id": of.matter_id, "agency_id": of.agency_id, "rule": rule, "subject": of.subject, "severity": "yellow",
        "law": "行政处罚法", "article": "第六十条", "facts": "九十日届满。",
    }  # fmt: skip
    return Alert.objects.unscoped("测试").create(**(told | deviation))


def merged(scene: Scene, alert: Alert, into: Alert) -> Alert:
    return actions.merge_alert(actor=scene.actor(scene.clerk), alert=alert, into=into, reason=SAME)


def figures(scene: Scene, rule: str) -> tuple[int, int, int]:
    row = next(each for each in rule_precision(scene.actor(scene.clerk)) if each["rule"] == rule)
    return row["open"], row["false"], row["decided"]


def test_one_letter_and_each_rule_has_its_own_outcome(scene: Scene) -> None:
    head = scene.alert()
    real, wrong = second(head), second(head, "APL-61-other")
    merged(scene, real, head)
    merged(scene, wrong, head)
    assert figures(scene, OTHER_RULE) == (0, 0, 0)  # one clock: only the one that stays is open
    with pytest.raises(Refusal, match="已经是“已并入另一条预警”"):
        actions.mark_false_alarm(actor=scene.actor(scene.clerk), alert=scene.fresh(real), reason="误报")
    client = scene.client(scene.head)
    page = client.get(f"/alerts/{head.pk}").content.decode()
    assert f"预警 {real.pk}：" in page and SAME in page
    form = {
        "title": "督办", "facts": head.facts, "demands": "请送达。", "respond_by": "2099-01-05", f"joined_{real.pk}": "instrument",
    }  # fmt: skip
    missing = client.post(f"/alerts/{head.pk}/issue/letter", form)
    assert f"请选择“并入的预警 {wrong.pk}" in missing.content.decode()
    sent = client.post(f"/alerts/{head.pk}/issue/letter", form | {f"joined_{wrong.pk}": "false_alarm"})
    assert sent.status_code == 302
    head, real, wrong = scene.fresh(head), scene.fresh(real), scene.fresh(wrong)
    assert head.instrument is not None and real.instrument_id == head.instrument_id
    assert "九十日届满" in head.instrument.facts and wrong.instrument_id is None
    assert (real.state, wrong.state) == (AlertState.INSTRUMENT, AlertState.FALSE_ALARM)
    assert figures(scene, OTHER_RULE)[1:] == (0, 1) and figures(scene, "APL-61-other")[1:] == (1, 1)
    with pytest.raises(Refusal, match="已经随之处置"):
        actions.part_alert(actor=scene.actor(scene.clerk), alert=real, reason="不是")
    actions.reply(actor=scene.actor(scene.answering), instrument=head.instrument, text="已送达。")
    actions.accept(
        actor=scene.actor(scene.clerk), instrument=head.instrument, checked_how="onsite", text="到街道查看，送达回证在卷。"
    )  # fmt: skip
    assert {scene.fresh(each).state for each in (head, real)} == {AlertState.CORRECTED}


def test_apart_again_it_stands_where_it_stood(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.alert()
    other = second(head, state=AlertState.VERIFYING)
    with pytest.raises(InputFault, match="同一个问题"):
        actions.merge_alert(actor=clerk, alert=other, into=head, reason=" ")
    client = scene.client(scene.clerk)
    assert client.post(f"/alerts/{other.pk}/merge", {"into": head.pk, "reason": SAME}).status_code == 302
    assert scene.fresh(other).merged_into_id == head.pk
    assert f"/alerts/{other.pk}/part" in client.get(f"/alerts/{other.pk}").content.decode()
    assert client.post(f"/alerts/{other.pk}/part", {"reason": "是另一份决定书"}).status_code == 302
    other = scene.fresh(other)
    assert (other.state, other.merged_into, other.decided_at) == (AlertState.VERIFYING, None, None)
    log = StoredEvent.objects.unscoped("测试").filter(matter_id=other.lead_id).order_by("pk")
    assert list(log.values_list("activity", flat=True)) == ["alert_merged", "alert_parted"]
    assert other.joined_to.get().undone_why == "是另一份决定书"
    merged(scene, other, head)  # once more: the first row stays undone
    assert other.joined_to.count() == 2


def test_what_nothing_is_said_of_comes_back_and_never_fades(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.alert()
    other = second(head)
    merged(scene, other, head)
    actions.accept_explanation(actor=clerk, alert=scene.fresh(head), reason="送达回证在卷。")
    assert scene.fresh(other).state == AlertState.NEW
    third = second(head, "APL-61-other")
    merged(scene, third, scene.fresh(other))
    relax(scene.fresh(other), "规则重新判断为“符合”。", "已在期限内。")
    assert (scene.fresh(other).state, scene.fresh(third).state) == (AlertState.AUTO_CLEARED, AlertState.NEW)


def test_its_own_verdict_settles_a_joined_alert(scene: Scene) -> None:
    head = scene.alert()
    other = second(head)
    merged(scene, other, head)
    relax(scene.fresh(other), "期限内已办理。", "已办理。", met=True)
    other = scene.fresh(other)
    assert (other.state, other.merged_into) == (AlertState.CORRECTED, None)
    assert other.joined_to.get().outcome == AlertState.CORRECTED
    assert scene.fresh(head).state == AlertState.NEW


def test_what_is_not_one_problem_is_refused(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.alert()
    elsewhere = scene.alert(scene.unserved())
    with pytest.raises(Refusal, match="同一案件"):
        merged(scene, elsewhere, head)
    soon = second(head, kind=AlertKind.NEAR_DUE)
    with pytest.raises(Refusal, match="临期提醒"):
        merged(scene, soon, head)
    other = second(head, "APL-61-other")
    joined(scene, taken(about=head.matter_id), other)
    with pytest.raises(Refusal, match="反过来"):
        merged(scene, scene.fresh(other), head)
    merged(scene, head, scene.fresh(other))
    third = second(head, "APL-61-third")
    with pytest.raises(Refusal, match="下面已有并入的预警"):
        merged(scene, scene.fresh(other), third)
    own = judged(scene, taken(source_ref="M-2", about=head.matter_id)).alert
    assert own is not None
    with pytest.raises(Refusal, match="在线索页并入"):
        merged(scene, own, third)
    with pytest.raises(Refusal):
        actions.merge_alert(
            actor=scene.actor(scene.answering), alert=third, into=scene.fresh(other), reason=SAME
        )
    assert clerk.can("supervision.supervise")


def test_of_two_people_at_once_the_second_meets_what_the_first_has_decided(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.alert()
    other, seen, read = second(head), scene.fresh(head), scene.fresh(head)
    merged(scene, other, head)
    actions.accept_explanation(actor=clerk, alert=head, reason="送达回证在卷。")
    with pytest.raises(Refusal, match="已经是“解释属实”"):
        actions.mark_false_alarm(actor=clerk, alert=seen, reason="规则看错了。")
    with pytest.raises(Refusal, match="已经是“解释属实”"):
        merged(scene, second(head, "APL-61-other"), read)
    assert scene.fresh(head).reason == "送达回证在卷。"


def test_a_verdict_that_changes_meanwhile_does_not_write_over_what_a_person_decided(scene: Scene) -> None:
    head = scene.alert()
    read = scene.fresh(head)
    actions.mark_false_alarm(actor=scene.actor(scene.clerk), alert=head, reason="规则看错了。")
    relax(read, "规则重新判断为“符合”。", "已在期限内。")
    head = scene.fresh(head)
    assert (head.state, head.reason) == (AlertState.FALSE_ALARM, "规则看错了。")
