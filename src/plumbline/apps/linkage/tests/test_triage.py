"""Letters of the procuratorate become leads once; a clue of the supervisors reaches the commission by one road; sealed papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from plumbline.apps.cases.tests.world import STREET, ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.models import Linkage, LinkageReading, Stage
from plumbline.apps.linkage.tests.links import COMMISSION, Links
from plumbline.apps.paperwork.models import Document
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import Lead, LeadState, Source
from plumbline.apps.supervision.models import Instrument, InstrumentState
from plumbline.apps.supervision.taking_in import tell_source
from plumbline.platform import clock
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import Notice

TAKEN = {"number": "新检建〔2026〕3号", "content": "王某某反映的监管问题，依法履行监管职责。"}


def leads() -> list[Lead]:
    return list(Lead.objects.unscoped("测试").filter(source=Source.PROCURATORIAL).order_by("pk"))


def test_a_suggestion_signed_for_is_one_lead_and_its_answer_is_laid_ready(links: Links) -> None:
    linkage = links.suggestion(days_ago=5)
    assert leads() == []  # sent, not yet received
    taken = links.take(
        linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=4, **TAKEN
    )
    (lead,) = leads()
    assert (lead.source_ref, lead.source_url, lead.concerned_id) == (linkage.code, linkage.page, STREET)
    # Names that stand in the letter stay there.
    assert "王某某" not in lead.facts + lead.title and "新检建〔2026〕3号" in lead.title
    # Signed for again after a slip of the pen: still one lead.
    actions.void_entry(
        actor=links.actor(links.clerk), linkage=links.fresh(linkage), event_id=taken.event_id, reason="录错"
    )
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=4, **TAKEN)
    assert [each.pk for each in leads()] == [lead.pk]
    lead.substantiated = True
    assert tell_source(links.actor(links.bureau), lead, "已核查属实，正在整改。")
    fresh = links.fresh(linkage)
    assert fresh.lead_answer == "已核查属实，正在整改。"
    told = Notice.objects.get(title__startswith="监督线索已有结果")
    assert (told.agency_code, told.capability) == (STREET, "supervision.reply")
    assert fresh.due_on is not None and str(fresh.due_on) in told.title
    site = links.client(links.clerk)
    assert "已核查属实，正在整改。" in site.get(f"{linkage.page}/steps/replied").content.decode()
    assert "监督线索的结果" not in links.client(links.prosecutor).get(linkage.page).content.decode()


def voided(
    links: Links, linkage: Linkage, event_id: str, by: Any = None, why: str = "收件机关登记错了"
) -> None:
    actions.void_entry(
        actor=links.actor(by or links.clerk), linkage=links.fresh(linkage), event_id=event_id, reason=why
    )


def said(lead: Lead) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=lead.matter_id)
    return list(rows.order_by("seq").values_list("activity", flat=True))


def test_a_letter_voided_closes_the_lead_nobody_works_on_and_comes_back_with_it(links: Links) -> None:
    linkage = links.suggestion(days_ago=5)
    kind = {"suggestion_kind": "correction"}
    taken = links.take(linkage, "received", links.clerk, kind, days_ago=4, **TAKEN)
    voided(links, linkage, taken.event_id)
    (lead,) = leads()
    assert (lead.state, lead.due_on, lead.is_open) == (LeadState.WITHDRAWN, None, False)
    assert lead.source_void.endswith("作废了检察建议书的签收：收件机关登记错了")
    assert said(lead)[1:] == ["lead_source_voided", "matter_closed"]
    bureau = links.client(links.bureau)
    page = bureau.get(lead.page).content.decode()
    assert "来源已作废" in page and "收件机关登记错了" in page
    assert "已办" not in page  # nobody has judged, verified or answered it
    assert lead.title in bureau.get("/leads?state=over").content.decode()
    assert lead.title not in bureau.get("/leads?state=open").content.decode()
    assert (
        Notice.objects.filter(title__startswith="来源已作废", capability="supervision.supervise").count() == 1
    )
    links.take(linkage, "received", links.clerk, kind, days_ago=3, **TAKEN)
    (again,) = leads()
    assert (again.pk, again.state, again.source_void) == (lead.pk, LeadState.REGISTERED, "")
    assert str(ago(3).date()) in again.facts and again.due_on is not None and again.ended_at is None
    assert said(again)[3:] == ["event_voided", "lead_source_restored"]
    judged = supervising.assess_lead(
        actor=links.actor(links.bureau), lead=again, assessment="属于监督事项。",
        concerned=Agency.objects.get(pk=STREET),
    )  # fmt: skip
    assert judged.state == LeadState.ASSESSED


def test_a_letter_voided_leaves_the_lead_that_is_worked_on_and_tells_its_keeper(links: Links) -> None:
    linkage = links.suggestion(days_ago=5)
    kind = {"suggestion_kind": "correction"}
    taken = links.take(linkage, "received", links.clerk, kind, days_ago=4, **TAKEN)
    (lead,) = leads()
    supervising.assess_lead(
        actor=links.actor(links.bureau), lead=lead, assessment="属于监督事项。",
        concerned=Agency.objects.get(pk=STREET),
    )  # fmt: skip
    voided(links, linkage, taken.event_id)
    (marked,) = leads()
    assert (marked.state, marked.alert_id) == (LeadState.ASSESSED, lead.alert_id) and marked.source_void
    assert said(marked)[-1] == "lead_source_voided"
    told = Notice.objects.get(title__startswith="来源已作废")
    assert told.person_id == links.bureau.pk and told.url == lead.page
    assert "不随来源作废" in links.client(links.bureau).get(lead.page).content.decode()
    links.take(linkage, "received", links.clerk, kind, days_ago=3, **TAKEN)
    (again,) = leads()
    assert (again.state, again.source_void) == (LeadState.ASSESSED, "")
    assert said(again)[-1] == "lead_source_restored"


def test_a_letter_that_the_procuratorate_withdraws_closes_its_lead_and_a_mistake_in_that_brings_it_back(
    links: Links,
) -> None:
    linkage = links.suggestion(days_ago=9)
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=8, **TAKEN)
    first = leads()[0].facts
    links.take(linkage, "objected", links.clerk, days_ago=7, reason="不属于本机关职责。")
    kept = links.take(
        linkage, "objection_decided", links.prosecutor, days_ago=6, result="kept", reason="异议不成立。"
    )
    assert leads()[0].source_void == ""
    voided(links, linkage, kept.event_id, links.prosecutor)
    taken = links.take(
        linkage, "objection_decided", links.prosecutor, days_ago=5, result="withdrawn", reason="异议成立。"
    )
    (lead,) = leads()
    assert lead.state == LeadState.WITHDRAWN and lead.source_void.endswith("复核异议，撤回了检察建议书")
    voided(links, linkage, taken.event_id, links.prosecutor)
    (again,) = leads()
    assert (again.pk, again.state, again.source_void) == (lead.pk, LeadState.REGISTERED, "")
    assert again.facts == first


def test_a_lead_that_others_were_merged_into_is_marked_and_not_closed(links: Links) -> None:
    bureau = links.actor(links.bureau)
    kept, gone = links.suggestion(days_ago=5), links.suggestion(days_ago=5)
    events = [
        links.take(each, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=4, **TAKEN)
        for each in (kept, gone)
    ]
    into, lead = leads()
    supervising.merge_lead(actor=bureau, lead=lead, into=into, reason="同一件事。")
    for linkage, event in zip((kept, gone), events, strict=True):
        voided(links, linkage, event.event_id)
    into, lead = leads()
    assert (into.state, lead.state) == (LeadState.REGISTERED, LeadState.MERGED)
    assert into.source_void and lead.source_void


def test_a_clue_of_the_supervisors_reaches_the_commission_and_comes_back(links: Links) -> None:
    clue = supervising.issue_record(
        actor=links.actor(links.scene.head), kind="clue", to=Agency.objects.get(pk=COMMISSION), title="执法人员线索",
        facts="收受当事人财物。", demands="请依法处理。", level="duty_violation",
        respond_by=clock.today() + timedelta(days=30), on=clock.today() - timedelta(days=1),
    )  # fmt: skip
    for _ in range(2):
        while work_off():
            pass
    row = Linkage.objects.unscoped("测试").get(matter_id=clue.matter_id)
    assert (row.stage, row.organ_id, row.number) == (Stage.SENT, COMMISSION, clue.number)
    assert (
        Notice.objects.filter(agency_code=COMMISSION, capability="linkage.liaise", url=row.page).count() == 1
    )
    assert not Notice.objects.filter(agency_code=COMMISSION, capability="supervision.reply").exists()
    site = links.client(links.commissioner)
    assert row.page in site.get("/linkage/received").content.decode()
    shown = site.get(row.page).content.decode()
    assert "收受当事人财物。" in shown and "对方查阅记录" not in shown
    assert LinkageReading.objects.filter(linkage=row, by_label__contains="区监委").exists()
    for other in (links.police, links.prosecutor, links.officer, links.clerk):
        assert links.client(other).get(row.page).status_code == 404
    links.take(row, "received", links.commissioner, receiver="魏某")
    instrument = Instrument.objects.unscoped("测试").get(pk=clue.pk)
    assert instrument.state == InstrumentState.READ and "区监委" in instrument.read_label
    links.take(row, "fed_back", links.commissioner, result="talked", note="已经谈话提醒。")
    instrument.refresh_from_db(from_queryset=Instrument.objects.unscoped("测试"))
    assert instrument.state == InstrumentState.REPLIED
    assert instrument.replies.get().text == "谈话、函询或者批评教育。已经谈话提醒。"


def test_a_sealed_clue_is_found_by_nobody_it_was_not_sent_to(links: Links) -> None:
    clue = links.clue()
    links.take(clue, "sent", links.head, materials="无")
    links.sign(clue, "JW1")
    links.fresh(clue)
    paper = Document.objects.unscoped("测试").get(matter_id=clue.matter_id)
    address = f"/cases/{paper.matter_id}/documents/{paper.pk}"
    for person in (
        links.bureau,
        links.scene.head,
        links.clerk,
        links.outsider,
        links.police,
        links.prosecutor,
        links.commissioner,
    ):
        site = links.client(person)
        assert not Document.objects.visible_to(links.actor(person)).filter(pk=paper.pk).exists(), person
        for words in (paper.number, paper.number[:4], clue.title):
            found = site.get("/search", {"q": words}).content.decode()
            if person is not links.commissioner:
                assert clue.code not in found and address not in found, (person, words)
        assert site.get(address).status_code in {403, 404}, person
    # The head who signed it finds it; the commission reads it at the matter that was sent to it.
    assert Document.objects.visible_to(links.actor(links.head)).filter(pk=paper.pk).exists()
    assert paper.number in links.client(links.head).get("/search", {"q": paper.number}).content.decode()
    assert "收受当事人财物。" in links.client(links.commissioner).get(clue.page).content.decode()
