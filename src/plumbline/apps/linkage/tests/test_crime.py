"""A suspected crime: every clock, every refusal, the way through the procuratorate and back."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.desk import linkage_tasks
from plumbline.apps.linkage.models import Linkage, Outcome, Stage
from plumbline.apps.linkage.tests.links import Links
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.notify.models import notices_for


def titles(links: Links, person: object) -> list[str]:
    return [task.title for task in linkage_tasks(links.actor(person))]  # type: ignore[arg-type]


def test_refused_reconsidered_supervised_filed_and_handed_over(links: Links) -> None:
    linkage = links.refused()
    assert linkage.outcome == Outcome.REFUSED
    links.take(linkage, "reconsideration", links.officer, days_ago=7, reason="数额已经达到。")
    links.sign(linkage, "XJ3")
    fresh = links.fresh(linkage)
    assert (fresh.stage, fresh.duties[0]["rule"]) == (Stage.CONTESTED, "TSC-9-reconsider-answer-3d")
    assert titles(links, links.police)[0] == "涉嫌犯罪移送：复议决定"
    links.take(
        linkage,
        "reconsidered",
        links.police,
        {"filed": False},
        days_ago=5,
        received_on=str(ago(5).date()),
        reason="维持。",
    )
    links.take(linkage, "suggested", links.officer, days_ago=4, reason="应当立案。")
    links.sign(linkage, "XJ4")
    links.take(linkage, "inquiry", links.prosecutor, days_ago=3, content="为何不立案。")
    assert "涉嫌犯罪移送：说明不立案理由" in titles(links, links.police)
    with pytest.raises(Refusal, match="还没有说明"):
        links.take(linkage, "supervised", links.prosecutor, result="order_filing", reason="理由不成立。")
    links.take(linkage, "explained", links.police, days_ago=2, content="数额有争议。")
    links.take(
        linkage, "supervised", links.prosecutor, days_ago=2, result="order_filing", reason="理由不成立。"
    )
    assert titles(links, links.police) == ["涉嫌犯罪移送：立案"]
    links.take(
        linkage,
        "filed",
        links.police,
        {"notice_received_on": str(ago(1).date())},
        days_ago=1,
        number="立字1号",
    )
    fresh = links.fresh(linkage)
    assert fresh.outcome == Outcome.FILED and titles(links, links.officer) == [
        "涉嫌犯罪移送：移交涉案物品和材料"
    ]
    with pytest.raises(Refusal, match="还没有移交"):
        links.take(linkage, "concluded", links.officer, how="handed_over")
    links.take(linkage, "handover", links.officer, items="渣土车", receiver="王警官")
    links.take(linkage, "concluded", links.officer, how="handed_over")
    fresh = links.fresh(linkage)
    assert (fresh.stage, fresh.refused, fresh.reconsidered, fresh.supervised) == (
        Stage.CLOSED,
        True,
        True,
        True,
    )
    # The case goes on: the end of the transfer does not close it.
    assert "case_closed" not in links.activities(linkage)


def test_the_head_decides_the_letter_is_signed_and_only_then_it_is_sent(links: Links) -> None:
    linkage = links.reported()
    assert titles(links, links.head)[0] == "涉嫌犯罪移送：决定是否移送"
    assert links.fresh(linkage).duties[0]["rule"] == "TSC-5-approve-3d"
    assert notices_for(links.actor(links.head)).filter(title__contains="等待决定").exists()
    with pytest.raises(Refusal, match="正在等待负责人决定"):
        links.take(
            linkage, "report", links.officer, officers=["HB001", "HB002"], report="再报。", opinion="同前。"
        )
    with pytest.raises(Refusal, match="由机关负责人办理"):
        links.take(linkage, "approved", links.officer, {"result": "approved"})
    with pytest.raises(InputFault, match="理由"):
        links.take(linkage, "approved", links.head, {"result": "refused"})
    links.take(linkage, "approved", links.head, {"result": "refused"}, days_ago=10, reason="证据不足。")
    with pytest.raises(Refusal, match="没有批准移送"):
        links.take(linkage, "sent", links.officer, items="无", appraisals="无")
    links.take(
        linkage,
        "report",
        links.officer,
        days_ago=9,
        officers=["HB001", "HB002"],
        report="补充。",
        opinion="应当移送。",
    )
    links.take(linkage, "approved", links.head, {"result": "approved"}, days_ago=8)
    with pytest.raises(Refusal, match="移送书还没有签发"):
        links.take(linkage, "sent", links.officer, items="无", appraisals="无")
    with pytest.raises(Refusal, match="不签发"):
        links.sign(linkage, "XJ1", links.officer)
    letter = links.sign(linkage, "XJ1")
    with pytest.raises(Refusal, match="调查报告还没有签发"):
        links.take(linkage, "sent", links.officer, items="无", appraisals="无")
    links.sign(linkage, "XJ2")
    assert "移刑" in letter.number and "抄送：区检察院" in letter.html
    links.take(linkage, "sent", links.officer, days_ago=0, items="渣土车，1 辆", appraisals="无")
    fresh = links.fresh(linkage)
    assert fresh.late_rules == ["TSC-5-send-24h"] and len(fresh.package_hash) == 64
    assert {item["title"] for item in fresh.package[:2]} == {
        "涉嫌犯罪案件移送书",
        "涉嫌犯罪案件情况的调查报告",
    }
    receipt = links.take(linkage, "receipt", links.police, {"own_jurisdiction": True}, receiver="王警官")
    entry = linkage.entries.get(event_id=receipt.event_id)
    assert entry.details["package"] == fresh.package_hash


def test_a_penalty_does_not_take_the_place_of_the_transfer(links: Links) -> None:
    linkage = links.suspected()
    assert linkage.matter_id == links.case.matter_id and linkage.kind == "penalty"
    with pytest.raises(Refusal, match="已有一件没有办结"):
        links.suspected()
    links.take(
        linkage,
        "suspected",
        links.officer,
        {"meets_standard": True},
        crime="诈骗罪",
        threshold="标准",
        facts="事实",
    )
    assert links.activities(linkage).count("crime_suspected") == 2


def test_elsewhere_means_forwarding_within_a_day(links: Links) -> None:
    linkage = links.sent(3)
    links.take(linkage, "receipt", links.police, {"own_jurisdiction": False}, days_ago=3, receiver="王警官")
    with pytest.raises(Refusal, match="应当先转送"):
        links.take(linkage, "filed", links.police, {"notice_received_on": str(ago(1).date())})
    assert titles(links, links.police) == ["涉嫌犯罪移送：转送有管辖权的机关"]
    links.take(linkage, "forwarded", links.police, {"agency_told": True}, to="市公安局")
    fresh = links.fresh(linkage)
    assert fresh.late_rules == ["TSC-7-forward-24h"] and fresh.outcome == Outcome.FORWARDED


def test_reconsidered_in_favour_files_and_starts_the_handover(links: Links) -> None:
    linkage = links.refused()
    links.take(linkage, "reconsideration", links.officer, days_ago=7, reason="达到。")
    given = {"received_on": str(ago(5).date()), "reason": "应当立案。"}
    taken = links.take(linkage, "reconsidered", links.police, {"filed": True}, days_ago=5, **given)
    fresh = links.fresh(linkage)
    assert fresh.outcome == Outcome.FILED and fresh.duties[0]["rule"] == "TSC-12-handover-3d"
    actor = links.actor(links.police)
    with pytest.raises(InputFault):
        actions.void_entry(actor=actor, linkage=fresh, event_id=taken.event_id, reason="")
    with pytest.raises(Refusal):
        actions.void_entry(
            actor=links.actor(links.officer), linkage=fresh, event_id=taken.event_id, reason="错"
        )
    actions.void_entry(actor=actor, linkage=fresh, event_id=taken.event_id, reason="录错")
    assert links.fresh(linkage).outcome == Outcome.REFUSED
    assert (
        StoredEvent.objects.unscoped("测试")
        .filter(matter_id=linkage.matter_id, activity="event_voided")
        .count()
        == 2
    )


def test_a_voided_sending_is_closed_to_the_other_end_again(links: Links) -> None:
    linkage = links.sent()
    assert Linkage.objects.visible_to(links.actor(links.prosecutor)).filter(pk=linkage.pk).exists()
    event = linkage.entries.get(step="sent").event_id
    actions.void_entry(actor=links.actor(links.officer), linkage=linkage, event_id=event, reason="送错")
    for person in (links.police, links.prosecutor):
        assert not Linkage.objects.visible_to(links.actor(person)).exists()
    assert Case.objects.unscoped("测试").get(pk=links.case.pk).stage
