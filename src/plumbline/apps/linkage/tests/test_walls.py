"""Who sees what: each body only what was sent or opened to it, in the policy, in the query and in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.linkage import actions
from plumbline.apps.linkage.models import Inquiry, Linkage, LinkageReading
from plumbline.apps.linkage.policies import may_see_linkage
from plumbline.apps.linkage.tests.links import POLICE, PROCURATORATE, Links
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import AccessRecord
from plumbline.platform.scope.rows import set_database_scope
from tests.identity.test_walls import app_role


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_everybody_sees_only_what_is_theirs(links: Links) -> None:
    draft, suggestion, clue = links.suspected(), links.suggestion(), links.clue()
    wanted = {
        links.officer: {draft, suggestion, clue},
        links.head: {draft, suggestion, clue},
        links.clerk: {draft, suggestion},
        links.bureau: {draft, suggestion},
        links.outsider: set(),
        links.police: set(),
        links.prosecutor: {suggestion},
        links.commissioner: set(),
    }
    for person, rows in wanted.items():
        actor = links.actor(person)
        seen = {row.pk for row in Linkage.objects.visible_to(actor)}
        assert seen == {row.pk for row in rows}, person
        for row in Linkage.objects.unscoped("测试"):
            assert bool(may_see_linkage(actor, row)) == (row.pk in seen), (person, row)
    links.take(clue, "sent", links.head, materials="无")
    assert [row.pk for row in Linkage.objects.visible_to(links.actor(links.commissioner))] == [clue.pk]


def test_the_database_keeps_the_walls_and_a_liaison_works_behind_them(links: Links) -> None:
    linkage = links.sent(1)
    links.suggestion()
    with app_role():
        for scope, number in ((POLICE, 1), (PROCURATORATE, 2), ("T-OTHER", 0)):
            set_database_scope(frozenset({scope}))
            assert Linkage.objects.unscoped("测试行级安全").count() == number
        client = links.client(links.police)
        page = text(client.get(linkage.page))
        assert "签收回执" in page and "渣土车" in page and "已查明。" not in page
        letter = linkage.package[0]["id"]
        assert client.get(f"{linkage.page}/sent/{letter}").content.startswith(b"%PDF")
        done = client.post(
            f"{linkage.page}/steps/receipt",
            {"own_jurisdiction": "true", "x__receiver": "王警官", "occurred_on": clock.today().isoformat()},
            follow=True,
        )
        assert "已登记“签收回执”" in text(done)
        assert links.client(links.commissioner).get(linkage.page).status_code == 404
        assert client.get(f"/cases/{links.case.matter_id}").status_code == 404


def test_each_reading_is_logged_for_sender_and_bureau_and_not_for_the_reader(links: Links) -> None:
    linkage = links.sent(1)
    client = links.client(links.prosecutor)
    assert "对方查阅记录" not in text(client.get(linkage.page))
    client.get(f"{linkage.page}/sent/{linkage.package[0]['id']}")
    read = LinkageReading.objects.filter(linkage=linkage)
    assert [each.what[:4] for each in read] == ["随案文书", "事项"]
    assert AccessRecord.objects.filter(action="linkage.read").count() == 2
    for person in (links.officer, links.bureau):
        page = text(links.client(person).get(linkage.page))
        assert "区检察院联络员" in page and "2 次" in page
    assert read.count() == 2


def test_a_case_is_opened_by_decision_within_scope_and_term(links: Links) -> None:
    inquiry = links.inquiry(scope="list")
    client, case_page = links.client(links.prosecutor), f"{inquiry.page}/case"
    with pytest.raises(Refusal):
        links_other = links.actor(links.officer)
        actions.ask_inquiry(
            actor=links_other, wanted="1", reason="1", basis="1", scope="list", until=clock.today()
        )
    assert client.get(case_page).status_code == 302
    decide = {"actor": links.actor(links.head), "inquiry": inquiry}
    with pytest.raises(InputFault, match="不能超过申请的范围"):
        actions.decide_inquiry(**decide, grant=True, scope="papers")
    with pytest.raises(InputFault, match="写明理由"):
        actions.decide_inquiry(**decide, grant=False)
    with pytest.raises(Refusal):
        actions.decide_inquiry(actor=links.actor(links.outsider), inquiry=inquiry, grant=True)
    until = clock.today() + timedelta(days=5)
    actions.decide_inquiry(**decide, grant=True, scope="list", until=until)
    with app_role():
        page = text(links.client(links.prosecutor).get(case_page))
    set_database_scope(None)
    assert "立案" in page and links.case.title in page and "386" not in page
    assert not Inquiry.objects.visible_to(links.actor(links.police)).exists()
    assert links.client(links.police).get(case_page).status_code == 404
    assert LinkageReading.objects.filter(inquiry=inquiry).count() == 1
    with pytest.raises(InputFault):
        actions.end_inquiry(actor=links.actor(links.bureau), inquiry=inquiry, reason="")
    with pytest.raises(Refusal):
        actions.end_inquiry(actor=links.actor(links.prosecutor), inquiry=inquiry, reason="x")
    actions.end_inquiry(actor=links.actor(links.bureau), inquiry=inquiry, reason="已经查明")
    assert client.get(case_page).status_code == 302
    Inquiry.objects.unscoped("测试").filter(pk=inquiry.pk).update(
        state="granted", until=clock.today() - timedelta(days=1)
    )
    assert client.get(case_page).status_code == 302


def test_an_unknown_number_is_not_told_apart_and_cannot_be_granted(links: Links) -> None:
    inquiry = links.inquiry("没有这个案号")
    assert "没有案号" not in text(links.client(links.prosecutor).get(inquiry.page))
    with pytest.raises(Refusal, match="没有案号"):
        actions.decide_inquiry(actor=links.actor(links.bureau), inquiry=inquiry, grant=True)
    with pytest.raises(Refusal):
        actions.withdraw_inquiry(actor=links.actor(links.officer), inquiry=inquiry)
    actions.withdraw_inquiry(actor=links.actor(links.prosecutor), inquiry=inquiry)
    assert Inquiry.objects.visible_to(links.actor(links.bureau)).get().state == "withdrawn"
    with pytest.raises(InputFault, match="最长 90 日"):
        links.inquiry(days=200)


def test_before_the_decision_the_list_does_not_say_whether_there_is_such_a_case(links: Links) -> None:
    there, nowhere = links.inquiry(), links.inquiry("没有这个案号")
    client = links.client(links.prosecutor)
    rows = text(client.get("/linkage/inquiries"))
    assert rows.count("决定后显示") == 2 and there.agency.short_name not in rows
    actions.decide_inquiry(actor=links.actor(links.head), inquiry=there, grant=True)
    assert rows.count("决定后显示") - text(client.get("/linkage/inquiries")).count("决定后显示") == 1
    assert nowhere.wanted in text(links.client(links.bureau).get("/linkage/inquiries"))


def test_the_list_of_requests_is_paged(links: Links) -> None:
    made = [links.inquiry(f"案号{number:02}") for number in range(32)]
    client = links.client(links.prosecutor)
    first = text(client.get("/linkage/inquiries"))
    assert made[2].wanted in first and made[1].wanted not in first and "32 件" in first
    second = text(client.get(f"/linkage/inquiries?after={made[2].pk}"))
    assert made[1].wanted in second and made[2].wanted not in second and "下一页" not in second
    assert made[31].wanted in text(client.get("/linkage/inquiries?after=²"))


def test_opening_the_form_of_a_step_is_a_reading_too(links: Links) -> None:
    linkage = links.sent()
    links.client(links.police).get(f"{linkage.page}/steps/receipt")
    assert [each.what for each in linkage.readings.all()] == ["步骤：签收回执"]
    links.client(links.officer).get(f"{linkage.page}/steps/receipt")
    assert linkage.readings.count() == 1
