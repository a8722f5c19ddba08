"""Letters of the procuratorate, cases that come back, clues to the commission: received, handled, answered, closed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.tests.world import OTHER, STREET, ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.apps.linkage.desk import linkage_tasks
from plumbline.apps.linkage.models import Linkage, Outcome, Stage
from plumbline.apps.linkage.tests.links import Links
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.tests.made import png
from plumbline.platform.notify.models import Notice, notices_for

LETTER = {"number": "新检建〔2026〕3号", "content": "依法履行监管职责。"}


def titles(links: Links, person: object) -> list[str]:
    return [task.title for task in linkage_tasks(links.actor(person))]  # type: ignore[arg-type]


def test_a_suggestion_runs_from_its_receipt_and_is_answered_late(links: Links) -> None:
    linkage = links.suggestion(100)
    assert linkage.stage == Stage.SENT and titles(links, links.clerk) == ["检察建议：收到检察建议书"]
    assert notices_for(links.actor(links.clerk)).filter(title__contains="检察建议").exists()
    with pytest.raises(Refusal, match="由人民检察院办理"):
        links.take(linkage, "assessed", links.clerk, result="accepted")
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=90, **LETTER)
    fresh = links.fresh(linkage)
    assert fresh.number == LETTER["number"] and fresh.late_rules == ["SPPS-19-suggestion-2m"]
    with pytest.raises(Refusal, match="尚未"):
        links.take(linkage, "closed", links.clerk)
    links.take(linkage, "replied", links.clerk, days_ago=5, measures="已整改。", results="清运完毕。")
    reply = links.sign(linkage, "JC1")
    assert "检复" in reply.number
    # Late, but done: nothing is owed any more.
    assert links.fresh(linkage).due_on is None and "检察建议：书面回复" not in titles(links, links.clerk)
    links.take(linkage, "assessed", links.prosecutor, days_ago=3, result="accepted")
    links.take(linkage, "closed", links.clerk)
    fresh = links.fresh(linkage)
    assert (fresh.stage, fresh.outcome) == (Stage.CLOSED, Outcome.REPLIED)
    assert fresh.late_rules == ["SPPS-19-suggestion-2m"]


def test_an_urgent_suggestion_in_the_public_interest_has_fifteen_days(links: Links) -> None:
    linkage = links.suggestion(5, suggestion_kind="public_interest", harm_growing=True)
    given = {"suggestion_kind": "public_interest", "harm_growing": True}
    links.take(linkage, "received", links.clerk, given, days_ago=5, **LETTER)
    duty = links.fresh(linkage).duties[0]
    assert duty["rule"] == "PIL-21-suggestion-2m-15d" and ago(-9).date() <= links.fresh(linkage).due_on
    assert links.fresh(linkage).due_on < ago(-20).date()


def test_an_objection_that_holds_ends_the_duty_to_answer(links: Links) -> None:
    linkage = links.suggestion(20, suggestion_kind="other")
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "other"}, days_ago=19, **LETTER)
    links.take(linkage, "objected", links.clerk, days_ago=18, reason="不属于本机关职责。")
    links.take(
        linkage, "objection_decided", links.prosecutor, days_ago=17, result="withdrawn", reason="异议成立。"
    )
    with pytest.raises(Refusal, match="已经撤回"):
        links.take(linkage, "replied", links.clerk, measures="无", results="无")
    links.take(linkage, "closed", links.clerk)
    assert links.fresh(linkage).outcome == Outcome.WITHDRAWN


def test_the_office_assigns_and_both_go_on_seeing_it(links: Links) -> None:
    linkage = links.suggestion(3)
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=3, **LETTER)
    with pytest.raises(InputFault, match="承办机关"):
        links.take(linkage, "assigned", links.bureau, agency="T-SFJ")
    links.take(linkage, "assigned", links.bureau, agency=OTHER)
    fresh = links.fresh(linkage)
    assert (fresh.agency_id, fresh.addressed_to_id) == (OTHER, STREET)
    with pytest.raises(Refusal):
        links.take(linkage, "replied", links.clerk, measures="无", results="无")
    for person in (links.clerk, links.scene.elsewhere, links.prosecutor):
        assert Linkage.objects.visible_to(links.actor(person)).filter(pk=linkage.pk).exists()
    links.take(linkage, "replied", links.scene.elsewhere, measures="已办。", results="完成。")


def test_a_voided_assignment_gives_it_back_and_both_agencies_hear(links: Links) -> None:
    linkage = links.suggestion(3)
    links.take(linkage, "received", links.clerk, {"suggestion_kind": "correction"}, days_ago=3, **LETTER)
    taken = links.take(linkage, "assigned", links.bureau, agency=OTHER)
    actions.void_entry(
        actor=links.actor(links.bureau),
        linkage=links.fresh(linkage),
        event_id=taken.event_id,
        reason="转错了",
    )
    fresh = links.fresh(linkage)
    assert (fresh.agency_id, fresh.addressed_to_id) == (STREET, None)
    assert OTHER not in fresh.parties
    told = Notice.objects.filter(title__startswith="转交已作废").values_list("agency_code", "url")
    assert set(told) == {(STREET, linkage.page), (OTHER, "")}
    links.take(fresh, "replied", links.clerk, measures="已办。", results="完成。")


def test_the_other_end_hears_of_a_voided_step(links: Links) -> None:
    linkage = links.suggestion(3)
    taken = linkage.entries.get(step="sent").event_id
    actions.void_entry(
        actor=links.actor(links.prosecutor), linkage=linkage, event_id=taken, reason="文号写错"
    )
    assert links.fresh(linkage).stage == Stage.VOID
    assert notices_for(links.actor(links.clerk)).filter(title="检察建议：“发出检察建议书”已作废").exists()
    crime = links.sent()
    sent = crime.entries.get(step="sent").event_id
    actions.void_entry(actor=links.actor(links.officer), linkage=crime, event_id=sent, reason="送错")
    for person in (links.police, links.prosecutor):
        notice = notices_for(links.actor(person)).get(title__endswith="已作废")
        assert notice.url == ""  # it is closed to them again


@pytest.mark.parametrize(
    "typed", [{"number": "新检建〔2026〕4号"}, {"reply_by": "2030-01-01"}, {"suggestion_kind": "other"}]
)
def test_a_receipt_does_not_change_what_the_letter_says(links: Links, typed: dict[str, str]) -> None:
    wanted = ago(-20).date().isoformat()
    linkage = links.suggestion(3, reply_by=wanted)
    data = {"suggestion_kind": "correction", "reply_by": wanted}
    details = dict(LETTER)
    for name, value in typed.items():
        (data if name in data else details)[name] = value
    with pytest.raises(InputFault, match="与对方发来的文书不一致"):
        links.take(linkage, "received", links.clerk, data, **details)
    links.take(
        linkage, "received", links.clerk, {"suggestion_kind": "correction", "reply_by": wanted}, **LETTER
    )


def test_an_opinion_and_a_case_sent_back_end_with_the_outcome_told(links: Links) -> None:
    opinion = links.begin("opinion", links.prosecutor, days_ago=9, **LETTER, party="江某")
    with pytest.raises(Refusal):
        links.begin("opinion", links.police, **LETTER)
    links.take(opinion, "received", links.clerk, days_ago=8, **LETTER, party="江某")
    assert links.fresh(opinion).duties[0]["rule"] == ""  # “及时”: no day is reckoned for it
    links.take(
        opinion, "told", links.clerk, days_ago=2, handled="penalty", case_number="1号", results="罚款。"
    )
    links.take(opinion, "closed", links.clerk)
    back = links.begin("reverse", links.police, days_ago=4, **LETTER, materials="案卷一册")
    links.take(back, "received", links.clerk, days_ago=3, receiver="方敏", **LETTER)
    links.take(back, "told", links.clerk, handled="filed", results="已立案。")
    assert "衔告" in links.sign(back, "JC2").number
    links.take(back, "closed", links.clerk)
    assert {links.fresh(each).stage for each in (opinion, back)} == {Stage.CLOSED}


def test_a_clue_is_known_to_few_sent_by_the_head_and_leads_to_a_joint_investigation(links: Links) -> None:
    clue = links.clue()
    assert clue.matter_id == clue.code and clue.kind == "crime_transfer"
    assert "misconduct_suspected" not in links.activities(links.suspected())
    with pytest.raises(Refusal, match="由机关负责人办理"):
        links.take(clue, "sent", links.officer, materials="无")
    links.take(clue, "sent", links.head, materials="照片")
    assert "某局张某" in links.sign(clue, "JW1").html
    links.take(clue, "received", links.commissioner, receiver="韦某")
    links.take(clue, "joint_proposed", links.commissioner, plan="联合核查。", from_on=str(ago(0).date()))
    links.take(clue, "joint_joined", links.head, people="周晓岚")
    links.take(clue, "joint_ended", links.commissioner, results="属实。")
    links.take(clue, "fed_back", links.commissioner, result="investigated")
    links.take(clue, "closed", links.head)
    fresh = links.fresh(clue)
    assert (fresh.stage, fresh.outcome, fresh.late_rules) == (Stage.CLOSED, Outcome.FED_BACK, [])
    told = notices_for(links.actor(links.commissioner))
    assert told.exists() and not any("张某" in each.title + each.body for each in told)


def test_a_flash_report_is_sent_continued_and_closed(links: Links) -> None:
    flash = links.begin("flash", links.officer, category="resistance", content="当事人阻挠执法。")
    links.take(flash, "continued", links.officer, content="已经控制。")
    with pytest.raises(Refusal):
        links.take(flash, "closed", links.officer)
    links.take(flash, "received", links.commissioner, receiver="韦某")
    links.take(flash, "closed", links.officer)
    assert links.fresh(flash).outcome == Outcome.TAKEN


def test_files_are_of_the_side_that_put_them_in_and_what_was_sent_stays(links: Links) -> None:
    linkage = links.reported(4)
    officer = links.actor(links.officer)
    given = {"actor": officer, "linkage": linkage, "title": "检验报告"}
    with pytest.raises(InputFault):
        actions.add_paper(**given, upload=None)
    paper = actions.add_paper(**given, upload=SimpleUploadedFile("a.png", png()))
    other = actions.add_paper(**given | {"title": "重复"}, upload=SimpleUploadedFile("b.png", png()))
    with pytest.raises(Refusal):
        actions.withdraw_paper(actor=links.actor(links.outsider), linkage=linkage, paper=other, reason="x")
    actions.withdraw_paper(actor=officer, linkage=linkage, paper=other, reason="重复")
    links.take(linkage, "approved", links.head, {"result": "approved"}, days_ago=3)
    links.sign(linkage, "XJ2")
    links.sign(linkage, "XJ1")
    links.take(linkage, "sent", links.officer, days_ago=3, items="无", appraisals="无")
    fresh = links.fresh(linkage)
    assert [item["title"] for item in fresh.package if item["kind"] == "file"] == ["检验报告"]
    with pytest.raises(Refusal, match="已经随案移送"):
        actions.withdraw_paper(actor=officer, linkage=fresh, paper=paper, reason="错")
    assert "随案移送的材料" in links.client(links.officer).get(linkage.page).content.decode()
    sent = linkage.entries.get(step="sent").event_id
    actions.void_entry(actor=officer, linkage=fresh, event_id=sent, reason="送错")
    fresh = links.fresh(linkage)
    assert "随案移送的材料" not in links.client(links.officer).get(linkage.page).content.decode()
    actions.withdraw_paper(actor=officer, linkage=fresh, paper=paper, reason="错")


def test_a_way_is_open_to_its_side_only(links: Links) -> None:
    for way, by in (("crime", links.clerk), ("clue", links.prosecutor), ("suggestion", links.officer)):
        with pytest.raises(Refusal):
            actions.begin_linkage(
                actor=links.actor(by), way=way, particulars=Particulars(title="x", agency=STREET)
            )
    with pytest.raises(InputFault, match="收文的行政机关"):
        actions.begin_linkage(
            actor=links.actor(links.prosecutor), way="suggestion", particulars=Particulars(title="x"),
            details={**LETTER, "suggestion_kind": "other"},
        )  # fmt: skip
