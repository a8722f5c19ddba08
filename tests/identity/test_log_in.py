"""Log-in: the two factors, the lock-out, and the end of an idle session."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from plumbline.platform.identity import totp
from plumbline.platform.identity.models import Person

from .conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]


def attempt(client: Client, password: str, login: str = "zhou", **extra: str) -> Any:
    return client.post("/login", {"username": login, "password": password, **extra})


def test_right_password_enters_and_wrong_one_says_what_to_do(hire: Callable[..., Any]) -> None:
    hire("zhou")
    client = Client()
    wrong = attempt(client, "not-the-password")
    assert wrong.status_code == 200 and "登录名或密码不对" in wrong.content.decode()
    right = attempt(client, PASSWORD)
    assert right.status_code == 302 and right["Location"] == "/desk"


def test_log_in_never_leads_to_another_site(hire: Callable[..., Any]) -> None:
    hire("zhou")
    assert attempt(Client(), PASSWORD, next="https://example.org/x")["Location"] == "/desk"
    assert attempt(Client(), PASSWORD, next="/me")["Location"] == "/me"


def test_five_failures_lock_account_and_source_but_nobody_else(hire: Callable[..., Any]) -> None:
    hire("zhou")
    hire("chen")
    client = Client()
    answers = [attempt(client, "wrong-password").status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-1] == 429
    assert attempt(client, PASSWORD).status_code == 429, "the right password must not open a locked account"
    assert attempt(client, PASSWORD, "chen").status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    assert attempt(elsewhere, PASSWORD).status_code == 302


def test_a_person_with_an_authenticator_is_not_in_before_the_code(hire: Callable[..., Any]) -> None:
    person = hire("zhou")
    secret = totp.new_secret()
    Person.objects.filter(pk=person.pk).update(totp_secret=secret)
    client = Client()
    assert attempt(client, PASSWORD)["Location"] == "/login/code"
    assert client.get("/me").status_code == 302, "the first factor alone must open nothing"
    assert client.post("/login/code", {"code": totp.code_at(secret, time.time())}).status_code == 302
    assert client.get("/me").status_code == 200


def test_a_used_code_is_refused(hire: Callable[..., Any]) -> None:
    person = hire("zhou")
    person.totp_secret = totp.new_secret()
    person.save()
    moment = 1_700_000_000.0
    code = totp.code_at(person.totp_secret, moment)
    assert totp.accept(person, code, moment=moment)
    assert not totp.accept(person, code, moment=moment), "the same code again"
    assert not totp.accept(person, code, moment=moment + totp.STEP_SECONDS), (
        "and within the drift of one step"
    )
    later = moment + 2 * totp.STEP_SECONDS
    assert totp.accept(person, totp.code_at(person.totp_secret, later), moment=later)


def test_a_code_too_old_is_refused(hire: Callable[..., Any]) -> None:
    person = hire("zhou")
    person.totp_secret = totp.new_secret()
    moment = 1_700_000_000.0
    old = totp.code_at(person.totp_secret, moment - 3 * totp.STEP_SECONDS)
    assert not totp.accept(person, old, moment=moment)


def test_five_wrong_codes_send_back_to_the_password(hire: Callable[..., Any]) -> None:
    person = hire("zhou")
    secret = totp.new_secret()
    Person.objects.filter(pk=person.pk).update(totp_secret=secret)
    client = Client()
    attempt(client, PASSWORD)
    wrong = next(c for c in ("000000", "000001", "000002", "000003") if not _near(secret, c))
    for _ in range(4):
        assert client.post("/login/code", {"code": wrong}).status_code == 200
    assert client.post("/login/code", {"code": wrong})["Location"] == "/login"
    right = totp.code_at(secret, time.time())
    assert client.post("/login/code", {"code": right})["Location"] == "/login", "the first factor is spent"


def _near(secret: str, code: str) -> bool:
    return code in {totp.code_at(secret, time.time() + drift * 30) for drift in range(-2, 4)}


def test_an_idle_session_ends(hire: Callable[..., Any]) -> None:
    client = Client()
    client.force_login(hire("zhou"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/me").status_code == 200
    session = client.session
    session["seen_at"] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 5
    session.save()
    assert client.get("/me").status_code == 302
    assert "_auth_user_id" not in client.session


def test_pages_about_oneself_want_a_log_in() -> None:
    for address in ("/me", "/me/password", "/me/authenticator"):
        answer = Client().get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/login"), address


def test_log_out_takes_a_post(hire: Callable[..., Any]) -> None:
    client = Client()
    client.force_login(hire("zhou"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/logout").status_code == 405
    client.post("/logout")
    assert client.get("/me").status_code == 302
