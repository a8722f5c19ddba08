"""条例第三十三条: supervision stops for what is challenged, goes on for the rest, and opens again afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plumbline.apps.cases import actions as casework
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertState, Instrument, InstrumentState
from plumbline.apps.supervision.queries import by_people, filtered_alerts, open_alerts
from plumbline.apps.supervision.stopping import stop_when_challenged
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.notify.models import notices_for

from .scene import Scene, ago, soon

STARTED, ENDED = frozenset({"challenge_started"}), frozenset({"challenge_ended"})


def step(scene: Scene, case: Any, activity: str, **data: str) -> None:
    casework.record_step(
        actor=scene.actor(scene.world.officer), case=case, activity=activity, data=data, occurred_at=ago(0)
    )


def challenge(scene: Scene, case: Any) -> None:
    step(scene, case, "challenge_started", route="reconsideration")
    stop_when_challenged(case.matter_id, STARTED)


def logged(matter: str) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=matter).order_by("seq")
    return list(rows.values_list("activity", flat=True))


def two_matters(scene: Scene) -> tuple[Any, Any, Instrument]:
    first, second = scene.unserved(), scene.unserved()
    return first, second, scene.letter(scene.alert(first), also=[scene.alert(second)])


def test_the_alerts_of_a_stopped_letter_leave_the_open_ones_with_their_reason(scene: Scene) -> None:
    case = scene.unserved()
    letter = scene.letter(scene.alert(case))
    challenge(scene, case)
    clerk, alert = scene.actor(scene.clerk), scene.alert(case)
    assert scene.fresh(letter).state == InstrumentState.STOPPED
    assert alert.state == AlertState.STOPPED and "第三十三条" in alert.reason and not alert.is_open
    assert alert not in open_alerts(clerk) and alert in filtered_alerts(clerk, {"state": "stopped"})
    assert alert not in by_people(Alert.objects.visible_to(clerk)), "nobody judged it"
    assert logged(alert.lead_id)[-1] == "alert_triaged"
    page = scene.client(scene.clerk).get(f"/alerts/{alert.pk}").content.decode()
    assert "进入复议诉讼，不重复监督" in page and alert.reason in page
    assert alert.decided_label == "系统（监督）"
    listed = scene.client(scene.clerk).get("/alerts?state=stopped").content.decode()
    assert "合并督办" not in listed, "nothing on the list is left to decide"
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.unscoped("测试").filter(pk=alert.pk).update(reason="")


@pytest.mark.parametrize("challenged", [0, 1])
def test_a_letter_on_two_matters_goes_on_for_the_one_that_is_not_challenged(
    scene: Scene, challenged: int
) -> None:
    *cases, letter = two_matters(scene)
    gone, staying = cases[challenged], cases[1 - challenged]
    challenge(scene, gone)
    narrowed = scene.fresh(letter)
    assert narrowed.is_running and narrowed.about == staying.matter_id
    assert scene.alert(gone).state == AlertState.STOPPED
    assert scene.alert(staying).state == AlertState.INSTRUMENT
    assert logged(letter.matter_id)[-1] == "instrument_narrowed"
    stop_when_challenged(gone.matter_id, STARTED)
    assert logged(letter.matter_id).count("instrument_narrowed") == 1, "looking twice changes nothing"
    page = scene.client(scene.answering).get(f"/orders/{letter.matter_id}").content.decode()
    assert "有 1 项已进入行政复议或者行政诉讼" in page and "报送纠正情况" in page
    actions.reply(actor=scene.actor(scene.answering), instrument=scene.fresh(letter), text="已补送达。")
    actions.accept(
        actor=scene.actor(scene.clerk),
        instrument=scene.fresh(letter),
        checked_how="onsite",
        text="到现场查看，纠正情况属实。",
    )
    assert scene.alert(staying).state == AlertState.CORRECTED
    assert scene.alert(gone).state == AlertState.STOPPED, "closing the rest says nothing of the challenged"


def test_the_letter_ends_with_its_last_unchallenged_matter(scene: Scene) -> None:
    first, second, letter = two_matters(scene)
    challenge(scene, first)
    challenge(scene, second)
    assert scene.fresh(letter).state == InstrumentState.STOPPED
    assert {scene.alert(case).state for case in (first, second)} == {AlertState.STOPPED}


def test_a_letter_on_another_case_is_left_alone(scene: Scene) -> None:
    letter, other = scene.letter(), scene.unserved()
    challenge(scene, other)
    assert scene.fresh(letter).state == InstrumentState.ISSUED


def test_the_government_decides_on_what_is_still_supervised(scene: Scene) -> None:
    first, second, letter = two_matters(scene)
    challenge(scene, first)
    letter = scene.late(letter)
    actions.escalate(actor=scene.actor(scene.clerk), instrument=letter, text="逾期未报送。")
    decision = actions.issue_decision(
        actor=scene.actor(scene.mayor), instrument=letter, facts="逾期。", demands="立即送达。", respond_by=soon()
    )  # fmt: skip
    assert decision.about == second.matter_id
    assert list(Alert.objects.unscoped("测试").filter(instrument=decision)) == [scene.alert(second)]


def test_when_the_procedure_is_over_the_alert_is_somebodys_to_decide_again(scene: Scene) -> None:
    case = scene.unserved()
    scene.letter(scene.alert(case))
    challenge(scene, case)
    step(scene, case, "challenge_started", route="litigation")
    step(scene, case, "challenge_ended", route="reconsideration", outcome="upheld")
    stop_when_challenged(case.matter_id, ENDED)
    assert scene.alert(case).state == AlertState.STOPPED, "the lawsuit is still running"
    step(scene, case, "challenge_ended", route="litigation", outcome="upheld")
    stop_when_challenged(case.matter_id, ENDED)
    alert = scene.alert(case)
    assert alert.state == AlertState.NEW and alert.decided_at is None and "重新研判" in alert.reason
    assert logged(alert.lead_id)[-1] == "alert_reopened"
    assert any("重新待处置" in n.title for n in notices_for(scene.actor(scene.clerk)))
    assert scene.letter(alert).is_running, "supervision may go on"


def test_an_undecided_alert_of_a_challenged_case_stays_open_and_bars_the_letter_before_the_form(
    scene: Scene,
) -> None:
    case = scene.unserved()
    challenge(scene, case)
    alert = scene.alert(case)
    assert alert.state == AlertState.NEW
    page = scene.client(scene.head).get(f"/alerts/{alert.pk}/issue/letter").content.decode()
    assert "第三十三条" in page and "签发督办函" not in page
