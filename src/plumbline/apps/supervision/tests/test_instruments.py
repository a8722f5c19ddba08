"""Instruments: what the facts allow, who signs, both sides, the stop rule, and the way to the government."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from plumbline.apps.cases import actions as casework
from plumbline.apps.paperwork.contract import documents_of, issued_paper
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, AlertState, Instrument, InstrumentState
from plumbline.apps.supervision.naming import finding_of
from plumbline.apps.supervision.queries import aged_instruments
from plumbline.apps.supervision.stopping import stop_when_challenged
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.scope.rows import set_database_scope

from .scene import STREET, Scene, ago, soon


def challenge(scene: Scene, case: Any, days_ago: int = 0) -> None:
    casework.record_step(
        actor=scene.actor(scene.world.officer),
        case=case,
        activity="challenge_started",
        data={"route": "reconsideration"},
        occurred_at=ago(days_ago),
    )


def activities(instrument: Instrument) -> list[str]:
    return [event.activity for event in matter_events(instrument.matter_id)]


def test_a_letter_is_numbered_linked_and_shown_on_both_sides(scene: Scene) -> None:
    alert = scene.alert()
    letter = scene.letter(alert)
    assert re.search(r"〔\d{4}〕1号$", letter.number)
    issued = matter_events(letter.matter_id)[0]
    assert issued.activity == "supervision_letter_issued" and issued.data["to"] == STREET
    assert [(link.matter, link.rel) for link in issued.links or ()] == [(alert.matter_id, "about")]
    assert scene.fresh(alert).state == AlertState.INSTRUMENT
    assert letter in Instrument.objects.visible_to(scene.actor(scene.answering))
    assert letter not in Instrument.objects.visible_to(scene.actor(scene.elsewhere))
    assert scene.client(scene.elsewhere).get(f"/orders/{letter.matter_id}").status_code == 404


def test_a_refused_letter_leaves_no_gap_in_the_numbers(scene: Scene) -> None:
    alert = scene.alert()
    with pytest.raises(InputFault):
        scene.letter(alert, respond_by=clock.today())
    with pytest.raises(InputFault):
        scene.letter(alert, demands=" ")
    assert scene.letter(alert).number.endswith("1号")
    assert scene.letter().number.endswith("2号")


def test_only_the_signing_post_issues(scene: Scene) -> None:
    alert = scene.alert()
    for person in (scene.clerk, scene.answering, scene.world.officer):
        with pytest.raises(Refusal):
            actions.issue(
                actor=scene.actor(person), alert=alert, kind="letter", title="督办", facts="事实",
                demands="要求", respond_by=soon(),
            )  # fmt: skip
    assert not Instrument.objects.unscoped("测试").exists()


def test_an_opinion_needs_the_facts_established_first(scene: Scene) -> None:
    alert = scene.alert()
    wanted: dict[str, Any] = {
        "actor": scene.actor(scene.head), "alert": alert, "kind": "opinion", "title": "意见", "facts": "事实",
        "demands": "要求", "respond_by": soon(),
    }  # fmt: skip
    with pytest.raises(Refusal, match="第二十八条"):
        actions.issue(**wanted)
    question = actions.ask(actor=scene.actor(scene.clerk), alert=alert, text="请说明。", respond_by=soon())
    actions.answer_question(actor=scene.actor(scene.answering), question=question, answer="确未送达。")
    assert "supervision_opinion_issued" in activities(actions.issue(**wanted))


def test_from_the_alert_list_to_the_issued_letter_in_at_most_four_clicks(scene: Scene) -> None:
    alert, client = scene.alert(), scene.client(scene.head)
    page = client.get("/alerts").content.decode()
    clicks = 0
    for address in (f"/alerts/{alert.pk}", f"/alerts/{alert.pk}/issue/letter"):
        assert f'href="{address}' in page, address
        page = client.get(address).content.decode()
        clicks += 1
    # What the form already holds is sent as it stands: nothing has to be typed.
    typed = client.get(f"/alerts/{alert.pk}/issue/letter").context["form"].initial
    answer = client.post(f"/alerts/{alert.pk}/issue/letter", typed)
    clicks += 1
    assert answer.status_code == 302 and clicks <= 4
    letter = Instrument.objects.unscoped("测试").get()
    assert answer["Location"].endswith(f"/orders/{letter.matter_id}")
    assert finding_of(alert).rstrip("。") in letter.facts and "第二十七条" in letter.basis


def test_the_addressee_opening_it_is_its_receipt_once(scene: Scene) -> None:
    letter = scene.letter()
    scene.client(scene.clerk).get(f"/orders/{letter.matter_id}")
    assert scene.fresh(letter).read_at is None
    client = scene.client(scene.answering)
    client.get(f"/orders/{letter.matter_id}")
    first = scene.fresh(letter)
    assert first.state == InstrumentState.READ and first.read_label == "答复岗"
    client.get(f"/orders/{letter.matter_id}")
    assert scene.fresh(letter).read_at == first.read_at


def test_reply_with_proof_refusal_second_reply_and_closing(
    scene: Scene, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    alert = scene.alert()
    letter = scene.letter(alert)
    street, clerk = scene.actor(scene.answering), scene.actor(scene.clerk)
    with pytest.raises(Refusal):
        actions.accept(actor=clerk, instrument=letter, text="认可。")
    with pytest.raises(Refusal):
        actions.reply(actor=scene.actor(scene.elsewhere), instrument=letter, text="已办。")
    proof = SimpleUploadedFile("说明.txt", "送达回证三份。".encode())
    actions.reply(actor=street, instrument=letter, text="已补送达。", files=[proof])
    assert letter.replies.get().files.get().name.endswith(".txt")
    with pytest.raises(InputFault):
        actions.refuse(actor=clerk, instrument=letter, text="")
    actions.refuse(actor=clerk, instrument=letter, text="缺第三份回证。")
    actions.reply(actor=street, instrument=letter, text="已补第三份。")
    actions.accept(actor=clerk, instrument=letter, text="属实。", result_use="计入年度考核")
    closed = scene.fresh(letter)
    assert closed.state == InstrumentState.CLOSED and closed.result_use == "计入年度考核"
    assert scene.fresh(alert).state == AlertState.CORRECTED
    assert activities(letter).count("correction_reported") == 2 and activities(letter)[-1] == "matter_closed"
    with pytest.raises(Refusal):
        actions.reply(actor=street, instrument=closed, text="又报。")


def test_a_program_is_not_taken_as_proof(scene: Scene, tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    letter = scene.letter()
    bad = SimpleUploadedFile("回证.exe", b"MZ\x90\x00")
    with pytest.raises(InputFault):
        actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已办。", files=[bad])
    assert not letter.replies.exists()


def test_an_objection_is_answered_and_a_sustained_one_ends_the_instrument(scene: Scene) -> None:
    alert = scene.alert()
    letter = scene.letter(alert)
    street, clerk = scene.actor(scene.answering), scene.actor(scene.clerk)
    objection = actions.object_to(actor=street, instrument=letter, text="公告送达期间未满。")
    with pytest.raises(Refusal):
        actions.answer_objection(
            actor=street, instrument=letter, objection=objection, sustained=True, answer="成立。"
        )
    actions.answer_objection(
        actor=clerk, instrument=letter, objection=objection, sustained=True, answer="公告期未满，属实。"
    )
    assert scene.fresh(letter).state == InstrumentState.CLOSED
    assert scene.fresh(alert).state == AlertState.EXPLAINED
    assert "objection_answered" in activities(letter)


def test_reminding_is_once_a_day(scene: Scene) -> None:
    letter, clerk = scene.letter(), scene.actor(scene.clerk)
    actions.remind(actor=clerk, instrument=letter)
    with pytest.raises(Refusal):
        actions.remind(actor=clerk, instrument=letter)


def test_only_the_government_decides_and_only_after_the_proposal(scene: Scene) -> None:
    letter, clerk = scene.letter(), scene.actor(scene.clerk)
    with pytest.raises(Refusal, match="仍在期限内"):
        actions.escalate(actor=clerk, instrument=letter, text="不履行。")
    letter = scene.late(letter)
    wanted: dict[str, Any] = {"facts": "逾期未送达。", "demands": "立即送达。", "respond_by": soon()}
    with pytest.raises(Refusal):
        actions.issue_decision(actor=scene.actor(scene.mayor), instrument=letter, **wanted)
    actions.escalate(actor=clerk, instrument=letter, text="逾期未报送。")
    for person in (scene.clerk, scene.head, scene.answering):
        with pytest.raises(Refusal, match="本级人民政府"):
            actions.issue_decision(actor=scene.actor(person), instrument=letter, **wanted)
    decision = actions.issue_decision(actor=scene.actor(scene.mayor), instrument=letter, **wanted)
    assert decision.issuer_id == "T-GOV" and activities(decision) == ["supervision_decision_issued"]
    assert scene.fresh(letter).state == InstrumentState.CLOSED
    assert "escalation_proposed" in activities(letter)


def test_a_bureau_cannot_pass_a_decision_off_as_an_ordinary_instrument(scene: Scene) -> None:
    with pytest.raises(Refusal):
        actions.issue(
            actor=scene.actor(scene.head), alert=scene.alert(), kind="decision", title="决定", facts="事实",
            demands="要求", respond_by=soon(),
        )  # fmt: skip
    assert scene.client(scene.head).get(f"/alerts/{scene.alert().pk}/issue/decision").status_code == 404


def test_nothing_is_issued_while_the_matter_is_challenged(scene: Scene) -> None:
    case = scene.unserved()
    challenge(scene, case)
    with pytest.raises(Refusal, match="不重复监督"):
        scene.letter(scene.alert(case))
    page = scene.client(scene.head).get(f"/alerts/{scene.alert(case).pk}").content.decode()
    assert "第三十三条" in page and "/issue/letter" not in page


def test_a_challenge_stops_running_instruments_with_an_explanation(scene: Scene) -> None:
    case = scene.unserved()
    letter = scene.letter(scene.alert(case))
    challenge(scene, case)
    stop_when_challenged(case.matter_id, frozenset({"challenge_started"}))
    stopped = scene.fresh(letter)
    assert stopped.state == InstrumentState.STOPPED and "不重复监督" in stopped.conclusion
    page = scene.client(scene.answering).get(f"/orders/{letter.matter_id}").content.decode()
    assert "不重复监督" in page


def test_the_ledger_counts_the_rows_it_links_to(scene: Scene) -> None:
    scene.letter()
    scene.late(scene.letter())
    clerk, client = scene.actor(scene.clerk), scene.client(scene.clerk)
    (row,) = aged_instruments(clerk, clock.today())
    for name, state in (("running", "running"), ("late", "late")):
        listed = client.get(f"/orders?state={state}&agency={row['agency'].code}").context["total"]
        assert row[name] == listed
    assert (row["running"], row["late"], row["oldest"]) == (2, 1, 1)


def test_no_letter_before_the_duty_is_overdue(scene: Scene) -> None:
    alert = scene.alert()
    Alert.objects.unscoped("测试").filter(pk=alert.pk).update(kind="near_due")
    with pytest.raises(Refusal):
        scene.letter(scene.fresh(alert))


def test_a_challenged_matter_does_not_slip_in_beside_another(scene: Scene) -> None:
    free, challenged = scene.unserved(), scene.unserved()
    challenge(scene, challenged)
    with pytest.raises(Refusal):
        scene.letter(scene.alert(free), also=[scene.alert(challenged)])


def test_the_letter_that_became_a_decision_is_closed_in_the_log_too(scene: Scene) -> None:
    letter = scene.late(scene.letter())
    actions.escalate(actor=scene.actor(scene.clerk), instrument=letter, text="逾期未报送。")
    actions.issue_decision(
        actor=scene.actor(scene.mayor), instrument=letter, facts="逾期。", demands="立即送达。",
        respond_by=clock.today() + timedelta(days=5),
    )  # fmt: skip
    assert activities(letter)[-1] == "matter_closed"


def test_the_addressee_reads_the_paper_through_the_second_wall(scene: Scene) -> None:
    letter = scene.letter()
    tables = "documents", "instruments"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_reader NOLOGIN")
        for table in tables:
            cursor.execute(f"GRANT SELECT ON {table} TO a_reader")
        cursor.execute("SET LOCAL ROLE a_reader")
        set_database_scope(frozenset({STREET}))
        try:
            assert not documents_of(letter.matter_id).exists(), "the wall stands"
            paper = issued_paper(letter.matter_id)
            assert paper is not None and letter.number in paper.html
        finally:
            cursor.execute("RESET ROLE")
            set_database_scope(None)
