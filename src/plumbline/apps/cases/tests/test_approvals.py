"""A request between submission and decision: deputies, opinions, transfer, return with remarks, withdrawal, reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine

from plumbline.apps.cases import actions
from plumbline.apps.cases.approval_queries import ApprovalFilter, requests_in
from plumbline.apps.cases.models import (
    Case,
    HandKind,
    Opinion,
    RequestComment,
    RequestHand,
    RequestState,
    StepRequest,
)
from plumbline.apps.cases.queries import my_tasks
from plumbline.apps.cases.task_rows import refresh
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.packs.procedures import Countersign
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Deputy, Person, Post
from plumbline.platform.notify.models import Notice, notices_for

from .world import STREET, World

pytestmark = pytest.mark.django_db


def post_of(person: Person) -> Post:
    return person.tenures.get().post


def proposed(world: World) -> StepRequest:
    return world.propose_decision(world.noticed())


def second_head(world: World) -> Person:
    return world.person(
        "fu", "傅主任", "", STREET, "副主任", ["cases.approve", "cases.view"], "agency_head", staff="HD002"
    )


def kinds(request: StepRequest) -> list[str]:
    rows = RequestHand.objects.unscoped("测试").filter(request=request).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def box(world: World, person: Person, name: str) -> list[int]:
    rows = requests_in(world.actor(person), ApprovalFilter(box=name))
    return list(rows.values_list("pk", flat=True))


def test_a_deputy_decides_and_is_named_as_deputy(world: World) -> None:
    request = proposed(world)
    with pytest.raises(Refusal, match="没有审批权能"):
        actions.decide_request(actor=world.actor(world.reviewer), request=request, approve=True)
    today = clock.today()
    Deputy.objects.create(
        person=world.reviewer, post=post_of(world.head), from_on=today, to_on=today, reason="出差"
    )
    done = actions.decide_request(actor=world.actor(world.reviewer), request=request, approve=True)
    assert done.decided_label == "李审（代理负责人）"
    event = StoredEvent.objects.unscoped("测试").get(event_id=done.event_id)
    assert event.by_label == "李审（代理负责人）" and event.actors == [{"id": "LR001", "role": "agency_head"}]
    hand = RequestHand.objects.unscoped("测试").get(request=request, kind=HandKind.APPROVED)
    assert hand.as_deputy and hand.post == post_of(world.head)


def test_a_deputys_day_ends(world: World) -> None:
    request = proposed(world)
    before = clock.today() - timedelta(days=1)
    Deputy.objects.create(
        person=world.reviewer, post=post_of(world.head), from_on=before, to_on=before, reason="出差"
    )
    with pytest.raises(Refusal, match="没有审批权能"):
        actions.decide_request(actor=world.actor(world.reviewer), request=request, approve=True)


def test_opinions_are_waited_for_and_disagreeing_needs_reasons(world: World) -> None:
    request, head = proposed(world), world.actor(world.head)
    reviewer = world.actor(world.reviewer)
    with pytest.raises(InputFault, match="请选择"):
        actions.ask_opinion(actor=head, request=request, posts=[10**9])
    [asked] = actions.ask_opinion(
        actor=head, request=request, posts=[post_of(world.reviewer).pk], question="裁量是否适当？"
    )
    assert box(world, world.reviewer, "todo") == [request.pk]
    assert notices_for(reviewer).filter(title__startswith="请签署意见").exists()
    with pytest.raises(Refusal, match="还没有收到法制审核的意见"):
        actions.decide_request(actor=head, request=request, approve=True)
    with pytest.raises(Refusal, match="其他岗位"):
        actions.give_opinion(actor=world.actor(world.second), opinion=asked, agrees=True)
    with pytest.raises(InputFault, match="写明理由"):
        actions.give_opinion(actor=reviewer, opinion=asked, agrees=False)
    answered = actions.give_opinion(actor=reviewer, opinion=asked, agrees=False, text="罚款偏高。")
    with pytest.raises(Refusal, match="已经办结"):
        actions.give_opinion(actor=reviewer, opinion=answered, agrees=True)
    assert box(world, world.reviewer, "done") == [request.pk] and not box(world, world.reviewer, "todo")
    # The approver may have the opinion looked at again: the step before is the post that gave it.
    actions.send_back(actor=head, request=request, reason="请说明偏高多少。")
    again = Opinion.objects.unscoped("测试").get(request=request, answered_at=None)
    assert again.post == post_of(world.reviewer) and again.question == "请说明偏高多少。"
    actions.drop_opinion(actor=head, request=request, opinion=again.pk)
    with pytest.raises(Refusal, match="已经签署或者取消"):
        actions.drop_opinion(actor=head, request=request, opinion=again.pk)
    done = actions.decide_request(actor=head, request=request, approve=True)
    assert done.state == RequestState.APPROVED
    assert kinds(request) == ["submitted", "asked", "answered", "sent_back", "dropped", "approved"]


def test_the_declaration_of_a_step_may_demand_a_countersignature(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = world.noticed()
    procedure = next(each for each in PROCEDURES if each.key == case.procedure)
    declared = procedure.steps["decision_made"]
    monkeypatch.setitem(
        procedure.steps,
        "decision_made",
        replace(declared, countersign=(Countersign("cases.review", "测试"),)),
    )  # type: ignore[arg-type]
    request = world.propose_decision(case)
    demanded = Opinion.objects.unscoped("测试").get(request=request)
    assert demanded.demanded and demanded.post == post_of(world.reviewer)
    head = world.actor(world.head)
    with pytest.raises(Refusal, match="不能取消"):
        actions.drop_opinion(actor=head, request=request, opinion=demanded.pk)
    actions.give_opinion(actor=world.actor(world.reviewer), opinion=demanded, agrees=True)
    assert actions.decide_request(actor=head, request=request, approve=True).state == RequestState.APPROVED


def test_a_request_is_passed_to_another_post_of_the_same_power_and_back(world: World) -> None:
    request, head = proposed(world), world.actor(world.head)
    with pytest.raises(InputFault, match="另一个有审批权能"):
        actions.transfer_request(actor=head, request=request, post=post_of(world.reviewer).pk, reason="外出")
    with pytest.raises(Refusal, match="没有经过会签或者转办"):
        actions.send_back(actor=head, request=request, reason="请重看")
    other = second_head(world)
    moved = actions.transfer_request(actor=head, request=request, post=post_of(other).pk, reason="分管该项")
    with pytest.raises(Refusal, match="已经转办"):
        actions.decide_request(actor=head, request=moved, approve=True)
    refresh(request.case.matter_id)
    assert not my_tasks(head).filter(kind="approve").exists()
    assert my_tasks(world.actor(other)).filter(kind="approve").exists()
    assert box(world, other, "todo") == [request.pk] and not box(world, world.head, "todo")
    back = actions.send_back(actor=world.actor(other), request=moved, reason="不属我分管")
    assert back.post == post_of(world.head) and box(world, world.head, "todo") == [request.pk]
    assert actions.decide_request(actor=head, request=back, approve=True).state == RequestState.APPROVED


def test_withdrawal_ends_when_the_next_hand_opens_the_request(world: World) -> None:
    request, officer = proposed(world), world.actor(world.officer)
    with pytest.raises(Refusal, match="没有轮到"):
        actions.open_request(actor=world.actor(world.second), request=request)
    with pytest.raises(Refusal, match="可以直接撤回"):
        actions.ask_return(actor=officer, request=request, reason="数额有误。")
    actions.open_request(actor=world.actor(world.head), request=request)
    opened = StepRequest.objects.get(pk=request.pk)
    assert opened.opened_label == "何建国"
    actions.open_request(actor=world.actor(world.head), request=opened)
    assert kinds(request).count("opened") == 1
    with pytest.raises(Refusal, match="何建国已于"):
        # Even with a page that was drawn before it was opened.
        actions.withdraw_request(actor=officer, request=request)
    with pytest.raises(InputFault, match="写明为什么"):
        actions.ask_return(actor=officer, request=opened, reason=" ")
    actions.ask_return(actor=officer, request=opened, reason="数额有误。")
    assert notices_for(world.actor(world.head)).filter(title__startswith="请求退回").exists()


def test_reminding_is_for_the_submitter_once_a_working_day(world: World) -> None:
    with time_machine.travel(datetime(2026, 3, 6, 10, tzinfo=clock.CHINA)):  # a Friday
        request = proposed(world)
        with pytest.raises(Refusal, match="只有提交人"):
            actions.remind_request(actor=world.actor(world.second), request=request)
        actions.remind_request(actor=world.actor(world.officer), request=request, text="快到期了。")
        request.refresh_from_db()
    assert request.reminded_on == date(2026, 3, 6)
    assert Notice.objects.filter(
        title__startswith="催办", body="快到期了。", capability="cases.approve"
    ).exists()
    for day in (6, 7, 8):
        with (
            time_machine.travel(datetime(2026, 3, day, 11, tzinfo=clock.CHINA)),
            pytest.raises(Refusal, match=r"每个工作日最多一次.*03-09"),
        ):
            actions.remind_request(actor=world.actor(world.officer), request=request)
    with time_machine.travel(datetime(2026, 3, 9, 9, tzinfo=clock.CHINA)):
        actions.remind_request(actor=world.actor(world.officer), request=request)
    assert kinds(request).count("reminded") == 2


def test_remarks_stand_at_their_lines_until_each_is_dealt_with(world: World) -> None:
    case = world.noticed()
    request = world.propose_decision(case)
    remarks = [
        actions.Remark("penalty.fine", "罚款", "与告知数额核对。"),
        actions.Remark("@reasons", "理由", "写明裁量档次。"),
    ]
    back = actions.decide_request(
        actor=world.actor(world.head), request=request, approve=False, remarks=remarks
    )
    assert back.opinion == "请按批注修改（2 处）。"
    first, second = RequestComment.objects.unscoped("测试").filter(request=request).order_by("pk")
    outside = world.actor(world.outsider)
    with pytest.raises(Refusal):
        actions.resolve_comments(actor=outside, case=case, comments=[first.pk])
    case = Case.objects.unscoped("测试").get(pk=case.pk)
    officer = world.actor(world.officer)
    assert actions.resolve_comments(actor=officer, case=case, comments=[first.pk]) == 1
    assert actions.resolve_comments(actor=officer, case=case, comments=[first.pk]) == 0
    second.refresh_from_db(from_queryset=RequestComment.objects.unscoped("测试"))
    assert second.resolved_at is None


def test_phrases_are_kept_for_oneself(world: World) -> None:
    head = world.actor(world.head)
    kept = actions.keep_phrase(actor=head, text=" 请补充现场照片。 ")
    assert actions.keep_phrase(actor=head, text="请补充现场照片。") == kept
    with pytest.raises(InputFault, match="不超过 200 字"):
        actions.keep_phrase(actor=head, text="长" * 201)
    actions.drop_phrase(actor=world.actor(world.reviewer), phrase=kept.pk)
    assert type(kept).objects.filter(pk=kept.pk).exists()
    actions.drop_phrase(actor=head, phrase=kept.pk)
    assert not type(kept).objects.filter(pk=kept.pk).exists()


def test_the_boxes_hold_what_is_ones_own(world: World) -> None:
    request = proposed(world)
    assert request.pk in box(world, world.officer, "mine") and not box(world, world.officer, "todo")
    assert box(world, world.head, "todo") == [request.pk]
    assert not box(world, world.outsider, "todo") and not box(world, world.outsider, "mine")
    head = world.actor(world.head)
    assert requests_in(head, ApprovalFilter(q="建筑垃圾", step="decision_made", period="7d")).exists()
    assert not requests_in(head, ApprovalFilter(step="case_closed")).exists()
    actions.decide_request(actor=head, request=request, approve=False, opinion="请补充。")
    assert request.pk in box(world, world.head, "done") and not box(world, world.head, "todo")
