"""A post that waiting work needs and nobody holds: found, told to the administrator, shown, and closed when filled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.cases import actions
from plumbline.apps.cases.approval_desk import empty_posts
from plumbline.apps.cases.models import Vacancy
from plumbline.apps.cases.vacancies import look_for_vacancies
from plumbline.platform import clock
from plumbline.platform.identity.models import Deputy, Tenure
from plumbline.platform.notify.models import notices_for
from plumbline.platform.verdicts.evaluation import clock_passes

from .world import STREET, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World):  # type: ignore[no-untyped-def]
    return world.person("fang", "方敏", "", STREET, "综合岗", ["agency.administer"], "other", staff="LX1")


def leave(world: World) -> None:
    Tenure.objects.filter(person=world.head).update(to_on=clock.today() - timedelta(days=1))


def test_the_hourly_pass_is_asked(world: World) -> None:
    assert look_for_vacancies in clock_passes()


def test_an_empty_post_is_told_and_closed_when_a_deputy_comes(world: World, clerk) -> None:  # type: ignore[no-untyped-def]
    world.propose_decision(world.noticed())
    assert look_for_vacancies() == 0
    leave(world)
    assert look_for_vacancies() == 1
    assert look_for_vacancies() == 1
    told = notices_for(world.actor(clerk)).filter(title__startswith="岗位空缺")
    assert told.count() == 1 and "审批立案与决定" in told.get().title
    shown = empty_posts(world.actor(clerk))
    assert shown is not None and shown["rows"][0]["row"].waiting == 1
    assert empty_posts(world.actor(world.officer)) is None
    today = clock.today()
    post = world.head.tenures.get().post
    Deputy.objects.create(person=world.reviewer, post=post, from_on=today, to_on=today, reason="岗位空缺")
    assert look_for_vacancies() == 0
    assert empty_posts(world.actor(clerk)) is None
    assert Vacancy.objects.get().filled_at is not None


def test_submitting_to_an_empty_post_is_told_at_once(world: World, clerk) -> None:  # type: ignore[no-untyped-def]
    case = world.noticed()
    leave(world)
    world.propose_decision(case)
    assert notices_for(world.actor(clerk)).filter(title__startswith="岗位空缺").count() == 1


def test_who_submitted_does_not_count_as_the_approver(world: World, clerk) -> None:  # type: ignore[no-untyped-def]
    both = world.person(
        "shuang", "双岗", "HB003", STREET, "副主任", ["cases.handle", "cases.approve"], "agency_head"
    )
    case = world.noticed()
    leave(world)
    actions.submit_step(
        actor=world.actor(both),
        case=case,
        step="decision_made",
        data=world.decision(),
        details={"facts": "事实。", "reasons": "理由。"},
    )
    assert Vacancy.objects.filter(filled_at=None, capability="cases.approve").exists()
    assert look_for_vacancies() == 1


def test_a_post_that_was_passed_a_request_and_left_is_named(world: World, clerk) -> None:  # type: ignore[no-untyped-def]
    other = world.person("fu", "傅", "", STREET, "副主任", ["cases.approve"], "agency_head", staff="HD2")
    request = world.propose_decision(world.noticed())
    post = other.tenures.get().post
    actions.transfer_request(actor=world.actor(world.head), request=request, post=post.pk, reason="分管")
    Tenure.objects.filter(person=other).update(to_on=clock.today() - timedelta(days=1))
    assert look_for_vacancies() == 1
    assert Vacancy.objects.get(filled_at=None).post == post
