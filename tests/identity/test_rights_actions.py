"""Changing accounts and rights: each act succeeds for the security administrator, is recorded, and counts at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import AccessRecord, StoredEvent
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import AdministratorAppointment, Person, Post, Tenure
from plumbline.platform.identity.rights import accounts, appointing
from plumbline.surfaces.workbench.actions import give_feedback

from .conftest import PASSWORD
from .test_walls import app_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]
DAY = timedelta(days=1)


def logged(**wanted: Any) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(kind="rights", **wanted).order_by("seq")
    return list(rows.values_list("activity", flat=True))


def actor_of(person: Person) -> Actor:
    return Actor.of(person, on=clock.today())


@pytest.fixture
def appoint(hire: Callable[..., Any]) -> Callable[[str, str], Person]:
    def make(login: str, power: str) -> Person:
        person = hire(login)
        AdministratorAppointment.objects.create(person=person, power=power, from_on=clock.today() - 30 * DAY)
        return person  # type: ignore[no-any-return]

    return make


@pytest.fixture
def security(appoint: Callable[[str, str], Person]) -> Actor:
    return actor_of(appoint("anquan", "security"))


@pytest.fixture
def clerk(hire: Callable[..., Any]) -> Person:
    return hire("zhou", "T-A", ("cases.view",))  # type: ignore[no-any-return]


def test_an_account_is_opened_without_rights_and_with_a_password_to_change(security: Actor) -> None:
    person, password = accounts.create_person(actor=security, login_name=" Wang.Wei ", display_name="王伟")
    assert (person.login_name, person.check_password(password)) == ("wang.wei", True)
    assert person.one_time_until is not None and actor_of(person).grants == ()
    assert logged() == ["person_created"]
    event = StoredEvent.objects.unscoped("测试").get()
    assert password not in str(event.data) and "王伟" not in str(event.data), "pseudonyms only"
    with pytest.raises(InputFault, match="已有人使用"):
        accounts.create_person(actor=security, login_name="wang.wei", display_name="王伟二")
    with pytest.raises(InputFault, match="登录名"):
        accounts.create_person(actor=security, login_name="王伟", display_name="王伟")


def test_whatever_is_written_works_with_the_role_that_serves(security: Actor, clerk: Person) -> None:
    """An administrator's connection sees no agency: the row it adds to the log must still come back."""
    from plumbline.platform.scope.rows import set_database_scope

    with app_role():
        set_database_scope(security.reach("cases.view"))
        accounts.end_sessions(actor=security, person=clerk)
        give_feedback(actor=security, kind="wish", text="希望更快。")
    set_database_scope(None)
    assert logged() == ["sessions_ended"]


ACTS: list[tuple[str, Callable[..., Any]]] = [
    ("disable", lambda a, p: accounts.disable_person(actor=a, person=p, reason="调离")),
    ("enable", lambda a, p: accounts.enable_person(actor=a, person=p)),
    ("password", lambda a, p: accounts.reset_password(actor=a, person=p)),
    ("authenticator", lambda a, p: accounts.reset_authenticator(actor=a, person=p)),
    ("sessions", lambda a, p: accounts.end_sessions(actor=a, person=p)),
    ("tenure", lambda a, p: appointing.start_tenure(
        actor=a, person=p, post=Post.objects.earliest("pk"), from_on=clock.today(), to_on=None)),
    ("deputy", lambda a, p: appointing.appoint_deputy(
        actor=a, person=p, post=Post.objects.earliest("pk"), from_on=clock.today(), to_on=clock.today(), reason="出差")),
    ("power", lambda a, p: appointing.appoint_administrator(
        actor=a, person=p, power="audit", from_on=clock.today(), to_on=None)),
]  # fmt: skip


@pytest.mark.parametrize("act", [each for _, each in ACTS], ids=[name for name, _ in ACTS])
def test_nobody_else_changes_an_account_and_nobody_his_own(
    act: Callable[..., Any],
    appoint: Callable[[str, str], Person],
    security: Actor,
    clerk: Person,
    hire: Callable[..., Any],
) -> None:
    mighty = hire("mighty", "T-A", ("agency.administer", "supervision.supervise"), "district")
    others = [appoint("xitong", "system"), appoint("shenji", "audit"), mighty, clerk]
    target = hire("target")
    for person in others:
        with pytest.raises(Refusal, match="只有安全管理员"):
            act(actor_of(person), target)
    with pytest.raises(Refusal, match="自己"):
        act(security, Person.objects.get(pk=security.person_id))
    assert logged() == []
    assert AccessRecord.objects.filter(kind="refused").count() == len(others) + 1


def test_an_account_is_closed_at_once_and_opened_again(security: Actor, clerk: Person) -> None:
    client = Client()
    assert client.post("/login", {"username": "zhou", "password": PASSWORD}).status_code == 302
    assert client.get("/me").status_code == 200
    with pytest.raises(InputFault):
        accounts.disable_person(actor=security, person=clerk, reason=" ")
    accounts.disable_person(actor=security, person=clerk, reason="调离")
    assert client.get("/me").status_code == 302, "the open session must end with the account"
    assert Client().post("/login", {"username": "zhou", "password": PASSWORD}).status_code == 200
    accounts.enable_person(actor=security, person=clerk)
    assert client.get("/me").status_code == 302, "an old session must not come back to life"
    assert Client().post("/login", {"username": "zhou", "password": PASSWORD}).status_code == 302
    assert logged() == ["person_disabled", "person_enabled"]


def test_a_reset_password_ends_the_sessions_and_opens_only_the_change_of_password(
    security: Actor, clerk: Person
) -> None:
    old = Client()
    old.post("/login", {"username": "zhou", "password": PASSWORD})
    given = accounts.reset_password(actor=security, person=clerk)
    assert old.get("/me").status_code == 302
    client = Client()
    assert client.post("/login", {"username": "zhou", "password": PASSWORD}).status_code == 200
    client.post("/login", {"username": "zhou", "password": given})
    for path in ("/desk", "/me", "/law/rules"):
        assert client.get(path)["Location"] == "/me/password"
    same = {"old_password": given, "new_password1": given, "new_password2": given}
    assert client.post("/me/password", same).status_code == 200, "the one-time password cannot be kept"
    own = {"old_password": given, "new_password1": "new-horse-battery", "new_password2": "new-horse-battery"}
    assert client.post("/me/password", own).status_code == 302
    assert client.get("/me").status_code == 200
    assert logged() == ["password_reset"]


def test_a_one_time_password_runs_out(security: Actor, clerk: Person) -> None:
    given = accounts.reset_password(actor=security, person=clerk)
    Person.objects.filter(pk=clerk.pk).update(one_time_until=clock.now() - timedelta(seconds=1))
    answer = Client().post("/login", {"username": "zhou", "password": given})
    assert answer.status_code == 200 and "一次性密码已过期" in answer.content.decode()


def test_a_lost_authenticator_is_forgotten(security: Actor, clerk: Person) -> None:
    Person.objects.filter(pk=clerk.pk).update(totp_secret="JBSWY3DPEHPK3PXP")
    accounts.reset_authenticator(actor=security, person=clerk)
    clerk.refresh_from_db()
    assert clerk.totp_secret == "" and logged() == ["authenticator_reset"]


def test_sessions_end_without_touching_the_password(security: Actor, clerk: Person) -> None:
    client = Client()
    client.post("/login", {"username": "zhou", "password": PASSWORD})
    accounts.end_sessions(actor=security, person=clerk)
    assert client.get("/me").status_code == 302
    assert client.post("/login", {"username": "zhou", "password": PASSWORD}).status_code == 302


def test_a_post_its_term_and_its_end_count_at_once(
    security: Actor, hire: Callable[..., Any], agencies: Any
) -> None:
    person = hire("wu")
    post = appointing.create_post(
        actor=security, agency=agencies["T-B"], title="法制审核员", role="officer", scope="agency",
        capabilities=["cases.view", "cases.review"],
    )  # fmt: skip
    with pytest.raises(InputFault, match="已有岗位"):
        appointing.create_post(
            actor=security, agency=agencies["T-B"], title="法制审核员", role="officer", scope="agency", capabilities=[]
        )  # fmt: skip
    tenure = appointing.start_tenure(
        actor=security, person=person, post=post, from_on=clock.today() - 3 * DAY, to_on=None
    )
    assert actor_of(person).can("cases.review", "T-B")
    with pytest.raises(InputFault, match="已经担任"):
        appointing.start_tenure(actor=security, person=person, post=post, from_on=clock.today(), to_on=None)
    appointing.change_post(
        actor=security, post=post, capabilities=["cases.view"], scope="agency", reason="三定方案调整"
    )
    assert actor_of(person).capabilities == {"cases.view"}
    with pytest.raises(InputFault, match="没有变化"):
        appointing.change_post(
            actor=security, post=post, capabilities=["cases.view"], scope="agency", reason="无"
        )
    with pytest.raises(InputFault, match="没有这些权能"):
        appointing.change_post(
            actor=security, post=post, capabilities=["cases.all"], scope="agency", reason="试"
        )
    with pytest.raises(InputFault, match="不倒改"):
        appointing.end_tenure(actor=security, tenure=tenure, on=clock.today() - 2 * DAY)
    appointing.end_tenure(actor=security, tenure=tenure, on=clock.today() - DAY)
    assert actor_of(person).grants == ()
    assert logged() == ["post_created", "tenure_started", "post_changed", "tenure_ended"]
    changed = StoredEvent.objects.unscoped("测试").get(activity="post_changed")
    assert (changed.data["removed"], changed.agency_code) == (["cases.review"], "T-B")


def test_a_term_that_began_today_is_taken_back(security: Actor, clerk: Person, agencies: Any) -> None:
    post = Post.objects.create(agency=agencies["T-B"], title="错了", capabilities=["cases.view"])
    tenure = appointing.start_tenure(
        actor=security, person=clerk, post=post, from_on=clock.today(), to_on=None
    )
    appointing.end_tenure(actor=security, tenure=tenure, on=clock.today() - DAY)
    assert not actor_of(clerk).can("cases.view", "T-B") and not Tenure.objects.filter(pk=tenure.pk).exists()
    assert logged() == ["tenure_started", "tenure_ended"]


def test_a_deputy_is_dated_has_a_reason_and_can_be_ended(
    security: Actor, clerk: Person, hire: Callable[..., Any]
) -> None:
    hire("holder", "T-B", ("cases.approve",))
    post = Post.objects.get(agency_id="T-B")
    days = {"from_on": clock.today() - DAY, "to_on": clock.today() + 5 * DAY}
    with pytest.raises(InputFault):
        appointing.appoint_deputy(actor=security, person=clerk, post=post, **days, reason="")
    deputy = appointing.appoint_deputy(actor=security, person=clerk, post=post, **days, reason="休假")
    assert actor_of(clerk).can("cases.approve", "T-B")
    with pytest.raises(InputFault, match="已经代理"):
        appointing.appoint_deputy(actor=security, person=clerk, post=post, **days, reason="休假")
    with pytest.raises(InputFault, match="晚于原定"):
        appointing.end_deputy(actor=security, deputy=deputy, on=clock.today() + 9 * DAY)
    appointing.end_deputy(actor=security, deputy=deputy, on=clock.today() - DAY)
    assert not actor_of(clerk).can("cases.approve", "T-B")
    assert logged() == ["deputy_appointed", "deputy_ended"]


def test_one_person_is_never_two_administrators_nor_administrator_and_officer(
    security: Actor, clerk: Person, hire: Callable[..., Any], appoint: Callable[[str, str], Person]
) -> None:
    today = clock.today()
    chosen = hire("chosen")
    appointing.appoint_administrator(
        actor=security, person=chosen, power="audit", from_on=today, to_on=today + 9 * DAY
    )
    for power in ("system", "security", "audit"):
        with pytest.raises(InputFault, match="不得由一人兼任"):
            appointing.appoint_administrator(
                actor=security, person=chosen, power=power, from_on=today + 9 * DAY, to_on=None
            )
    with pytest.raises(Refusal, match="还担任或者代理岗位"):
        appointing.appoint_administrator(
            actor=security, person=clerk, power="system", from_on=today, to_on=None
        )
    post = Post.objects.get()
    with pytest.raises(Refusal, match="是管理员"):
        appointing.start_tenure(actor=security, person=chosen, post=post, from_on=today, to_on=None)
    with pytest.raises(Refusal, match="是管理员"):
        appointing.appoint_deputy(
            actor=security, person=chosen, post=post, from_on=today, to_on=today, reason="出差"
        )
    appointing.start_tenure(actor=security, person=chosen, post=post, from_on=today + 10 * DAY, to_on=None)
    old = AdministratorAppointment.objects.get(person=appoint("xitong", "system"))
    appointing.end_appointment(actor=security, appointment=old, on=today - DAY)
    assert actor_of(old.person).administrator == ""
    own = AdministratorAppointment.objects.get(person_id=security.person_id)
    with pytest.raises(Refusal, match="自己"):
        appointing.end_appointment(actor=security, appointment=own, on=today)


def test_the_first_appointment_happens_once(db: None) -> None:
    people = {
        power: (login, login, "correct-horse-battery")
        for power, login in (("system", "xi"), ("security", "an"), ("audit", "shen"))
    }
    part = system_actor("首次任命")
    with pytest.raises(Refusal, match="plumbline appoint"):
        appointing.appoint_first(actor=system_actor("别的"), people=people)
    with pytest.raises(InputFault):
        appointing.appoint_first(actor=part, people={"system": people["system"]})
    with pytest.raises(InputFault, match="审计管理员"):
        appointing.appoint_first(actor=part, people={**people, "audit": ("shen", "沈", "12345")})
    assert not Person.objects.exists(), "all three or none"
    made = appointing.appoint_first(actor=part, people=people)
    assert {actor_of(p).administrator for p in made} == {"system", "security", "audit"}
    assert all(p.one_time_until for p in made)
    assert set(StoredEvent.objects.unscoped("测试").values_list("by_label", flat=True)) == {
        "系统（首次任命）"
    }
    assert logged() == ["person_created", "administrator_appointed"] * 3
    with pytest.raises(Refusal, match="安全管理员"):
        appointing.appoint_first(actor=part, people={k: (f"{v[0]}2", *v[1:]) for k, v in people.items()})
