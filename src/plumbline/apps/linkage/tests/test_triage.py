"""Letters of the procuratorate become leads once; a clue of the supervisors reaches the commission by one road; sealed papers."""

from __future__ import annotations

from datetime import timedelta

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.linkage.models import Linkage, LinkageReading, Stage
from plumbline.apps.linkage.tests.links import COMMISSION, Links
from plumbline.apps.paperwork.models import Document
from plumbline.apps.supervision import actions as supervising
from plumbline.apps.supervision.contract import Lead, Source
from plumbline.apps.supervision.models import Instrument, InstrumentState
from plumbline.apps.supervision.taking_in import tell_source
from plumbline.platform import clock
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
    from plumbline.apps.linkage import actions

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
