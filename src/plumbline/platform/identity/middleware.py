"""Puts the actor on the request, ends idle sessions, and tells the database which agencies the actor may see."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from plumbline.platform import clock
from plumbline.platform.scope.rows import set_database_scope

from .actor import ANONYMOUS, Actor

# What a reader of any of these may see of cases, as far as the second wall in the database is concerned.
READING = (
    "cases.handle",
    "cases.approve",
    "cases.review",
    "cases.view",
    "documents.sign",
    "challenges.reconsider",
    "publicity.publish",
    "supervision.supervise",
    "supervision.sign",
    "supervision.decide",
    "supervision.reply",
    "normdocs.draft",
    "normdocs.review",
    "normdocs.publish",
    "registers.maintain",
    "reports.prepare",
    "programme.report",
    "exchange.import",
    "complaints.handle",
    "complaints.custody",
    "transfers.handle",
    "volunteers.manage",
    "linkage.liaise",
)


# All that a one-time password opens.
OWN_PASSWORD = frozenset({"/me/password", "/logout", "/ui/large-type"})


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        set_database_scope(request.actor.reach(*READING))  # type: ignore[attr-defined]
        if self._must_change_password(request):
            messages.warning(request, "您用的是一次性密码。请先改成自己的密码，再办理业务。")
            return redirect("change-password")
        return self.get_response(request)

    @staticmethod
    def _must_change_password(request: HttpRequest) -> bool:
        # The actor is asked first: who is not logged in has no session that is worth reading.
        if request.actor.person_id is None or request.path in OWN_PASSWORD:  # type: ignore[attr-defined]
            return False
        return request.user.is_authenticated and request.user.one_time_until is not None

    def _actor(self, request: HttpRequest) -> Actor:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return ANONYMOUS
        moment = int(time.time())
        seen = request.session.get("seen_at", moment)
        if moment - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
            messages.warning(request, "登录已过期。您填写的内容保存在本机，重新登录后继续。")
            return ANONYMOUS
        if moment - seen > 60 or "seen_at" not in request.session:
            request.session["seen_at"] = moment
        return Actor.of(request.user, on=clock.today())
