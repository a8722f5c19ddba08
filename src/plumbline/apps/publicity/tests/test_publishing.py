"""From due to published to withdrawn: the clocks, the second person, and what never gets out."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import STREET, ago
from plumbline.apps.paperwork.models import Document
from plumbline.apps.publicity import generating, preparing
from plumbline.apps.publicity.actions import hide, publish, withdraw, withhold
from plumbline.apps.publicity.models import Publication, PublicationState
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import system_actor

from .scene import Scene, logged, stated

pytestmark = pytest.mark.django_db


def test_the_clock_counts_seven_working_days_from_the_day_after(scene: Scene) -> None:
    row = scene.due()
    assert (row.decided_on, row.due_on) == (date(2026, 11, 19), date(2026, 11, 30))
    assert row.state == PublicationState.DUE


def test_a_changed_decision_is_to_be_withdrawn_within_three_working_days(scene: Scene) -> None:
    row = publish(actor=scene.actor(scene.first), publication=scene.due(), on=date(2026, 11, 20))
    link = f"/open/decisions/{row.public_id}"
    assert link in Client().get("/open/decisions").content.decode()
    assert link in Client().get("/open/sitemaps/decisions-0.xml").content.decode()
    record(
        actor=system_actor("测试"), matter=row.matter_id, kind="penalty", activity="challenge_ended", agency=STREET,
        data={"route": "reconsideration", "outcome": "changed"}, occurred_at=ago(1),
    )  # fmt: skip
    row = scene.follow(row.matter_id)
    assert (row.state, row.withdraw_due_on) == (PublicationState.PUBLISHED, date(2026, 11, 26))
    withdraw(actor=scene.actor(scene.first), publication=row, reason="行政复议变更了处罚决定")
    page = Client().get(link)
    said = page.content.decode()
    assert page.status_code == 410 and "已撤回" in said and "行政复议变更了处罚决定" in said
    assert row.violation not in said and row.facts not in said
    for address in (
        "/open/decisions",
        "/open/sitemaps/decisions-0.xml",
        "/open/decisions?q=建筑垃圾",
        "/open/",
    ):
        assert link not in Client().get(address).content.decode(), address


def test_the_reason_of_a_withdrawal_holds_nothing_personal(scene: Scene) -> None:
    row = publish(actor=scene.actor(scene.first), publication=scene.due())
    with pytest.raises(InputFault, match="电话号码"):
        withdraw(actor=scene.actor(scene.first), publication=row, reason="当事人来电 13800138000 反映有误")
    row.refresh_from_db()
    assert row.state == PublicationState.PUBLISHED


def _doubtful(row: Publication) -> Publication:
    Publication.objects.filter(pk=row.pk).update(
        doubtful=True, doubts=["周志鹏"], facts="驾驶员周 志鹏驶离。", violation="倾倒"
    )
    row.refresh_from_db()
    return row


def test_the_second_person_is_another_one_also_by_direct_post(scene: Scene) -> None:
    row = _doubtful(scene.due())
    scene.post(scene.first, row, do="publish")
    row.refresh_from_db()
    assert row.state == PublicationState.AWAITING_SECOND
    assert "第二人复核" in scene.post(scene.first, row, do="publish")
    row.refresh_from_db()
    assert row.state == PublicationState.AWAITING_SECOND
    stale = Publication.objects.get(pk=row.pk)
    stale.state, stale.prepared_by_id = (
        PublicationState.DUE,
        None,
    )  # a page opened before the first person's click
    with pytest.raises(Refusal, match="第二人复核"):
        publish(actor=scene.actor(scene.first), publication=stale)
    assert "已公示" in scene.post(scene.second, row, do="publish")
    row.refresh_from_db()
    assert row.state == PublicationState.PUBLISHED


def test_what_is_found_by_a_person_is_hidden_for_good(scene: Scene) -> None:
    row = _doubtful(scene.due())
    with pytest.raises(Refusal):
        hide(actor=scene.actor(scene.elsewhere), publication=row, words="周志鹏")
    with pytest.raises(InputFault, match="没有这段"):
        hide(actor=scene.actor(scene.first), publication=row, words="王小二")
    before = len(row.masks)
    assert "已遮盖" in scene.post(scene.second, row, do="hide", words="周志鹏")
    row.refresh_from_db()
    assert row.facts == "驾驶员【经复核遮盖】驶离。" and len(row.masks) == before + 1 and row.doubts == []
    assert row.doubtful  # hiding does not spare the second person
    assert logged(row)[-1] == "publication_masked"
    kept = StoredEvent.objects.unscoped("测试").filter(matter_id=row.matter_id).last()
    assert kept is not None and "周志鹏" not in str(kept.data)


def test_once_published_a_text_only_loses_words(scene: Scene) -> None:
    row = publish(actor=scene.actor(scene.first), publication=scene.due())
    before, shown = row.sha256, (row.facts, row.violation, row.party_name)
    Case.objects.unscoped("测试").filter(matter_id=row.matter_id).update(title="改过的案由", summary="改过")
    row = scene.follow(row.matter_id)
    assert (row.facts, row.violation, row.party_name) == shown and row.sha256 == before
    hide(actor=scene.actor(scene.first), publication=row, words="建筑垃圾")
    assert row.sha256 != before and "建筑垃圾" not in row.facts + row.violation
    page = Client().get(f"/open/decisions/{row.public_id}").content.decode()
    assert "擅自处置建筑垃圾" not in page and row.sha256 in page


def test_a_minors_decision_stays_inside_whoever_asks(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = scene.world.decided()
    stated(monkeypatch, "party", {"kind": "natural_person", "age_at_act": 17})
    row = scene.follow(decided.matter_id)
    assert row.state == PublicationState.WITHHELD and "未成年人" in row.reason and row.facts == ""
    scene.post(scene.first, row, do="publish")
    # Even if a row had been made before the age was known.
    Publication.objects.filter(pk=row.pk).update(state=PublicationState.DUE, reason="")
    assert "未成年人" in scene.post(scene.first, row, do="publish")
    assert Client().get(f"/open/decisions/{row.public_id}").status_code == 404
    assert "decision_published" not in logged(row)


@pytest.mark.parametrize(("domain", "facts", "why"), [
    ("public_security", "打架。", "治安管理"), ("market", "其配方涉及商业秘密。", "秘密"), ("market", "资料为机密级。", "秘密"),
])  # fmt: skip
def test_sealed_and_secret_matters_stay_inside_too(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, domain: str, facts: str, why: str
) -> None:
    row = scene.due()
    stated(monkeypatch, "domain", domain)
    monkeypatch.setattr(generating, "public_facts", lambda matter: {"title": "案", "facts": facts})
    with pytest.raises(Refusal, match=why):
        publish(actor=scene.actor(scene.first), publication=row)
    assert Client().get(f"/open/decisions/{row.public_id}").status_code == 404


def test_that_there_is_no_secret_is_no_secret() -> None:
    from plumbline.apps.publicity.redaction import tells_a_secret

    assert not tells_a_secret("本案不涉及国家秘密、商业秘密。")


def test_what_is_withheld_stays_withheld(scene: Scene) -> None:
    row = withhold(
        actor=scene.actor(scene.first), publication=scene.due(), reason="公开会危及社会稳定，依条例第十四条"
    )
    with pytest.raises(Refusal):
        publish(actor=scene.actor(scene.second), publication=row)
    assert Client().get(f"/open/decisions/{row.public_id}").status_code == 404


def test_a_sender_who_published_elsewhere_does_not_put_our_doubtful_text_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        generating, "public_facts", lambda matter: {"title": "案", "facts": "驾驶员周志鹏驶离。", "party_name": "甲公司有限"}
    )  # fmt: skip
    row = scene.due()
    assert row.doubtful
    record(
        actor=system_actor("测试"), matter=row.matter_id, kind="penalty", activity="decision_published", agency=STREET,
        data={"of": row.decision_event, "channel": "government_site", "contains": []}, occurred_at=ago(1),
    )  # fmt: skip
    row = scene.follow(row.matter_id)
    assert row.state == PublicationState.PUBLISHED
    page = Client().get(f"/open/decisions/{row.public_id}").content.decode()
    assert "周志鹏" not in page and "尚未经第二人复核" in page


def test_the_number_is_that_of_the_signed_paper(scene: Scene) -> None:
    row = scene.due()
    assert row.number == Case.objects.unscoped("测试").get(matter_id=row.matter_id).number
    Document.objects.create(
        matter_id=row.matter_id,
        agency_id=STREET,
        template="D32",
        template_version="1",
        title="行政处罚决定书",
        event_id=row.decision_event,
        state="signed",
        number="新阳街综执罚决〔2026〕7号",
        html="文",
        sha256="0" * 64,
    )
    preparing.follow(row.matter_id, frozenset({"document_signed"}))
    row.refresh_from_db()
    assert row.number == "新阳街综执罚决〔2026〕7号" and "罚决" in row.searched
