"""Reconsideration on both sides: the clocks, the answer, the hearing, the decision, and what it does to the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from plumbline.apps.cases.contract import record_for_publicity
from plumbline.apps.challenges import actions
from plumbline.apps.challenges.models import Challenge, Stage
from plumbline.apps.challenges.tests.dispute import Dispute, day
from plumbline.apps.publicity.models import Publication
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import ANONYMOUS, system_actor
from plumbline.platform.notify.models import Notice
from plumbline.platform.verdicts.models import StoredVerdict

FILING = {"procedure": "ordinary"}


def verdict(challenge: Challenge, rule: str) -> StoredVerdict:
    return StoredVerdict.objects.unscoped("测试").get(matter_id=challenge.matter_id, rule=rule)


def published(dispute: Dispute) -> Publication:
    """The decision of the case stands on the government's site."""
    while work_off():
        pass
    publication = Publication.objects.get(matter_id=dispute.case.matter_id, channel="government_site")
    record_for_publicity(
        actor=system_actor("测试"),
        matter_id=dispute.case.matter_id,
        agency=dispute.case.agency_id,
        activity="decision_published",
        data={"of": publication.decision_event, "channel": "government_site", "contains": []},
        on=day(3),
    )
    return publication


def accepted(dispute: Dispute) -> Challenge:
    """Heard by the district's office, taken in, the copy received by the street."""
    challenge = dispute.register("application", days_ago=3)
    dispute.take(challenge, "accepted", FILING, days_ago=2, by=dispute.office, number="新政复〔2026〕1号")
    dispute.take(challenge, "copy_received", FILING, days_ago=2)
    return challenge


def decided(dispute: Dispute, outcome: str = "revoked", *, redo: bool = True) -> Challenge:
    challenge = accepted(dispute)
    dispute.answer(challenge)
    dispute.take(
        challenge, "decision_made", {"outcome": outcome}, days_ago=0.5, by=dispute.office,
        orders_redo=redo, number="新政复决〔2026〕1号", reasons="主要证据不足。",
    )  # fmt: skip
    dispute.take(challenge, "decision_received", {"orders_redo": redo}, days_ago=0.4)
    return dispute.fresh(challenge)


def test_a_copy_starts_the_answer_clock_and_the_answer_stops_it(dispute: Dispute) -> None:
    challenge = dispute.fresh(dispute.register(days_ago=3))
    running = verdict(challenge, "REC-48-answer-10wd")
    assert running.verdict == "pending" and challenge.due_on == running.due_on
    assert challenge.stage == Stage.ANSWERING
    assert [d["key"] for d in challenge.duties] == ["step:answer_approved"]
    assert dispute.in_case() == [("challenge_started", {"route": "reconsideration"})]
    first = StoredEvent.objects.unscoped("测试").filter(matter_id=challenge.matter_id).earliest("seq")
    assert first.links == [{"matter": dispute.case.matter_id, "rel": "challenges"}]
    dispute.answer(challenge)
    challenge = dispute.fresh(challenge)
    assert verdict(challenge, "REC-48-answer-10wd").verdict == "met"
    assert challenge.due_on is None and challenge.stage == Stage.HEARING


def test_an_answer_without_evidence_is_no_answer(dispute: Dispute) -> None:
    challenge = dispute.register(days_ago=3)
    dispute.take(challenge, "answer_approved", claims="撤销。", facts="查明。", answer="维持。")
    dispute.take(challenge, "answer_filed", {"with_evidence": False})
    assert verdict(dispute.fresh(challenge), "REC-48-answer-10wd").verdict != "met"


def test_registering_is_for_the_two_sides_and_only_against_a_decision(dispute: Dispute) -> None:
    with pytest.raises(Refusal):
        dispute.register(by=dispute.outsider)
    with pytest.raises(Refusal, match="区复议机构登记"):
        dispute.register("application", by=dispute.officer)
    with pytest.raises(Refusal, match="办案机关登记"):
        dispute.register("copy", by=dispute.office)
    with pytest.raises(InputFault, match="早于处罚决定日"):
        dispute.register(days_ago=9)
    dispute.register(number="新政复〔2026〕1号")
    with pytest.raises(Refusal, match="已有一件没有终结的行政复议"):
        dispute.register(number="新政复〔2026〕1号")
    dispute.case = dispute.world.noticed()
    with pytest.raises(Refusal, match="还没有作出处罚决定"):
        dispute.register()


def test_acceptance_and_copy_tell_the_case_once(dispute: Dispute) -> None:
    challenge = accepted(dispute)
    assert dispute.in_case() == [("challenge_started", {"route": "reconsideration"})]
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=challenge.matter_id).order_by("seq")
    office, street = challenge.heard_by_id, challenge.agency_id
    assert [row.agency_code for row in rows] == [office, office, street]
    challenge = dispute.fresh(challenge)
    assert challenge.number == "新政复〔2026〕1号"
    assert verdict(challenge, "REC-30-accept-5wd").agency_code == office
    assert verdict(challenge, "REC-62-decide-60d").verdict == "pending"
    assert verdict(challenge, "REC-20-apply-60d").verdict == "met"


def test_each_side_takes_its_own_steps(dispute: Dispute) -> None:
    challenge = dispute.register("application")
    with pytest.raises(Refusal, match="由区复议机构办理"):
        dispute.take(challenge, "accepted", FILING)
    with pytest.raises(Refusal, match="岗位不办理"):
        dispute.take(challenge, "accepted", FILING, by=dispute.outsider)
    dispute.take(challenge, "accepted", FILING, by=dispute.office)
    with pytest.raises(Refusal, match="办理"):
        dispute.take(challenge, "copy_received", FILING, by=dispute.office)
    with pytest.raises(Refusal, match="尚未被申请人收到"):
        dispute.answer(challenge, days_ago=0)


def test_a_decision_undone_reaches_case_publication_and_the_duty_to_redo(dispute: Dispute) -> None:
    publication = published(dispute)
    challenge = decided(dispute)
    assert dispute.in_case() == [
        ("challenge_started", {"route": "reconsideration"}),
        ("challenge_ended", {"route": "reconsideration", "outcome": "revoked"}),
    ]
    assert (challenge.stage, challenge.outcome, challenge.orders_redo) == (Stage.PERFORMING, "revoked", True)
    redo = verdict(challenge, "RECR-58-redo-60d")
    assert redo.verdict == "pending" and challenge.due_on == redo.due_on
    told = set(Notice.objects.filter(title__contains="处罚决定被撤销").values_list("capability", flat=True))
    assert told == {"publicity.publish", "cases.handle"}
    publication.refresh_from_db()
    withdraw = StoredVerdict.objects.unscoped("测试").get(
        matter_id=dispute.case.matter_id, rule="APL-48-withdraw-3wd"
    )
    assert withdraw.verdict == "pending" and withdraw.due_on == publication.withdraw_due_on
    with pytest.raises(Refusal, match="六十日内重作"):
        dispute.take(
            challenge, "new_act_made", {"same_act_same_facts": True}, number="新决1号", content="罚款。"
        )
    dispute.take(
        challenge, "new_act_made", {"same_act_same_facts": False}, number="新决1号", content="警告。"
    )
    challenge = dispute.fresh(challenge)
    assert verdict(challenge, "RECR-58-redo-60d").verdict == "met"
    assert challenge.stage == Stage.ENDED
    dispute.take(challenge, "closed", summary="已重新作出决定。")
    challenge = dispute.fresh(challenge)
    assert (challenge.stage, challenge.duties) == (Stage.CLOSED, [])


def test_a_decision_upheld_leaves_the_case_as_it_was(dispute: Dispute) -> None:
    challenge = decided(dispute, "upheld", redo=False)
    assert dispute.in_case()[-1] == ("challenge_ended", {"route": "reconsideration", "outcome": "upheld"})
    assert challenge.stage == Stage.ENDED and not challenge.orders_redo


def test_a_voided_step_takes_its_effects_out_of_the_case(dispute: Dispute) -> None:
    challenge = decided(dispute)
    entry = challenge.entries.get(step="decision_received")
    with pytest.raises(InputFault):
        actions.void_entry(
            actor=dispute.actor(dispute.officer), challenge=challenge, event_id=entry.event_id, reason=" "
        )
    with pytest.raises(Refusal):
        actions.void_entry(
            actor=dispute.actor(dispute.office), challenge=challenge, event_id=entry.event_id, reason="错"
        )
    actions.void_entry(
        actor=dispute.actor(dispute.officer), challenge=challenge, event_id=entry.event_id, reason="录错"
    )
    voided = [data["voids"] for name, data in dispute.in_case() if name == "event_voided"]
    assert len(voided) == 1 and set(voided) == set(entry.consequences)
    challenge = dispute.fresh(challenge)
    assert challenge.stage == Stage.HEARING and challenge.outcome == ""
    first = challenge.entries.earliest("pk")
    with pytest.raises(Refusal, match="以这条记录为前提"):
        actions.void_entry(
            actor=dispute.actor(dispute.office), challenge=challenge, event_id=first.event_id, reason="错"
        )


def test_handed_in_here_it_is_forwarded_or_corrected(dispute: Dispute) -> None:
    challenge = dispute.register(
        "handed-in", data={"decision_kind": "on_spot", "intent": "self_correct"}, days_ago=2
    )
    challenge = dispute.fresh(challenge)
    assert verdict(challenge, "RECR-38-self-correct-5wd").verdict == "pending"
    assert challenge.duties[0]["key"] == "step:correction_approved"
    with pytest.raises(Refusal, match="尚未批准自行纠正"):
        dispute.take(challenge, "self_corrected", {"applicant_told": True, "organ_told": True})
    dispute.take(challenge, "correction_approved", outcome="changed", reasons="裁量过重。")
    assert dispute.in_case() == []
    dispute.take(challenge, "self_corrected", {"applicant_told": True, "organ_told": True})
    challenge = dispute.fresh(challenge)
    assert verdict(challenge, "RECR-38-self-correct-5wd").verdict == "met"
    assert dispute.in_case() == [("decision_revoked", {"outcome": "changed"})]
    assert challenge.outcome == "self_corrected"


def test_the_head_is_told_of_the_hearing_and_who_stays_away_explains(dispute: Dispute) -> None:
    challenge = accepted(dispute)
    dispute.answer(challenge)
    held = day(0) + timedelta(days=9)
    dispute.take(
        challenge, "hearing_notice", {"method": "direct", "receipt": "signed"}, by=dispute.office,
        held_on=held.isoformat(), place="区政府三楼",
    )  # fmt: skip
    challenge = dispute.fresh(challenge)
    assert challenge.hearing_on == held
    appear = [d for d in challenge.duties if d["key"] == "appear"]
    assert appear and appear[0]["capability"] == "cases.approve" and appear[0]["due_on"] == held.isoformat()
    notice = Notice.objects.get(title__contains="请负责人参加")
    assert (notice.capability, notice.agency_code) == ("cases.approve", challenge.agency_id)
    dispute.take(challenge, "absence_explained", reasons="参加防汛。", instead="法制科长")
    assert not [d for d in dispute.fresh(challenge).duties if d["key"] == "appear"]
    with pytest.raises(Refusal):
        actions.sign_paper(
            actor=dispute.actor(dispute.officer), challenge=challenge, code="FY2",
            event_id=challenge.entries.get(step="absence_explained").event_id,
        )  # fmt: skip
    signed = actions.sign_paper(
        actor=dispute.actor(dispute.signer), challenge=challenge, code="FY2",
        event_id=challenge.entries.get(step="absence_explained").event_id,
    )  # fmt: skip
    assert "参加防汛" in signed.html and "复情" in signed.number
    dispute.take(
        challenge, "hearing_held", {"head_attended": False, "reasons_given": True, "staff_attended": True}
    )
    assert dispute.fresh(challenge).head_appeared is False


def test_an_answer_is_signed_once_and_frozen(dispute: Dispute) -> None:
    challenge = dispute.register()
    event = dispute.answer(challenge)
    signer = dispute.actor(dispute.signer)
    paper = actions.sign_paper(actor=signer, challenge=challenge, event_id=event.event_id, code="FY1")
    assert "处罚事实清楚" in paper.html and dispute.case.number in paper.html
    with pytest.raises(Refusal, match="已经签发"):
        actions.sign_paper(actor=signer, challenge=challenge, event_id=event.event_id, code="FY1")


def test_staying_the_execution_is_told_to_the_case_and_ends_with_the_challenge(dispute: Dispute) -> None:
    challenge = dispute.register()
    actions.take_step(
        actor=dispute.actor(dispute.officer), challenge=challenge, step="execution_stayed",
        details={"by": "agency", "reasons": "可能造成难以弥补的损失。"},
    )  # fmt: skip
    assert dispute.fresh(challenge).stayed
    assert dispute.in_case()[-1][0] == "execution_stayed"
    dispute.take(challenge, "terminated", ground="withdrawn")
    assert [name for name, _ in dispute.in_case()][-2:] == ["challenge_ended", "stay_lifted"]
    assert dispute.fresh(challenge).outcome == "withdrawn"


def test_particulars_are_corrected_and_the_log_names_no_one(dispute: Dispute) -> None:
    challenge = dispute.register()
    given: dict[str, Any] = {
        "organ": "区人民政府",
        "number": "新政复〔2026〕9号",
        "applicant": "张三",
        "claims": "撤销",
    }
    with pytest.raises(Refusal):
        actions.correct_particulars(actor=ANONYMOUS, challenge=challenge, **given)
    with pytest.raises(InputFault):
        actions.correct_particulars(
            actor=dispute.actor(dispute.officer), challenge=challenge, **given | {"organ": ""}
        )
    actions.correct_particulars(actor=dispute.actor(dispute.officer), challenge=challenge, **given)
    row = StoredEvent.objects.unscoped("测试").get(activity="challenge_particulars_corrected")
    assert sorted(row.data["fields"]) == ["applicant", "claims", "number"]
