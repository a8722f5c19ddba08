"""Every paper that waits for an answer goes the same road, and every kind counts its own numbers without a gap."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Instrument, InstrumentState
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency

from .scene import STREET, Scene, soon

GIVEN = {"title": "关于送达的文书", "facts": "送达回证没有日期。", "demands": "补填并报送。"}


def issued(scene: Scene, kind: str, **deviation: Any) -> Instrument:
    """One of the kind to the street, by whoever may sign it."""
    head, street = scene.actor(scene.head), Agency.objects.get(pk=STREET)
    given = {**GIVEN, "respond_by": soon(), **deviation}
    if kind == "letter":
        return actions.issue(actor=head, alert=scene.alert(), kind=kind, **given)
    if kind == "opinion":
        alert = scene.alert()
        question = actions.ask(
            actor=scene.actor(scene.clerk), alert=alert, text="请说明。", respond_by=soon()
        )
        actions.answer_question(actor=scene.actor(scene.answering), question=question, answer="确未送达。")
        return actions.issue(actor=head, alert=alert, kind=kind, **given)
    if kind == "decision":
        letter = scene.late(issued(scene, "letter"))
        actions.escalate(actor=scene.actor(scene.clerk), instrument=letter, text="逾期未报送。")
        del given["title"]
        return actions.issue_decision(actor=scene.actor(scene.mayor), instrument=scene.fresh(letter), **given)
    if kind == "on_spot":
        given["files"] = [proof()]
    if kind in {"on_spot", "circular"}:
        del given["respond_by"]
    return actions.issue_record(actor=head, kind=kind, to=street, **given)


def proof(text: str = "补填后的回证。") -> SimpleUploadedFile:
    return SimpleUploadedFile("回证.txt", text.encode())


@pytest.mark.parametrize("kind", ["letter", "opinion", "decision", "talk", "advice"])
def test_what_waits_for_an_answer_is_received_answered_verified_used_and_told(
    scene: Scene, kind: str, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    paper = issued(scene, kind)
    url, unit = f"/orders/{paper.matter_id}", scene.client(scene.answering)
    assert paper.number in unit.get(url).content.decode()
    paper = scene.fresh(paper)
    street, clerk, head = (scene.actor(each) for each in (scene.answering, scene.clerk, scene.head))
    assert (paper.state, paper.read_label) == (InstrumentState.READ, street.label)
    assert scene.client(scene.elsewhere).get(url).status_code == 404
    actions.ask_extension(actor=street, instrument=paper, until=soon(9), reason="需要补公告。")
    granting = scene.actor(scene.mayor) if kind == "decision" else head
    actions.decide_extension(actor=granting, instrument=scene.fresh(paper), granted=True, answer="同意。")
    assert scene.fresh(paper).respond_by == soon(9)
    objection = actions.object_to(actor=street, instrument=scene.fresh(paper), text="日期本来就有。")
    actions.answer_objection(
        actor=clerk,
        instrument=scene.fresh(paper),
        objection=objection,
        sustained=False,
        answer="回证上没有。",
    )
    actions.reply(actor=street, instrument=scene.fresh(paper), text="已补填。")
    with pytest.raises(Refusal, match="没有报送纠正证据"):
        actions.accept(actor=clerk, instrument=scene.fresh(paper), text="认可。")
    actions.refuse(actor=clerk, instrument=scene.fresh(paper), text="请附回证。")
    actions.reply(actor=street, instrument=scene.fresh(paper), text="附上回证。", files=[proof()])
    actions.accept(actor=clerk, instrument=scene.fresh(paper), text="与回证一致。")
    paper = scene.fresh(paper)
    assert paper.state == InstrumentState.CLOSED
    actions.use_result(actor=head, instrument=paper, kind="appraisal", points=1, note="年度考核")
    if kind == "advice":
        with pytest.raises(Refusal, match="不公开"):
            actions.publish_summary(actor=head, instrument=scene.fresh(paper), summary="一件建议。")
    else:
        actions.publish_summary(actor=head, instrument=scene.fresh(paper), summary="一件已经纠正。")
        assert scene.fresh(paper).summary == "一件已经纠正。"


@pytest.mark.parametrize("kind", ["opinion", "on_spot", "talk", "circular", "advice"])
def test_each_kind_counts_without_a_gap_or_a_double(
    scene: Scene, kind: str, tmp_path: Any, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    first = issued(scene, kind)
    with pytest.raises(InputFault):
        issued(scene, kind, facts=" ")
    numbers = [int(re.findall(r"(\d+)号", each.number)[-1]) for each in (first, issued(scene, kind))]
    assert numbers == [1, 2]
    marks = {each.number.split("〔")[0] for each in Instrument.objects.unscoped("测试").filter(kind=kind)}
    assert len(marks) == 1
