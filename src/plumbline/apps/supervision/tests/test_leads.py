"""Leads of every source: taken in once, judged, merged and parted, put to the agency, verified, answered."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.supervision import actions
from plumbline.apps.supervision.challenged import raise_lead_when_lost
from plumbline.apps.supervision.contract import Lead, LeadState, Source, take_in_lead
from plumbline.apps.supervision.lead_queries import by_source, like_leads
from plumbline.apps.supervision.models import Alert, AlertState
from plumbline.apps.supervision.settings import value_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.workbooks import open_workbook

from .scene import STREET, Scene, soon

FACTS = "十日内三次检查同一家店铺，没有出示检查通知。"


def taken(**deviation: Any) -> Lead:
    wanted = {
        "source": Source.MEDIA, "title": "频繁检查", "facts": FACTS, "source_ref": "M-1", "concerned": STREET,
        **deviation,
    }  # fmt: skip
    return take_in_lead(actor=system_actor("test"), **wanted)


def judged(scene: Scene, lead: Lead) -> Lead:
    return actions.assess_lead(
        actor=scene.actor(scene.clerk), lead=lead, assessment="反映检查频次，属于监督事项。",
        concerned=Agency.objects.get(pk=STREET), conduct="arbitrary_inspection",
    )  # fmt: skip


def activities(lead: Lead) -> list[str]:
    return [event.activity for event in matter_events(lead.matter_id)]


def test_from_registration_to_the_answer_with_the_agency_asked(scene: Scene) -> None:
    clerk, street = scene.actor(scene.clerk), scene.actor(scene.answering)
    lead = taken()
    assert taken().pk == lead.pk  # the same thing of a source is one lead
    assert lead in Lead.objects.visible_to(clerk) and lead not in Lead.objects.visible_to(street)
    for actor in (street, scene.actor(scene.world.officer)):
        with pytest.raises(Refusal):
            actions.assess_lead(
                actor=actor, lead=lead, assessment="是", concerned=Agency.objects.get(pk=STREET)
            )
        with pytest.raises(Refusal):
            actions.dismiss_lead(actor=actor, lead=lead, assessment="不是")
    with pytest.raises(Refusal, match="先研判"):
        actions.refer_lead(actor=clerk, lead=lead, text="请核查", respond_by=soon())
    lead = judged(scene, lead)
    alert = lead.alert
    assert alert is not None and alert.rule == "LEAD-arbitrary_inspection" and lead.due_on is not None
    lead = actions.refer_lead(actor=clerk, lead=lead, text="请核查检查频次。", respond_by=soon())
    question = alert.questions.get()
    actions.answer_question(actor=street, question=question, answer="三次检查属实，未送达通知。")
    lead = actions.verify_lead(actor=clerk, lead=lead, substantiated=True, text="台账与反映一致。")
    assert lead.state == LeadState.VERIFIED
    opinion = actions.issue(
        actor=scene.actor(scene.head), alert=scene.fresh(alert), kind="opinion", title="关于检查频次的监督意见书",
        facts="三次检查没有通知。", demands="规范检查。", respond_by=soon(),
    )  # fmt: skip
    actions.feed_back_lead(actor=clerk, lead=lead, text="反映属实，已制发监督意见书。")
    assert activities(lead) == [
        "lead_registered", "lead_assessed", "lead_referred", "lead_verified", "lead_fed_back", "matter_closed",
    ]  # fmt: skip
    page = scene.client(scene.clerk).get(lead.page).content.decode()
    assert opinion.number in page and "反映属实，已制发监督意见书。" in page
    assert scene.client(scene.answering).get(lead.page).status_code == 404
    (row,) = by_source(clerk)
    assert (row["total"], row["verified"], row["held"]) == (1, 1, 1)


def test_what_is_decided_about_its_alert_says_whether_a_lead_held(scene: Scene) -> None:
    clerk = scene.actor(scene.clerk)
    lead = judged(scene, taken())
    actions.mark_false_alarm(actor=clerk, alert=scene.fresh(lead.alert), reason="是两家店铺。")
    lead = scene.fresh(lead)
    assert lead.state == LeadState.VERIFIED and lead.substantiated is False
    other = judged(scene, taken(source_ref="M-2"))
    actions.verify_lead(actor=clerk, lead=other, substantiated=False, text="没有这次检查。")
    assert Alert.objects.unscoped("测试").get(subject=other.matter_id).state == AlertState.EXPLAINED


def test_like_leads_are_merged_shown_both_ways_and_parted(scene: Scene) -> None:
    clerk = scene.actor(scene.clerk)
    first, second, third = taken(), taken(source_ref="M-2", facts=FACTS + "影响经营。"), taken(source_ref="M-3", facts="乱收费", title="收费")  # fmt: skip
    assert [each.lead for each in like_leads(clerk, second)] == [first]
    with pytest.raises(Refusal):
        actions.merge_lead(actor=scene.actor(scene.answering), lead=second, into=first, reason="同一家店")
    client = scene.client(scene.clerk)
    sent = {"do": "merge", "merge-into": first.matter_id, "merge-reason": "同一家店铺"}
    assert client.post(second.page, sent).status_code == 302
    assert second.matter_id in client.get(first.page).content.decode()
    assert first.title in client.get(second.page).content.decode()
    actions.part_lead(actor=clerk, lead=scene.fresh(second), reason="不是同一家")
    assert scene.fresh(second).state == LeadState.REGISTERED
    assert "撤销并入：不是同一家" in client.get(first.page).content.decode()
    actions.merge_lead(actor=clerk, lead=scene.fresh(second), into=first, reason="是同一家")
    done = actions.verify_lead(actor=clerk, lead=judged(scene, first), substantiated=False, text="不属实。")
    actions.feed_back_lead(actor=clerk, lead=done, text="经核查不属实。")
    assert scene.fresh(second).feedback == "经核查不属实。"
    with pytest.raises(Refusal, match="一并反馈"):
        actions.part_lead(actor=clerk, lead=scene.fresh(second), reason="又不是")
    actions.assign_lead(actor=clerk, lead=third, owner=scene.head, due_on=soon(), reason="出差")
    assert scene.fresh(third).owner_id == scene.head.pk
    actions.dismiss_lead(
        actor=clerk, lead=scene.fresh(third), assessment="属于价格争议，告知向市场监管局反映。"
    )
    assert activities(third)[-1] == "matter_closed"


def test_two_who_work_at_one_lead_at_once_do_not_both_decide_it(scene: Scene) -> None:
    """The second has the page of before: what he presses is judged by what the first has made of it."""
    clerk, lead = scene.actor(scene.clerk), taken()
    stale = [scene.fresh(lead) for _ in range(3)]
    alerts = Alert.objects.unscoped("测试").count()
    judged(scene, scene.fresh(lead))
    with pytest.raises(Refusal, match="已经研判过"):
        judged(scene, stale[0])
    with pytest.raises(Refusal, match="已经研判过"):
        actions.dismiss_lead(actor=clerk, lead=stale[1], assessment="不属于监督事项。")
    assert Alert.objects.unscoped("测试").count() == alerts + 1
    with pytest.raises(Refusal, match="已经列为问题"):
        actions.merge_lead(actor=clerk, lead=stale[2], into=taken(source_ref="M-9"), reason="同一家")
    held = [scene.fresh(lead) for _ in range(2)]
    actions.verify_lead(actor=clerk, lead=held[0], substantiated=False, text="不属实。")
    with pytest.raises(Refusal, match="不能登记核查结论"):
        actions.verify_lead(actor=clerk, lead=held[1], substantiated=True, text="属实。")
    fed = [scene.fresh(lead) for _ in range(2)]
    actions.feed_back_lead(actor=clerk, lead=fed[0], text="经核查不属实。")
    with pytest.raises(Refusal, match="已经反馈"):
        actions.feed_back_lead(actor=clerk, lead=fed[1], text="又一次反馈。")
    assert activities(lead).count("lead_fed_back") == activities(lead).count("lead_assessed") == 1


def test_a_hotlines_list_is_registered_line_by_line_with_faults_named(scene: Scene) -> None:
    sink = BytesIO()
    book = open_workbook(sink)
    sheet = book.add_worksheet()
    today = clock.today().isoformat()
    lines = [
        ["工单编号", "收到日期", "标题", "反映的情况", "涉及的机关"],
        ["R-1", today, "无证收费", "收费没有票据", STREET],
        ["R-2", "昨天", "无证收费", "电话 13900008888", "没有的机关"],
        ["R-3", today, "态度", "不说明理由", ""],
    ]
    for at, line in enumerate(lines):
        sheet.write_row(at, 0, line)
    book.close()

    def upload() -> SimpleUploadedFile:
        return SimpleUploadedFile("清单.xlsx", sink.getvalue())

    with pytest.raises(Refusal):
        actions.import_leads(actor=scene.actor(scene.answering), upload=upload())
    page = scene.client(scene.clerk).post("/leads/import", {"source": "hotline", "upload": upload()})
    said = page.content.decode()
    assert "登记了 2 条" in said and "第 3 行" in said and "请删去后再上传" in said and "没有的机关" in said
    again = actions.import_leads(actor=scene.actor(scene.clerk), upload=upload())
    assert (len(again.fresh), again.known, len(again.faults)) == (0, 2, 3)
    with pytest.raises(InputFault, match="没有这些列"):
        actions.import_leads(
            actor=scene.actor(scene.clerk), upload=SimpleUploadedFile("别的.xlsx", _other_book())
        )
    empty = SimpleUploadedFile("空.xlsx", scene.client(scene.clerk).get("/leads/import/template").content)
    with pytest.raises(InputFault, match="没有线索"):
        actions.import_leads(actor=scene.actor(scene.clerk), upload=empty)
    listed = scene.client(scene.clerk).get("/leads?source=hotline").content.decode()
    assert "无证收费" in listed and "态度" in listed


def _other_book() -> bytes:
    sink = BytesIO()
    book = open_workbook(sink)
    book.add_worksheet().write_row(0, 0, ["甲", "乙"])
    book.close()
    return sink.getvalue()


def test_by_hand_and_own_clocks(scene: Scene) -> None:
    clerk, head = scene.actor(scene.clerk), scene.actor(scene.head)
    given = {"source": "enterprise", "title": "企业诉求", "facts": "罚款过重", "source_ref": "QY-1"}
    with pytest.raises(Refusal):
        actions.register_lead(actor=scene.actor(scene.answering), **given)
    lead = actions.register_lead(actor=clerk, **given)
    with pytest.raises(InputFault, match="已经登记"):
        actions.register_lead(actor=clerk, **given)
    with pytest.raises(InputFault):
        actions.register_lead(actor=clerk, **{**given, "source_ref": "", "received_on": clock.today() + timedelta(1)})  # fmt: skip
    with pytest.raises(Refusal):
        actions.change_setting(
            actor=clerk, name="lead.assess", value=1, valid_from=clock.today(), reason="加快办理"
        )
    with pytest.raises(InputFault):
        actions.change_setting(
            actor=head, name="lead.assess", value=0, valid_from=clock.today(), reason="加快办理"
        )
    actions.change_setting(
        actor=head, name="lead.assess", value=1, valid_from=clock.today(), reason="加快办理"
    )
    assert value_of("lead.assess") == 1
    faster = actions.register_lead(actor=clerk, **{**given, "source_ref": "QY-2"})
    assert faster.due_on < lead.due_on
    assert "加快办理" in scene.client(scene.head).get("/leads/settings").content.decode()
    assert scene.client(scene.elsewhere).get("/leads").status_code == 403


def test_a_lost_challenge_becomes_one_lead_and_a_won_one_none(scene: Scene) -> None:
    world = scene.world
    case = world.decided()
    world.take(case, "decision_served", 4, {"method": "direct", "receipt": "signed"})
    for route, outcome in (("reconsideration", "upheld"), ("litigation", "revoked")):
        world.take(case, "challenge_started", 2, {"route": route}, organ="区法院")
        world.take(case, "challenge_ended", 1, {"route": route, "outcome": outcome})
    for _ in range(2):  # looking twice changes nothing
        raise_lead_when_lost(case.matter_id, frozenset({"challenge_ended"}))
    lead = Lead.objects.unscoped("测试").get(about=case.matter_id)
    assert (lead.source, lead.concerned_id) == (Source.JUDICIAL, STREET)
    assert lead.facts.startswith(f"“{case.title}”（{case.number}）经")
    assert lead.received_on == clock.today() - timedelta(days=1)
