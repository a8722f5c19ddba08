"""延期: asked in time by the addressee, answered by who signs, drawn on the clock, followed by the early warnings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.desk import supervision_tasks
from plumbline.apps.supervision.models import Extension, Instrument, InstrumentState
from plumbline.apps.supervision.queries import by_state
from plumbline.apps.supervision.stations import bar_of, life_of
from plumbline.apps.supervision.terms import warn_of_terms
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.notify.models import notices_for

from .scene import Scene, soon


def logged(instrument: Instrument) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=instrument.matter_id).order_by("seq")
    return list(rows.values_list("activity", flat=True))


def ask(scene: Scene, letter: Instrument, **deviation: Any) -> Extension:
    wanted = {"reason": "检验结论未到。", "until": letter.respond_by + timedelta(days=7), **deviation}
    return actions.ask_extension(actor=scene.actor(scene.answering), instrument=letter, **wanted)


def titles(scene: Scene, person: Any) -> list[str]:
    return [task.title for task in supervision_tasks(scene.actor(person))]


def test_a_request_names_a_later_date_and_a_reason_and_comes_from_the_addressee(scene: Scene) -> None:
    letter = scene.letter()
    for wrong in ({"reason": " "}, {"until": letter.respond_by}):
        with pytest.raises(InputFault):
            ask(scene, letter, **wrong)
    for other in (scene.elsewhere, scene.head, scene.mayor, scene.world.officer):
        with pytest.raises(Refusal):
            actions.ask_extension(
                actor=scene.actor(other), instrument=letter, reason="来不及。", until=soon(30)
            )
    assert not letter.extensions.exists()
    asked = ask(scene, letter)
    assert asked.before == letter.respond_by and logged(letter)[-1] == "instrument_extension_asked"
    with pytest.raises(Refusal, match="等待答复"):
        ask(scene, letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(instrument=letter, reason="再申请", before=soon(), until=soon(9))


def test_a_request_on_the_last_day_is_in_time_and_a_day_later_is_not(scene: Scene) -> None:
    last = scene.letter()
    Instrument.objects.unscoped("测试").filter(pk=last.pk).update(respond_by=clock.today())
    last = scene.fresh(last)
    assert ask(scene, last, until=soon()).before == clock.today()
    late = scene.late(scene.letter())
    with pytest.raises(Refusal, match="届满"):
        ask(scene, late, until=soon())


def test_a_request_does_not_move_the_term_and_only_the_signing_post_grants_it(scene: Scene) -> None:
    letter = scene.letter()
    first = letter.respond_by
    asked = ask(scene, letter)
    assert scene.fresh(letter).respond_by == first
    for person in (scene.clerk, scene.mayor, scene.answering):
        with pytest.raises(Refusal, match="签发权"):
            actions.decide_extension(
                actor=scene.actor(person), instrument=letter, granted=True, answer="可以。"
            )
    head = scene.actor(scene.head)
    with pytest.raises(InputFault):
        actions.decide_extension(actor=head, instrument=letter, granted=True, answer=" ")
    with pytest.raises(InputFault):
        actions.decide_extension(actor=head, instrument=letter, granted=True, answer="可以。", until=first)
    actions.decide_extension(actor=head, instrument=letter, granted=True, answer="检验周期属实。")
    assert scene.fresh(letter).respond_by == asked.until
    assert logged(letter)[-1] == "instrument_extension_granted"
    # The paper as issued, and so the event that the rules read, still says the first date.
    assert matter_events(letter.matter_id)[0].data["respond_by"] == first.isoformat()
    with pytest.raises(Refusal, match="没有等待答复"):
        actions.decide_extension(actor=head, instrument=letter, granted=True, answer="再来一次。")


def test_a_refused_request_leaves_the_term_and_says_why(scene: Scene) -> None:
    letter = scene.letter()
    ask(scene, letter)
    done = actions.decide_extension(
        actor=scene.actor(scene.head), instrument=letter, granted=False, answer="没有正当理由。"
    )
    assert (done.granted, done.granted_until, scene.fresh(letter).respond_by) == (
        False,
        None,
        letter.respond_by,
    )
    assert logged(letter)[-1] == "instrument_extension_refused"
    said = [notice.title for notice in notices_for(scene.actor(scene.answering))]
    assert any("不准延期" in title for title in said)


def test_the_government_moves_the_term_of_its_own_decision_and_the_bureau_does_not(scene: Scene) -> None:
    letter = scene.late(scene.letter())
    actions.escalate(actor=scene.actor(scene.clerk), instrument=letter, text="逾期未报送。")
    decision = actions.issue_decision(
        actor=scene.actor(scene.mayor), instrument=letter, facts="逾期。", demands="立即送达。", respond_by=soon()
    )  # fmt: skip
    first = decision.respond_by
    ask(scene, decision)
    with pytest.raises(Refusal):
        actions.decide_extension(
            actor=scene.actor(scene.head), instrument=decision, granted=True, answer="可以。"
        )
    actions.decide_extension(
        actor=scene.actor(scene.mayor), instrument=decision, granted=True, answer="可以。"
    )
    assert scene.fresh(decision).respond_by == first + timedelta(days=7)


def test_the_clock_bar_and_the_life_line_show_the_first_and_the_moved_term(scene: Scene) -> None:
    letter = scene.letter()
    first = letter.respond_by
    assert bar_of(letter, [])["first_on"] is None
    ask(scene, letter)
    pending = life_of(letter, [], [], list(letter.extensions.all()))
    assert [s.word for s in pending if s.label == "申请延期"] == ["等待答复"]
    actions.decide_extension(actor=scene.actor(scene.head), instrument=letter, granted=True, answer="属实。")
    moved, extensions = scene.fresh(letter), list(letter.extensions.all())
    bar = bar_of(moved, extensions)
    assert (bar["first_on"], bar["moved"], bar["due"]) == (first, 1, 100)
    assert bar["first"] == round(100 * 14 / 21) and bar["first"] + bar["added"] in {99, 100, 101}
    assert any(
        s.label == "准予延期" and str(moved.respond_by) in s.note for s in life_of(moved, [], [], extensions)
    )


def test_late_and_escalation_follow_the_moved_term(scene: Scene) -> None:
    letter, clerk = scene.letter(), scene.actor(scene.clerk)
    Instrument.objects.unscoped("测试").filter(pk=letter.pk).update(respond_by=clock.today())
    letter = scene.fresh(letter)
    ask(scene, letter, until=soon())
    # The term passes while the request waits: the delay in answering is not the addressee's.
    letter = scene.late(letter)
    Extension.objects.filter(instrument=letter).update(before=letter.respond_by)
    with pytest.raises(Refusal, match="延期还没有答复"):
        actions.escalate(actor=clerk, instrument=letter, text="逾期。")
    rows = Instrument.objects.unscoped("测试")
    assert letter in by_state(rows, "late", clock.today())
    actions.decide_extension(actor=scene.actor(scene.head), instrument=letter, granted=True, answer="属实。")
    letter = scene.fresh(letter)
    assert letter not in by_state(rows, "late", clock.today())
    with pytest.raises(Refusal, match="仍在期限内"):
        actions.escalate(actor=clerk, instrument=letter, text="逾期。")


def test_the_early_warning_comes_once_for_each_term(scene: Scene) -> None:
    letter = scene.letter(respond_by=statutory_calendar().nth_working_after(clock.today(), 2))
    street = scene.actor(scene.answering)

    def warned() -> int:
        return sum("期限将到" in notice.title for notice in notices_for(street))

    assert (warn_of_terms(), warn_of_terms(), warned()) == (1, 0, 1)
    later = statutory_calendar().nth_working_after(clock.today(), 12)
    ask(scene, letter, until=later)
    actions.decide_extension(actor=scene.actor(scene.head), instrument=letter, granted=True, answer="属实。")
    assert warn_of_terms() == 0, "the moved term is far away"
    assert warn_of_terms(as_of=clock.now() + (later - clock.today())) == 1
    assert warned() == 2
    actions.reply(actor=street, instrument=scene.fresh(letter), text="已办。")
    Instrument.objects.unscoped("测试").filter(pk=letter.pk).update(warned_for=None)
    assert warn_of_terms(as_of=clock.now() + (later - clock.today())) == 0, "nothing is owed any more"


def test_the_request_is_a_task_of_who_may_grant_it_and_is_overtaken_by_the_report(scene: Scene) -> None:
    letter = scene.letter()
    ask(scene, letter)
    task = f"答复延期申请：{letter.number}"
    assert task in titles(scene, scene.head)
    assert task not in titles(scene, scene.clerk) and task not in titles(scene, scene.mayor)
    actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已办结。")
    overtaken = letter.extensions.get()
    assert overtaken.decided_at is not None and overtaken.granted is None and overtaken.answer
    assert task not in titles(scene, scene.head)
    with pytest.raises(Refusal):
        ask(scene, scene.fresh(letter))


def test_a_refused_correction_may_carry_a_new_date(scene: Scene) -> None:
    letter, clerk = scene.letter(), scene.actor(scene.clerk)
    actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已办。")
    with pytest.raises(InputFault):
        actions.refuse(actor=clerk, instrument=letter, text="缺回证。", respond_by=clock.today())
    actions.refuse(actor=clerk, instrument=letter, text="缺回证。", respond_by=soon(20))
    refused = scene.fresh(letter)
    assert (refused.state, refused.respond_by) == (InstrumentState.REFUSED, soon(20))


def test_a_reminder_is_a_notice_and_a_task_of_the_addressee_until_it_reports(scene: Scene) -> None:
    letter, clerk = scene.letter(), scene.actor(scene.clerk)
    plain, pressed = f"报送纠正情况：{letter.number}", f"催办：报送纠正情况：{letter.number}"
    assert plain in titles(scene, scene.answering)
    actions.remind(actor=clerk, instrument=letter)
    assert pressed in titles(scene, scene.answering) and pressed not in titles(scene, scene.elsewhere)
    assert any("催办" in notice.title for notice in notices_for(scene.actor(scene.answering)))
    assert not any("催办" in notice.title for notice in notices_for(scene.actor(scene.elsewhere)))
    actions.reply(actor=scene.actor(scene.answering), instrument=scene.fresh(letter), text="已办。")
    with pytest.raises(Refusal, match="不必催办"):
        actions.remind(actor=clerk, instrument=scene.fresh(letter))
    actions.refuse(actor=clerk, instrument=scene.fresh(letter), text="缺回证。")
    again = f"重新报送纠正情况：{letter.number}"
    assert again in titles(scene, scene.answering), "a reminder before the report is past"
