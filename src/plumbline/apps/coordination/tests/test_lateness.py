"""Terms that are near and that run out: who is reminded, what is kept of it, and the alert of supervision it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.figures import figures
from plumbline.apps.coordination.lateness import keep_late
from plumbline.apps.coordination.models import Coordination, Lateness, Parameter
from plumbline.apps.coordination.queries import Wanted, matching
from plumbline.apps.coordination.watching import watch_terms
from plumbline.apps.supervision.models import Alert
from plumbline.platform import clock
from plumbline.platform.notify.models import Notice

from .between import Between


def set_since(days: int, **numbers: int) -> None:
    """Numbers that the district set some days ago."""
    for key, value in numbers.items():
        Parameter.objects.create(
            key=key, value=value, source="本区办法（示例）", valid_from=ago(days).date(), by_label="试"
        )


def told(agency: str, words: str) -> int:
    return Notice.objects.filter(agency_code=agency, title__contains=words).count()


def alerts() -> list[Any]:
    return list(Alert.objects.unscoped("测试").filter(rule__startswith="XT-").order_by("pk"))


def fresh(row: Coordination) -> Coordination:
    return Coordination.objects.unscoped("测试").select_related("agency", "to", "chain").get(pk=row.pk)


def test_a_transfer_that_is_left_lying_is_reminded_of_told_and_an_alert_until_and_after_it_is_taken(
    between: Between,
) -> None:
    set_since(60, transfer_answer=5)
    row = between.sent(days=10)
    assert row.due_on is not None
    near = clock.now() - (clock.today() - row.due_on) - timedelta(days=1)
    assert (watch_terms(as_of=near), watch_terms(as_of=near)) == (1, 0)
    assert told(DEPARTMENT, "期限将到") == 1 and not told(STREET, "期限将到") and not alerts()
    assert (watch_terms(), watch_terms()) == (1, 0)
    assert told(DEPARTMENT, "已超过期限") == 1
    assert Notice.objects.filter(capability="supervision.supervise", url=row.page).count() == 1
    (alert,) = alerts()
    assert (alert.agency_id, alert.rule, alert.due_on, alert.still_breached) == (
        DEPARTMENT, "XT-transfer-term", row.due_on, True,
    )  # fmt: skip
    assert "本区办法（示例）" in alert.facts and "至今没有办理" in alert.facts
    between.accepted(fresh(row), 1)
    watch_terms()
    (alert,) = alerts()
    assert (alert.state, alert.still_breached) == (
        "new",
        False,
    ) and f"{ago(1).date()} 办理，逾期" in alert.facts
    organ = between.scene.actor(between.scene.clerk)
    assert figures(organ).missed == 1 and [r.pk for r in matching(organ, Wanted(state="missed"))] == [row.pk]
    assert not matching(organ, Wanted(state="late"))
    page = between.scene.client(between.scene.clerk).get(f"/alerts/{alert.pk}").content.decode()
    assert "移送逾期未处理" in page and row.page in page and "本区办法（示例）" in page


def test_without_a_term_nobody_is_late_and_nobody_is_in_time(between: Between) -> None:
    row = between.sent(days=38)
    assert row.due_on is None and watch_terms() == 0 and not alerts() and not Lateness.objects.exists()
    page = between.scene.client(between.scene.clerk).get(row.page).content.decode()
    assert "没有期限在走" in page and "法律没有规定期限，本区也没有设定" in page


def test_what_was_done_in_time_and_written_down_afterwards_is_not_held_against_anybody(
    between: Between,
) -> None:
    set_since(60, dispatch_sign=2)
    row = between.asked("dispatch", to=DEPARTMENT, days=10)
    assert "本区办法" in row.due_source
    watch_terms()
    assert [alert.rule for alert in alerts()] == ["XT-dispatch-term"]
    actions.sign_for(actor=between.actor(DEPARTMENT), row=fresh(row), at=ago(9))
    assert not Lateness.objects.exists()
    watch_terms()
    assert alerts()[0].state == "auto_cleared"


def test_a_late_answer_is_kept_even_where_no_pass_came_between(between: Between) -> None:
    row = between.asked(days=10, respond_by=ago(5).date())
    actions.sign_for(actor=between.actor(OTHER), row=row, at=ago(9))
    actions.answer(actor=between.actor(OTHER), row=row, text="资料附后。", at=ago(2))
    late = Lateness.objects.get()
    assert (late.agency_id, late.due_on, late.done_on) == (OTHER, ago(5).date(), ago(2).date())
    watch_terms()
    assert [(a.rule, a.still_breached) for a in alerts()] == [("XT-request-term", False)]


def test_of_a_dispute_each_side_is_late_for_itself_and_the_organ_is_only_told(between: Between) -> None:
    row = between.disputed(days=40)
    watch_terms()
    assert {a.agency_id for a in alerts()} == {STREET, DEPARTMENT} and "第六条" in alerts()[0].facts
    talk = {"on": ago(16).date(), "people": "双方", "text": "没有一致。"}
    actions.record_talk(actor=between.actor(STREET), row=fresh(row), at=ago(16), **talk)
    actions.apply_for_coordination(actor=between.actor(STREET), row=fresh(row), text="请协调。", at=ago(15))
    watch_terms()
    assert len(alerts()) == 2 and not any(a.still_breached for a in alerts())
    assert Notice.objects.filter(capability="supervision.sign", title__contains="已超过期限").exists()
    assert Lateness.objects.filter(agency_id="T-SFJ", done_on=None).count() == 1
    set_since(60, position=3)
    organ = between.scene.actor(between.scene.head)
    actions.give_opinion(
        actor=organ,
        row=fresh(row),
        agency=between.agency(DEPARTMENT),
        method="domain",
        text="按领域归口。",
        at=ago(9),
    )
    actions.take_position(actor=between.actor(DEPARTMENT), row=fresh(row), agrees=True, at=ago(8))
    actions.take_position(actor=between.actor(STREET), row=fresh(row), agrees=True, at=ago(1))
    said = Lateness.objects.filter(what="表明是否同意").values_list("agency_id", "done_on")
    assert list(said) == [(STREET, ago(1).date())]


def test_a_term_is_missed_once_by_each_body(between: Between) -> None:
    row = between.asked(days=10, respond_by=ago(5).date())
    assert [keep_late(row, OTHER), keep_late(row, OTHER), keep_late(row, OTHER, ago(1).date())] == [
        True, False, False,
    ]  # fmt: skip
    assert Lateness.objects.get().done_on == ago(1).date()


@pytest.mark.parametrize("kind", ["assistance", "opinion", "joint"])
def test_who_is_waited_for_is_who_is_told(between: Between, kind: str) -> None:
    row = between.asked(kind, days=10, respond_by=ago(5).date())
    actions.sign_for(actor=between.actor(OTHER), row=row, at=ago(9))
    watch_terms()
    waited = STREET if kind == "joint" else OTHER
    assert [late.agency_id for late in Lateness.objects.all()] == [waited] and told(waited, "已超过期限") == 1
