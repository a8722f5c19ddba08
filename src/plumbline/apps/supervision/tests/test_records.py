"""The other papers, proof before closing, use of the result, and the public summary."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import AlertState, InstrumentState
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.identity.models import Agency

from .scene import STREET, Scene, soon

GIVEN = {"title": "关于送达的记录", "facts": "送达回证没有日期。", "demands": "当场补填。"}


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("回证.txt", "补填后的回证。".encode())


def test_what_is_corrected_on_the_spot_needs_proof_and_is_over(
    scene: Scene, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    alert, clerk, street = scene.alert(), scene.actor(scene.clerk), Agency.objects.get(pk=STREET)
    with pytest.raises(InputFault, match="证据"):
        actions.issue_record(actor=clerk, kind="on_spot", to=street, alert=alert, **GIVEN)
    with pytest.raises(Refusal):
        actions.issue_record(actor=scene.actor(scene.answering), kind="on_spot", to=street, **GIVEN)
    client = scene.client(scene.clerk)
    sent = client.post(f"/orders/new/on_spot?alert={alert.pk}", {**GIVEN, "to": STREET, "files": proof()})
    assert sent.status_code == 302
    done = scene.fresh(alert)
    assert done.state == AlertState.CORRECTED and done.instrument.state == InstrumentState.CLOSED
    page = client.get(f"/orders/{done.instrument.matter_id}").content.decode()
    assert "监纠" in page and "回证.txt" in page and "报送期限" not in page


def test_talk_circular_advice_and_clue_each_go_where_they_may(scene: Scene) -> None:
    head, street = scene.actor(scene.head), Agency.objects.get(pk=STREET)
    commission = Agency.objects.create(
        code="T-JW", name="区监察委员会", short_name="区监委", kind="supervisory_commission", level="district", document_mark="监"
    )  # fmt: skip
    with pytest.raises(Refusal):
        actions.issue_record(actor=scene.actor(scene.clerk), kind="circular", to=street, **GIVEN)
    with pytest.raises(InputFault, match="报送期限"):
        actions.issue_record(actor=head, kind="talk", to=street, **GIVEN)
    talk = actions.issue_record(actor=head, kind="talk", to=street, respond_by=soon(), **GIVEN)
    with pytest.raises(Refusal, match="不能报请"):
        actions.escalate(actor=head, instrument=scene.late(talk), text="逾期")
    with pytest.raises(InputFault, match="监察机关"):
        actions.issue_record(actor=head, kind="advice", to=commission, respond_by=soon(), **GIVEN)
    with pytest.raises(InputFault, match="只能移送"):
        actions.issue_record(actor=head, kind="clue", to=street, respond_by=soon(), level="duty_violation", **GIVEN)  # fmt: skip
    clue = actions.issue_record(actor=head, kind="clue", to=commission, respond_by=soon(), level="duty_violation", **GIVEN)  # fmt: skip
    activities = [event.activity for event in matter_events(clue.matter_id)]
    assert activities == ["misconduct_suspected", "supervision_clue_sent"]
    circular = actions.issue_record(actor=head, kind="circular", to=street, copied_to=["某某局"], **GIVEN)
    assert circular.state == InstrumentState.CLOSED and circular.copied_to == ["某某局"]
    listed = scene.client(scene.head).get("/orders?state=all&kind=clue")
    assert listed.context["total"] == 1 and clue.number in listed.content.decode()
    with pytest.raises(Refusal, match="不公开"):
        scene.fresh(clue).__class__.objects.unscoped("测试").filter(pk=clue.pk).update(state="closed")
        actions.publish_summary(actor=head, instrument=scene.fresh(clue), summary="移送线索一件。")


def test_nothing_is_closed_without_proof_and_the_result_is_used_and_published(
    scene: Scene, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    letter = scene.letter()
    clerk, head, street = scene.actor(scene.clerk), scene.actor(scene.head), scene.actor(scene.answering)
    with pytest.raises(Refusal, match="还没有了结"):
        actions.use_result(actor=head, instrument=letter, kind="appraisal", points=2)
    actions.reply(actor=street, instrument=letter, text="已补送达。")
    letter = scene.fresh(letter)
    with pytest.raises(Refusal, match="没有报送纠正证据"):
        actions.accept(actor=clerk, instrument=letter, text="认可。")
    with pytest.raises(Refusal, match="仍未纠正"):
        actions.accept(actor=clerk, instrument=letter, checked_how="data", text="认可。")
    with pytest.raises(InputFault, match="看到什么"):
        actions.accept(actor=clerk, instrument=letter, checked_how="onsite", text="认可。")
    actions.reply(actor=street, instrument=letter, text="补证据。", files=[proof()])
    actions.accept(actor=clerk, instrument=scene.fresh(letter), text="与回证一致。")
    letter = scene.fresh(letter)
    for wrong in ({"kind": "appraisal"}, {"kind": "circular", "points": 3}, {"kind": "x"}):
        with pytest.raises(InputFault):
            actions.use_result(actor=head, instrument=letter, **wrong)
    with pytest.raises(Refusal):
        actions.use_result(actor=street, instrument=letter, kind="none")
    actions.use_result(actor=head, instrument=letter, kind="appraisal", points=2, note="年度考核")
    with pytest.raises(InputFault, match="手机号"):
        actions.publish_summary(actor=head, instrument=letter, summary="联系 13900008888。")
    with pytest.raises(Refusal):
        actions.publish_summary(actor=clerk, instrument=letter, summary="已补送达。")
    client = scene.client(scene.head)
    client.post(
        f"/orders/{letter.matter_id}", {"do": "publish", "publish-summary": "一件没有按期送达，已经纠正。"}
    )
    assert "一件没有按期送达，已经纠正。" in Client().get("/open/supervision").content.decode()
    with pytest.raises(Refusal):
        actions.withdraw_summary(actor=clerk, instrument=scene.fresh(letter), reason="有误")
    actions.withdraw_summary(actor=head, instrument=scene.fresh(letter), reason="数字有误，更正后再公开")
    shown = Client().get("/open/supervision").content.decode()
    assert "数字有误" in shown and "已经纠正" not in shown
    page = client.get(f"/orders/{letter.matter_id}").content.decode()
    assert "计入考核 2 分" in page and "核对纠正材料" in page


def test_the_ledger_counts_age_and_points(scene: Scene) -> None:
    scene.late(scene.letter())
    client = scene.client(scene.head)
    (row,) = client.get("/orders/ledger").context["rows"]
    assert (row["running"], row["age10"], row["late"], row["points"]) == (1, 1, 1, 0)
    assert (
        client.get("/orders?age=10").context["total"] == 1
        and client.get("/orders?age=more").context["total"] == 0
    )
    assert client.get("/orders/ledger/export").content[:2] == b"PK"
    assert clock.today()
