"""Shared by the views: the actor of a request, the document it names, and the small form that most of them are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible

from ..models import NormDoc


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def document_of(request: HttpRequest, matter_id: str) -> NormDoc:
    """The visible document with its units; 404 alike for missing and out of scope."""
    rows = NormDoc.objects.visible_to(actor_of(request)).filter(matter_id=matter_id)
    found = rows.select_related("agency", "maker", "plan").first()
    return found or get_visible(NormDoc, actor_of(request), matter_id=matter_id)


def tried(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the action went through; what it says against the input stands at the fields it names."""
    try:
        act()
    except InputFault as fault:
        for name, sentence in fault.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def small_form(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[[], Any],
    title: str,
    button: str,
    back: str,
    done: str,
    crumbs: list[tuple[str, str]],
    then: str = "",
    **context: Any,
) -> HttpResponse:
    """A page that is one form: shows it, tries the action, says what was done."""
    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, done)
        return redirect(then or back)
    context |= {"form": form, "title": title, "button": button, "back": back, "crumbs": crumbs}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "normdocs/small_form.html", context, status=status)
