"""Litigation and compensation: the defence, who comes to court, judgment and appeal, and what it does to the case."""

from __future__ import annotations

from datetime import timedelta

from plumbline.apps.challenges import actions
from plumbline.apps.challenges.documents import called_for
from plumbline.apps.challenges.models import Challenge, Stage
from plumbline.apps.challenges.reading import ChallengeFile
from plumbline.apps.challenges.tests.dispute import Dispute, day
from plumbline.apps.supervision.models import AlertState
from plumbline.platform.notify.models import Notice
from plumbline.platform.verdicts.models import StoredVerdict


def verdicts(challenge: Challenge, rule: str) -> list[str]:
    rows = StoredVerdict.objects.unscoped("测试").filter(matter_id=challenge.matter_id, rule=rule)
    return list(rows.order_by("pk").values_list("verdict", flat=True))


def sued(dispute: Dispute) -> Challenge:
    return dispute.register("lawsuit", number="（2026）鄂0117行初5号", claims="请求撤销。")


def defend(dispute: Dispute, challenge: Challenge, *, answer: bool = True, days_ago: int = 1) -> None:
    if not challenge.entries.filter(step="defence_approved").exists():
        dispute.take(challenge, "defence_approved", days_ago=days_ago, facts="查明。", answer="请求驳回。")
    given = {"with_evidence": True, "with_basis": True, "with_answer": answer}
    dispute.take(challenge, "evidence_filed", given, days_ago=days_ago)


def judged(
    dispute: Dispute, challenge: Challenge, outcome: str, instance: str = "first", **more: object
) -> None:
    dispute.take(
        challenge, "judgment_received", instance=instance, outcome=outcome,
        **({"orders_redo": False, "number": "判决1号"} | more),
    )  # fmt: skip


def test_the_defence_is_whole_only_with_its_three_parts(dispute: Dispute) -> None:
    challenge = sued(dispute)
    assert dispute.in_case() == [("challenge_started", {"route": "litigation"})]
    defend(dispute, challenge, answer=False, days_ago=2)
    challenge = dispute.fresh(challenge)
    assert verdicts(challenge, "ALL-67-evidence-15d") == ["pending"] and challenge.due_on
    defend(dispute, challenge)
    assert verdicts(dispute.fresh(challenge), "ALL-67-evidence-15d") == ["met"]


def test_the_head_comes_to_court_or_sends_staff_with_a_reason(dispute: Dispute) -> None:
    challenge = sued(dispute)
    held = day(0) + timedelta(days=5)
    dispute.take(challenge, "court_hearing_notified", held_on=held.isoformat(), place="第三法庭")
    assert Notice.objects.filter(title__contains="请负责人出庭", capability="cases.approve").count() == 1
    appear = [d for d in dispute.fresh(challenge).duties if d["key"] == "appear"]
    assert [d["due_on"] for d in appear] == [held.isoformat()]
    assert "step:court_hearing_notified" not in {d["key"] for d in dispute.fresh(challenge).duties}
    dispute.take(challenge, "trial_held", appearance="head", head="何建国")
    dispute.take(challenge, "trial_held", {"reason_written": False}, appearance="none")
    challenge = dispute.fresh(challenge)
    assert sorted(verdicts(challenge, "ALL-3-head-appears")) == ["breached", "met"]
    assert challenge.head_appeared is False


def test_an_appeal_keeps_the_matter_open_and_the_last_judgment_counts(dispute: Dispute) -> None:
    challenge = sued(dispute)
    defend(dispute, challenge)
    judged(dispute, challenge, "upheld")
    assert dispute.fresh(challenge).stage == Stage.JUDGED
    actions.take_step(
        actor=dispute.actor(dispute.officer),
        challenge=challenge,
        step="appeal_filed",
        details={"by": "party"},
    )
    assert dispute.fresh(challenge).stage == Stage.HEARING
    assert [name for name, _ in dispute.in_case()] == ["challenge_started"]
    until = (day(0) + timedelta(days=30)).isoformat()
    judged(dispute, challenge, "revoked", "second", orders_redo=True, redo_by=until, number="判决2号")
    dispute.take(challenge, "judgment_took_effect", note="二审宣判")
    challenge = dispute.fresh(challenge)
    assert dispute.in_case()[1:] == [
        ("challenge_ended", {"route": "litigation", "outcome": "revoked"}),
    ]
    assert challenge.stage == Stage.PERFORMING
    assert [(d["key"], d["due_on"]) for d in challenge.duties] == [("step:judgment_performed", until)]
    dispute.take(challenge, "judgment_performed", what="redone", content="重新作出决定。", number="新决2号")
    assert dispute.fresh(challenge).stage == Stage.ENDED


def test_a_lawsuit_goes_on_from_the_reconsideration(dispute: Dispute) -> None:
    earlier = dispute.register(number="新政复〔2026〕1号")
    dispute.take(earlier, "decision_received", {"orders_redo": False}, outcome="upheld", days_ago=1)
    later = dispute.register("lawsuit", number="行初6号", continues=earlier, days_ago=0)
    assert later.continues == earlier
    routes = [(name, data["route"]) for name, data in dispute.in_case()]
    assert routes == [
        ("challenge_started", "reconsideration"),
        ("challenge_ended", "reconsideration"),
        ("challenge_started", "litigation"),
    ]


def test_a_decision_revoked_since_can_still_be_taken_to_court(dispute: Dispute) -> None:
    earlier = dispute.register(number="新政复〔2026〕1号")
    dispute.take(earlier, "decision_received", {"orders_redo": False}, outcome="revoked", days_ago=1)
    dispute.fresh(earlier)
    assert dispute.reload().decided_on is None
    later = dispute.register("lawsuit", number="行初7号", continues=earlier, days_ago=0)
    assert dispute.in_case()[-1] == ("challenge_started", {"route": "litigation"})
    defend(dispute, later, days_ago=0)
    assert "作出的处罚决定" in called_for(ChallengeFile(later))[0].facts[1]["text"]


def test_supervision_rests_while_the_challenge_runs(dispute: Dispute) -> None:
    scene = dispute.scene
    late = scene.unserved()
    alert = scene.alert(late)
    letter = scene.letter(alert)
    dispute.case = late
    dispute.reload()
    challenge = dispute.register(days_ago=1)
    dispute.fresh(challenge)
    assert scene.fresh(letter).state == "stopped"
    alert.refresh_from_db(from_queryset=type(alert).objects.unscoped("测试"))
    assert alert.state == AlertState.STOPPED
    dispute.take(challenge, "terminated", ground="withdrawn")
    dispute.fresh(challenge)
    alert.refresh_from_db(from_queryset=type(alert).objects.unscoped("测试"))
    assert alert.state == AlertState.NEW


def test_a_claim_for_compensation_has_its_own_clock_and_leaves_the_case_alone(dispute: Dispute) -> None:
    claim = dispute.register("compensation", claims="扣押期间损失。")
    assert dispute.in_case() == []
    assert verdicts(dispute.fresh(claim), "SCL-13-compensation-2m") == ["pending"]
    dispute.take(claim, "compensation_decided", result="refused", reasons="没有损害。", days_ago=1)
    dispute.take(claim, "compensation_served", {"method": "direct", "receipt": "signed"})
    claim = dispute.fresh(claim)
    assert verdicts(claim, "SCL-13-compensation-2m") == ["met"]
    assert (claim.stage, claim.outcome) == (Stage.ENDED, "not_granted")
