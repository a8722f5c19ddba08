"""Rights: dated posts and deputies, reach by agency, three administrators that never meet in one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import AdministratorAppointment, Deputy, Post, Tenure

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_a_post_reaches_its_agency_and_those_below_only(hire: Callable[..., Any]) -> None:
    actor = Actor.of(hire("zhou", "T-A", ("cases.view",)), on=DAY)
    assert actor.can("cases.view", "T-A") and actor.can("cases.view", "T-A-1")
    assert not actor.can("cases.view", "T-B")
    assert not actor.can("cases.approve", "T-A")
    assert actor.reach("cases.view") == {"T-A", "T-A-1"}


def test_a_child_agency_does_not_reach_up(hire: Callable[..., Any]) -> None:
    assert not Actor.of(hire("zhou", "T-A-1", ("cases.view",)), on=DAY).can("cases.view", "T-A")


def test_a_district_post_reaches_everything(hire: Callable[..., Any]) -> None:
    actor = Actor.of(hire("zhou", "T-A", ("supervision.supervise",), scope="district"), on=DAY)
    assert actor.reach("supervision.supervise") is None and actor.can("supervision.supervise", "T-B")


def test_nobody_may_anything_without_a_post(hire: Callable[..., Any]) -> None:
    actor = Actor.of(hire("zhou"), on=DAY)
    assert actor.grants == () and actor.reach("cases.view") == frozenset()


def test_rights_begin_and_end_with_the_term_both_days_included(hire: Callable[..., Any]) -> None:
    person = hire("zhou", "T-A", ("cases.view",))
    Tenure.objects.filter(person=person).update(from_on=DAY, to_on=DAY + timedelta(days=3))
    held = [Actor.of(person, on=DAY + timedelta(days=n)).can("cases.view") for n in (-1, 0, 3, 4)]
    assert held == [False, True, True, False]


def test_a_deputy_acts_while_dated(hire: Callable[..., Any]) -> None:
    hire("holder", "T-A", ("cases.approve",))
    deputy = hire("deputy")
    Deputy.objects.create(
        person=deputy, post=Post.objects.get(), from_on=DAY, to_on=DAY + timedelta(days=1), reason="出差"
    )
    held = [Actor.of(deputy, on=DAY + timedelta(days=n)).can("cases.approve", "T-A") for n in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]
    assert all(grant.as_deputy for grant in Actor.of(deputy, on=DAY).grants)


@pytest.mark.parametrize(
    ("first", "second"), [("system", "audit"), ("security", "system"), ("audit", "audit")]
)
def test_one_person_never_holds_two_administrator_powers(
    hire: Callable[..., Any], first: str, second: str
) -> None:
    person = hire("zhou")
    AdministratorAppointment.objects.create(person=person, power=first, from_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministratorAppointment.objects.create(
            person=person, power=second, from_on=DAY + timedelta(days=400)
        )
    assert Actor.of(person, on=DAY).administrator == first


def test_administrator_powers_may_follow_one_another_and_unknown_ones_are_refused(
    hire: Callable[..., Any],
) -> None:
    person = hire("zhou")
    AdministratorAppointment.objects.create(person=person, power="system", from_on=DAY, to_on=DAY)
    AdministratorAppointment.objects.create(person=person, power="audit", from_on=DAY + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministratorAppointment.objects.create(person=hire("chen"), power="super", from_on=DAY)


def test_the_same_post_is_not_held_twice_at_a_time(hire: Callable[..., Any]) -> None:
    person = hire("zhou", "T-A", ("cases.view",))
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(person=person, post=Post.objects.get(), from_on=DAY)


def test_a_post_takes_known_capabilities_only(agencies: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Post(agency=agencies["T-A"], title="x", capabilities=["cases.everything"]).clean()


def test_the_system_acts_by_name() -> None:
    actor = system_actor("verdicts")
    assert (
        actor.number == "system:verdicts"
        and actor.can("cases.view", "T-B")
        and actor.reach("cases.view") is None
    )
