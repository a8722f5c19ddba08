"""What happens to a result: an objection to any paper, a major matter, a government that decides nothing, and the leads behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.contract import LeadState
from plumbline.apps.supervision.models import AlertState, InstrumentState
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency

from .scene import STREET, Scene, soon
from .test_leads import taken


def test_a_major_matter_is_proposed_within_the_term_and_may_come_back(scene: Scene) -> None:
    clerk, mayor, letter = scene.actor(scene.clerk), scene.actor(scene.mayor), scene.letter()
    with pytest.raises(Refusal, match="涉及重大问题"):
        actions.escalate(actor=clerk, instrument=letter, text="影响大")
    with pytest.raises(Refusal, match="没有报请"):
        actions.decline(actor=mayor, instrument=letter, text="继续督办。", respond_by=soon())
    url = f"/orders/{letter.matter_id}"
    client = scene.client(scene.clerk)
    assert "涉及重大问题，报请政府决定" in client.get(url).content.decode()
    sent = {"do": "escalate", "escalate-ground": "unmet", "escalate-text": "影响大"}
    assert client.post(url, sent).status_code == 200  # nobody is late: that ground is not offered
    assert scene.fresh(letter).state == InstrumentState.ISSUED
    assert client.post(url, sent | {"escalate-ground": "major"}).status_code == 302
    letter = scene.fresh(letter)
    assert letter.state == InstrumentState.ESCALATED
    for refused in (clerk, scene.actor(scene.answering)):
        with pytest.raises(Refusal):
            actions.decline(actor=refused, instrument=letter, text="继续督办。", respond_by=soon())
    with pytest.raises(InputFault, match="理由"):
        actions.decline(actor=mayor, instrument=letter, text=" ", respond_by=soon())
    sent = {
        "do": "decline",
        "decline-text": "先由区司法局继续督办。",
        "decline-respond_by": soon(9).isoformat(),
    }
    assert scene.client(scene.mayor).post(url, sent).status_code == 302
    letter = scene.fresh(letter)
    assert (letter.state, letter.respond_by) == (InstrumentState.READ, soon(9))
    actions.reply(actor=scene.actor(scene.answering), instrument=letter, text="已送达。")
    actions.refuse(actor=clerk, instrument=scene.fresh(letter), text="没有证据。")
    actions.escalate(actor=clerk, instrument=scene.fresh(letter), text="没有纠正。")
    letter = actions.decline(
        actor=mayor, instrument=scene.fresh(letter), text="再给一次机会。", respond_by=soon()
    )
    assert letter.state == InstrumentState.REFUSED  # it goes on where it was


def test_an_objection_that_holds_takes_back_what_the_leads_were_told_to_be(scene: Scene) -> None:
    clerk, alert = scene.actor(scene.clerk), scene.alert()
    lead = actions.join_alert(actor=clerk, lead=taken(about=alert.matter_id), alert=alert, reason="同一件事")
    letter = scene.letter(scene.fresh(alert))
    assert scene.fresh(lead).substantiated is True
    objection = actions.object_to(actor=scene.actor(scene.answering), instrument=letter, text="已按时送达。")
    actions.answer_objection(
        actor=clerk, instrument=letter, objection=objection, sustained=True, answer="回证在卷，异议成立。"
    )
    lead = scene.fresh(lead)
    assert (lead.state, lead.substantiated) == (LeadState.VERIFIED, False) and "异议成立" in lead.verified


def test_a_record_is_received_and_may_be_objected_to(scene: Scene, tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    alert, clerk, street = scene.alert(), scene.actor(scene.clerk), scene.actor(scene.answering)
    record = actions.issue_record(
        actor=clerk, kind="on_spot", to=Agency.objects.get(pk=STREET), alert=alert, title="当场纠正", facts="没有日期。",
        demands="补填。", files=[SimpleUploadedFile("回证.txt", "补填后的回证。".encode())],
    )  # fmt: skip
    url, unit = f"/orders/{record.matter_id}", scene.client(scene.answering)
    page = unit.get(url).content.decode()
    record = scene.fresh(record)
    assert record.read_label == street.label and record.state == InstrumentState.CLOSED
    assert (
        "对文书有异议" in page and "对文书有异议" not in scene.client(scene.clerk).get(url).content.decode()
    )
    with pytest.raises(Refusal):
        actions.object_to(actor=scene.actor(scene.elsewhere), instrument=record, text="不对")
    assert unit.post(url, {"do": "object", "object-text": "日期本来就有。"}).status_code == 302
    with pytest.raises(Refusal, match="还没有答复"):
        actions.object_to(actor=street, instrument=record, text="再提")
    sent = {
        "do": "answer_objection",
        "answer_objection-sustained": "1",
        "answer_objection-answer": "看错了页。",
    }
    assert scene.client(scene.clerk).post(url, sent).status_code == 302
    assert scene.fresh(record).conclusion == "异议成立：看错了页。"
    assert scene.fresh(alert).state == AlertState.EXPLAINED
    with pytest.raises(Refusal, match="已撤销"):
        actions.object_to(actor=street, instrument=scene.fresh(record), text="再提")
