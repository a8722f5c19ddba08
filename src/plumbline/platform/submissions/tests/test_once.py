"""The same form sent twice, with a crash in between, refused, corrected, or by somebody else."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from plumbline.platform import clock
from plumbline.platform.submissions.middleware import COOKIE, SubmittedOnce
from plumbline.platform.submissions.models import Submission
from plumbline.platform.submissions.once import alone_with, forget_old, keep_current, refuse_current

pytestmark = pytest.mark.django_db
TOKEN, OTHER = "a" * 32, "b" * 32


class Sender:
    """Sends forms to a view that writes as an action does, and counts what was written."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.answers: list[HttpResponse | Exception] = []

    def view(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.pop(0) if self.answers else redirect("/cases/1")
        if not isinstance(answer, HttpResponse) or answer.status_code == 302:
            with transaction.atomic():
                self.written.append(request.POST["words"])
                keep_current()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sends(self, words: str, *, token: str = TOKEN, person: int | None = 1, **more: Any) -> HttpResponse:
        request = RequestFactory().post("/cases/new", {"words": words, "once": token, **more})
        request.actor = type("Person", (), {"person_id": person})()  # type: ignore[attr-defined]
        chain = SessionMiddleware(MessageMiddleware(SubmittedOnce(self.view)))
        return chain(request)  # type: ignore[return-value]


@pytest.fixture
def sender() -> Sender:
    return Sender()


def test_sent_twice_is_registered_once_and_leads_to_the_same_place(sender: Sender) -> None:
    first, second = (
        sender.sends("线索", csrfmiddlewaretoken="x"),
        sender.sends("线索", csrfmiddlewaretoken="y"),
    )
    assert sender.written == ["线索"]
    assert first["Location"] == second["Location"] == "/cases/1"
    assert first.cookies[COOKIE].value == second.cookies[COOKIE].value == TOKEN


def test_other_words_another_token_another_person_and_no_token_are_submissions_of_their_own(
    sender: Sender,
) -> None:
    sender.sends("线索")
    sender.sends("改过的线索")
    sender.sends("线索", token=OTHER)
    sender.sends("线索", person=2)
    for _ in range(2):
        sender.sends("线索", token="")
        assert COOKIE not in sender.sends("线索", person=None).cookies
    assert len(sender.written) == 8


def test_a_process_that_dies_after_its_commit_has_still_registered(sender: Sender) -> None:
    sender.answers = [RuntimeError("killed")]
    with pytest.raises(RuntimeError):
        sender.sends("线索")
    assert sender.sends("线索")["Location"] == "/cases/new"
    assert sender.written == ["线索"]


def test_what_was_refused_or_has_to_be_corrected_may_be_tried_again(sender: Sender) -> None:
    sender.answers = [HttpResponse("请填写", status=200), redirect("/cases/2")]
    assert COOKIE not in sender.sends("线索").cookies
    assert sender.sends("线索")["Location"] == "/cases/2"
    assert sender.written == ["线索"]
    assert Submission.objects.count() == 1


def test_a_refusal_and_a_log_in_leave_the_draft_with_its_sender(sender: Sender) -> None:
    def refuses(request: HttpRequest) -> HttpResponse:
        refuse_current()
        return redirect("/cases/3")

    sender.view = refuses  # type: ignore[method-assign]
    for _ in range(2):
        answer = sender.sends("线索")
        assert answer["Location"] == "/cases/3" and COOKIE not in answer.cookies
    sender.view = lambda request: redirect("/login?next=/cases/new")  # type: ignore[method-assign]
    assert COOKIE not in sender.sends("别的").cookies
    assert not Submission.objects.exists()


def test_while_the_first_is_under_way_the_second_waits_and_then_says_so(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plumbline.platform.submissions import once

    monkeypatch.setattr(once, "PATIENCE", 0.15)
    key, held, found = "f" * 64, threading.Event(), threading.Event()

    def holds() -> None:
        with alone_with(key) as mine:
            assert mine
            held.set()
            found.wait(5)
        connection.close()

    other = threading.Thread(target=holds)
    other.start()
    held.wait(5)
    with alone_with(key) as mine:
        assert not mine
    found.set()
    other.join()
    with alone_with(key) as mine:
        assert mine


def test_it_is_forgotten_after_a_day(sender: Sender) -> None:
    sender.sends("线索")
    forget_old()
    assert Submission.objects.count() == 1
    forget_old(now=clock.now() + timedelta(hours=25))
    assert Submission.objects.count() == 0
