"""Pressed twice, or sent again after a cut: the form is registered once and its sender led to where it led the first time.

``ui/submit.js`` puts a token into each form that is sent; it stays the same until this middleware has said in a cookie
that the submission is done. Other content under the same token is another submission.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

from .models import Submission
from .once import alone_with, under

FIELD = "once"  # hidden, added by ui/submit.js
COOKIE = "sent"  # read by ui/submit.js
COOKIE_SECONDS = 3600
TOKEN = re.compile(r"[0-9a-f]{32}")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class SubmittedOnce:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (token := token_of(request)):
            return self.get_response(request)
        key = key_of(request, token)
        with alone_with(key) as mine:
            if not mine:
                messages.warning(request, "刚才的提交还在办理。请稍等片刻再看结果，不用重新提交。")
                return redirect(request.get_full_path())
            if (earlier := Submission.objects.filter(key=key).first()) is not None:
                messages.info(request, "这份内容刚才已经登记，没有重复登记。")
                return _told(redirect(earlier.location or request.get_full_path()), token)
            with under(key) as current:
                response = self.get_response(request)
            kept = Submission.objects.filter(key=key)
            if not 300 <= response.status_code < 400:
                if response.status_code < 500:
                    kept.delete()  # the form came back to be corrected: the next try is a new one
                return response
            done = kept.update(location=response["Location"])
            # A refusal leads on as well, and so does a session that has ended: what was typed stays with its sender.
            if done or not (
                current.refused or response["Location"].startswith(resolve_url(settings.LOGIN_URL))
            ):
                _told(response, token)
            return response


def _told(response: HttpResponseBase, token: str) -> HttpResponseBase:
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return response


def token_of(request: HttpRequest) -> str:
    """The token of a form that somebody with an account has sent with one, else empty."""
    known = request.actor.person_id is not None  # type: ignore[attr-defined]
    if not known or request.method != "POST" or request.content_type not in FORMS:
        return ""
    try:
        token = request.POST.get(FIELD, "")
    except UnreadablePostError:
        return ""  # cut off on its way here: nobody hears the answer
    return token if TOKEN.fullmatch(token) else ""


def key_of(request: HttpRequest, token: str) -> str:
    """The fingerprint of a submission: who sends what to which address under which token."""
    told: list[tuple[str, str]] = [
        (name, value)
        for name in sorted(request.POST)
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    ]
    for name in sorted(request.FILES):
        told += [(name, f"{file.name} {file.size}") for file in request.FILES.getlist(name)]
    sent = (request.actor.person_id, request.get_full_path(), token, told)  # type: ignore[attr-defined]
    return hashlib.sha256(repr(sent).encode()).hexdigest()
