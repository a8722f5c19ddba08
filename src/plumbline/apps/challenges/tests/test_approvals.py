"""Steps of a challenge in the approvals of cases: sent, returned, withdrawn, decided, and what they change."""

from __future__ import annotations

import pytest

from plumbline.apps.cases import actions as approvals
from plumbline.apps.cases.models import StepRequest, Vacancy
from plumbline.apps.cases.queries import my_tasks
from plumbline.apps.cases.tests.world import ago
from plumbline.apps.challenges import actions
from plumbline.apps.challenges.models import Challenge
from plumbline.apps.challenges.tests.dispute import Dispute
from plumbline.platform.actions import Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.models import Tenure
from plumbline.platform.notify.models import notices_for

ANSWER = {"claims": "请求撤销。", "facts": "查明。", "answer": "请求维持。"}


def send(
    dispute: Dispute, challenge: Challenge, step: str = "answer_approved", **details: str
) -> StepRequest:
    taken = actions.take_step(
        actor=dispute.actor(dispute.officer), challenge=challenge, step=step, details=details or ANSWER
    )
    assert isinstance(taken, StepRequest)
    return taken


def keys(dispute: Dispute, challenge: Challenge) -> list[tuple[str, str]]:
    return [(duty["key"], duty["title"]) for duty in dispute.fresh(challenge).duties]


def on_the_desk(dispute: Dispute) -> list[tuple[str, bool]]:
    """The head's approvals, with whether a deadline stands beside each."""
    while work_off():
        pass
    rows = my_tasks(dispute.actor(dispute.signer)).filter(kind="approve")
    return [(row.title, row.due_on is not None) for row in rows]


def test_an_answer_goes_to_the_head_comes_back_and_goes_again(dispute: Dispute) -> None:
    challenge = dispute.register()
    request = send(dispute, challenge)
    sent = StoredEvent.objects.unscoped("测试").get(activity="step_submitted", matter_id=challenge.matter_id)
    assert (sent.kind, sent.data["step"]) == ("reconsideration", "answer_approved")
    assert keys(dispute, challenge) == [("waiting:answer_approved", "等待审批：答复书报批")]
    assert dispute.fresh(challenge).due_on and on_the_desk(dispute) == [("审批：答复书报批", True)]
    with pytest.raises(Refusal, match="正在等待审批"):
        send(dispute, challenge)
    with pytest.raises(Refusal, match="没有审批权能"):
        approvals.decide_request(actor=dispute.actor(dispute.outsider), request=request, approve=True)
    head = dispute.actor(dispute.signer)
    approvals.decide_request(
        actor=head,
        request=request,
        approve=False,
        remarks=[approvals.Remark("@answer", "答复意见", "写明程序。")],
    )
    assert keys(dispute, challenge) == [("step:answer_approved", "补正：答复书报批")]
    assert not on_the_desk(dispute)
    told = notices_for(dispute.actor(dispute.officer)).filter(title__contains="退回了")
    assert told.get().url == f"/challenges/{challenge.matter_id}"
    page = dispute.client(dispute.officer).get(f"/challenges/{challenge.matter_id}/steps/answer_approved")
    assert "写明程序。" in page.content.decode() and "请求维持。" in page.content.decode()
    again = send(dispute, challenge)
    approvals.withdraw_request(actor=dispute.actor(dispute.officer), request=again)
    assert keys(dispute, challenge) == [("step:answer_approved", "答复书报批")]
    approvals.decide_request(actor=head, request=send(dispute, challenge), approve=True)
    assert [key for key, _ in keys(dispute, challenge)] == ["step:answer_filed"]


def test_drafts_are_of_one_person_and_one_matter(dispute: Dispute) -> None:
    challenge = dispute.register()
    officer = dispute.actor(dispute.officer)
    kept = {"actor": officer, "challenge": challenge, "step": "answer_approved"}
    with pytest.raises(Refusal):
        actions.save_draft(**kept | {"actor": dispute.actor(dispute.outsider)}, data={}, details={})
    draft = actions.save_draft(**kept, data={}, details={"answer": "未完"})
    assert draft.attached_to == challenge.matter_id and not dispute.case.requests.filter(
        attached_to="", state="draft"
    )
    with pytest.raises(Refusal):
        actions.drop_draft(**kept | {"actor": dispute.actor(dispute.outsider)})
    actions.drop_draft(**kept)
    assert not StepRequest.objects.filter(attached_to=challenge.matter_id).exists()


def test_an_empty_post_is_told_to_who_fills_it(dispute: Dispute) -> None:
    challenge = dispute.register()
    Tenure.objects.filter(post__capabilities__contains=["cases.approve"]).delete()
    send(dispute, challenge)
    assert Vacancy.objects.filter(
        agency_id=challenge.agency_id, capability="cases.approve", filled_at=None
    ).exists()


def test_an_agreement_needs_terms_that_the_head_approved(dispute: Dispute) -> None:
    challenge = dispute.register()
    with pytest.raises(Refusal, match="方案还没有经过本机关负责人批准"):
        dispute.take(challenge, "mediation", result="agreed", terms="分期缴纳。")
    dispute.take(challenge, "mediation", result="failed")
    dispute.take(challenge, "settlement_approved", terms="分期缴纳。", reasons="申请人有困难。")
    form = dispute.client(dispute.officer).get(f"/challenges/{challenge.matter_id}/steps/mediation")
    assert "分期缴纳。" in form.content.decode()
    dispute.take(challenge, "mediation", result="agreed", terms="分期缴纳。")


def test_a_decision_changed_while_it_is_challenged_reaches_the_case_at_the_approval(dispute: Dispute) -> None:
    challenge = dispute.register("lawsuit")
    request = send(dispute, challenge, "act_changed", outcome="changed", reasons="裁量过重。")
    assert dispute.in_case() == [("challenge_started", {"route": "litigation"})]
    approvals.decide_request(
        actor=dispute.actor(dispute.signer), request=request, approve=True, occurred_at=ago(1)
    )
    assert dispute.in_case()[1:] == [("decision_revoked", {"outcome": "changed"})]
    assert dispute.fresh(challenge).ended_on is None
    dispute.take(challenge, "change_told", to="区人民法院")
