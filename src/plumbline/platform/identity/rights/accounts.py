"""Actions on accounts: create, disable, enable, reset password and authenticator, end sessions."""

from __future__ import annotations

import re

from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .events import (
    AUTHENTICATOR_RESET,
    PASSWORD_RESET,
    PERSON_CREATED,
    PERSON_DISABLED,
    PERSON_ENABLED,
    SESSIONS_ENDED,
)
from .passwords import give_one_time_password, new_one_time_password
from .policies import BASIS_IDENTITY, BASIS_RIGHTS, may_change_person, may_keep_rights
from .recording import keep

LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}")


def new_person(*, login_name: str, display_name: str, password: str, **numbers: str) -> Person:
    """Save an account with a one-time password, or say which field has to change."""
    login, name = login_name.strip().lower(), display_name.strip()
    faults = {}
    if not LOGIN_NAME.fullmatch(login):
        faults["login_name"] = "“登录名”应为 2 至 39 个小写字母、数字、点、横线或下划线，以字母或数字开头。"
    elif Person.objects.filter(login_name=login).exists():
        faults["login_name"] = f"登录名 {login} 已有人使用。请换一个；同名的人可以加数字。"
    if not name:
        faults["display_name"] = "请填写“姓名”。"
    if faults:
        raise InputFault(faults)
    person = Person(login_name=login, display_name=name, **{k: v.strip() for k, v in numbers.items()})
    give_one_time_password(person, password)
    person.save()
    return person


@action("identity.create_person", policy=may_keep_rights, records=(PERSON_CREATED,), basis=BASIS_IDENTITY)
def create_person(
    *, actor: Actor, login_name: str, display_name: str, staff_number: str = "", certificate_number: str = ""
) -> tuple[Person, str]:
    """Open an account without any right; returns it with its one-time password, which is kept nowhere."""
    password = new_one_time_password()
    if certificate_number and Person.objects.filter(certificate_number=certificate_number.strip()).exists():
        raise InputFault({"certificate_number": "这个执法证号已经登记在另一个账号上。请核对。"})
    person = new_person(
        login_name=login_name,
        display_name=display_name,
        password=password,
        staff_number=staff_number,
        certificate_number=certificate_number,
    )
    keep(actor, PERSON_CREATED, person=person)
    return person, password


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _end_sessions(person: Person) -> None:
    person.session_generation += 1


@action(
    "identity.disable_person",
    policy=may_change_person,
    on="person",
    records=(PERSON_DISABLED,),
    basis=BASIS_IDENTITY,
)
def disable_person(*, actor: Actor, person: Person, reason: str) -> Person:
    """Close an account at once, sessions included. Its posts stay on record and its past acts keep their name."""
    if not reason.strip():
        raise InputFault({"reason": "请写明停用的理由，例如调离、退休。"})
    current = _locked(person)
    if current.is_active:
        current.is_active = False
        _end_sessions(current)
        current.save(update_fields=["is_active", "session_generation"])
        keep(actor, PERSON_DISABLED, person=current, reason=reason.strip()[:200])
    return current


@action(
    "identity.enable_person",
    policy=may_change_person,
    on="person",
    records=(PERSON_ENABLED,),
    basis=BASIS_IDENTITY,
)
def enable_person(*, actor: Actor, person: Person) -> Person:
    """Open a closed account again; password and rights are what they were."""
    current = _locked(person)
    if not current.is_active:
        current.is_active = True
        current.save(update_fields=["is_active"])
        keep(actor, PERSON_ENABLED, person=current)
    return current


@action(
    "identity.reset_password",
    policy=may_change_person,
    on="person",
    records=(PASSWORD_RESET,),
    basis=BASIS_IDENTITY,
)
def reset_password(*, actor: Actor, person: Person) -> str:
    """Give a new one-time password and end the sessions; the old password opens nothing from now on."""
    current, password = _locked(person), new_one_time_password()
    give_one_time_password(current, password)
    _end_sessions(current)
    current.save(update_fields=["password", "one_time_until", "session_generation"])
    keep(actor, PASSWORD_RESET, person=current)
    return password


@action(
    "identity.reset_authenticator",
    policy=may_change_person,
    on="person",
    records=(AUTHENTICATOR_RESET,),
    basis=BASIS_IDENTITY,
)
def reset_authenticator(*, actor: Actor, person: Person) -> Person:
    """Forget a lost authenticator and end the sessions; the password alone opens the account until a new one is set."""
    current = _locked(person)
    if current.totp_secret:
        current.totp_secret = ""
        _end_sessions(current)
        current.save(update_fields=["totp_secret", "session_generation"])
        keep(actor, AUTHENTICATOR_RESET, person=current)
    return current


@action(
    "identity.end_sessions",
    policy=may_change_person,
    on="person",
    records=(SESSIONS_ENDED,),
    basis=BASIS_RIGHTS,
)
def end_sessions(*, actor: Actor, person: Person) -> Person:
    """Log a person out everywhere at the next request."""
    current = _locked(person)
    _end_sessions(current)
    current.save(update_fields=["session_generation"])
    keep(actor, SESSIONS_ENDED, person=current)
    return current
