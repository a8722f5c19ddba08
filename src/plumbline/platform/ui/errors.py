"""Defects: a reference number for the user, the full context for us."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.platform.actions import Refusal
from plumbline.platform.scope.querysets import ScopeMissing

log = logging.getLogger("plumbline.defects")


def new_reference() -> str:
    """A short number a person can read out on the telephone, e.g. E-7F3A2C."""
    return f"E-{secrets.token_hex(3).upper()}"


class ErrorReferenceMiddleware:
    """Turns an uncaught refusal into a page that says why, and any other defect into one with a reference number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return render(request, "ui/refused.html", {"refusal": exception}, status=403)
        if isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation):
            return None  # an answer, not a defect: a missing page must not fill the log
        request.error_reference = new_reference()  # type: ignore[attr-defined]
        actor = getattr(request, "actor", None)
        log.error(
            "%s %s %s by %s",
            request.error_reference,  # type: ignore[attr-defined]
            request.method,
            request.get_full_path(),
            actor.number if actor else "-",
            exc_info=exception,
            extra={"scope_missing": isinstance(exception, ScopeMissing)},
        )
        return None
