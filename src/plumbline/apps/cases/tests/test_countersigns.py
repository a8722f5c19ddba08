"""Countersignatures that an agency set: in turn, with what an objection does, by day, and who may set them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import CountersignSetting, Opinion, RequestState, StepRequest
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Person, Post
from plumbline.platform.notify.models import notices_for

from .world import STREET, World

pytestmark = pytest.mark.django_db
SOURCE = "街道审批制度第五条"


@pytest.fixture
def keeper(world: World) -> Person:
    return world.person(
        "guan", "管理员", "", STREET, "综合岗", ["agency.administer", "cases.view"], "other", staff="GL1"
    )


def post_of(person: Person) -> Post:
    return person.tenures.get().post


def demand(world: World, keeper: Person, post: Post, **deviation: Any) -> CountersignSetting:
    given = {
        "agency_code": STREET, "step": "decision_made", "post": post.pk, "turn": 1,
        "objection": "decide", "source": SOURCE, "valid_from": clock.today(),
    }  # fmt: skip
    return actions.set_countersign(actor=world.actor(keeper), **given | deviation)


def asked(request: StepRequest) -> list[tuple[int, bool]]:
    rows = Opinion.objects.unscoped("测试").filter(request=request).order_by("pk")
    return [(row.post_id, row.is_open) for row in rows]


def sign(world: World, request: StepRequest, person: Person, *, agrees: bool = True, text: str = "") -> None:
    opinion = Opinion.objects.unscoped("测试").get(request=request, post=post_of(person), answered_at=None)
    actions.give_opinion(actor=world.actor(person), opinion=opinion, agrees=agrees, text=text)


def test_turns_follow_one_another_and_an_objection_must_be_answered(world: World, keeper: Person) -> None:
    demand(world, keeper, post_of(world.reviewer))
    demand(world, keeper, post_of(keeper), turn=2)
    request, head = world.propose_decision(world.noticed()), world.actor(world.head)
    assert asked(request) == [(post_of(world.reviewer).pk, True)]
    assert notices_for(world.actor(world.reviewer)).get(title__startswith="请会签").body == SOURCE
    sign(world, request, world.reviewer, agrees=False, text="罚款偏高。")
    assert asked(request)[1:] == [(post_of(keeper).pk, True)]
    with pytest.raises(Refusal, match="还没有收到综合岗的意见"):
        actions.decide_request(actor=head, request=request, approve=True, opinion="同意。")
    sign(world, request, keeper)
    with pytest.raises(InputFault, match="法制审核会签不同意"):
        actions.decide_request(actor=head, request=request, approve=True)
    done = actions.decide_request(actor=head, request=request, approve=True, opinion="情节较重，按此幅度。")
    assert done.state == RequestState.APPROVED


def test_an_objection_may_send_the_request_back_at_once(world: World, keeper: Person) -> None:
    demand(world, keeper, post_of(world.reviewer), objection="return")
    request = world.propose_decision(world.noticed())
    sign(world, request, world.reviewer, agrees=False, text="缺少复核。")
    request.refresh_from_db()
    assert (request.state, request.decided_label) == (RequestState.RETURNED, world.reviewer.display_name)
    assert request.opinion == "会签不同意。缺少复核。"
    assert notices_for(world.actor(world.officer)).filter(title__contains="退回了").exists()


def test_what_was_submitted_keeps_the_demands_of_its_day(world: World, keeper: Person) -> None:
    later = demand(world, keeper, post_of(world.reviewer), valid_from=clock.today() + timedelta(days=3))
    case = world.noticed()
    request = world.propose_decision(case)
    assert request.countersigning == []
    actions.withdraw_request(actor=world.actor(world.officer), request=request)
    actions.end_countersign(actor=world.actor(keeper), setting=later)
    now = demand(world, keeper, post_of(world.reviewer))
    request = world.propose_decision(case)
    actions.end_countersign(actor=world.actor(keeper), setting=now)
    assert [each["source"] for each in request.countersigning] == [SOURCE]
    assert asked(request) == [(post_of(world.reviewer).pk, True)]


def test_only_the_administrator_sets_it_and_nothing_is_edited(world: World, keeper: Person) -> None:
    with pytest.raises(Refusal, match="单位管理员"):
        demand(world, world.officer, post_of(world.reviewer))
    wrong = {
        "step": "没有", "turn": 0, "objection": "?", "source": " ", "valid_from": clock.today() - timedelta(days=1),
        "post": 10**9,
    }  # fmt: skip
    with pytest.raises(InputFault) as fault:
        actions.set_countersign(actor=world.actor(keeper), agency_code=STREET, **wrong)
    assert set(fault.value.faults) == set(wrong)
    row = demand(world, keeper, post_of(world.reviewer))
    with pytest.raises(InputFault, match="已经会签这一步"):
        demand(world, keeper, post_of(world.reviewer))
    with pytest.raises(Refusal):
        actions.end_countersign(actor=world.actor(world.officer), setting=row)
    actions.end_countersign(actor=world.actor(keeper), setting=row)
    with pytest.raises(Refusal, match="已经停用"):
        actions.end_countersign(actor=world.actor(keeper), setting=row)
    told = StoredEvent.objects.unscoped("测试").filter(activity__startswith="countersign_").order_by("seq")
    assert [each.activity for each in told] == ["countersign_set", "countersign_ended"]


def test_it_is_set_on_its_page_and_seen_where_the_step_is_written(world: World, keeper: Person) -> None:
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    page = "/approvals/countersigns"
    assert "没有设会签" in client.get(page).content.decode()
    given = {
        "step": "case_filed", "post": post_of(world.reviewer).pk, "turn": 1, "objection": "decide",
        "valid_from": clock.today().isoformat(), "source": "",
    }  # fmt: skip
    assert client.post(page, given).status_code == 422
    shown = client.post(page, given | {"source": SOURCE}, follow=True).content.decode()
    assert SOURCE in shown and "停用" in shown
    officer = Client()
    officer.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert SOURCE in officer.get(page).content.decode()
    assert officer.post(page, given).status_code == 404
    case = world.opened()
    world.take(case, "clue_verified", 39, {"established": True}, findings="现场核实属实。")
    step = officer.get(f"/cases/{case.matter_id}/steps/case_filed").content.decode()
    assert "先经" in step and "法制审核会签" in step
    ended = client.post(page, {"end": CountersignSetting.objects.get().pk}, follow=True).content.decode()
    assert "以前的 1 项" in ended
