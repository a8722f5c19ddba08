"""What every page does that carries out an action: who asks, and where what the action says against the input is put."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks, as the middleware found them; nobody signed in is an actor without rights."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def put_faults(form: BaseForm, fault: InputFault | Refusal) -> None:
    """Put each fault at the field it names. A refusal, and what names no field of this form, stands above the form."""
    if isinstance(fault, Refusal):
        form.add_error(None, str(fault))
        return
    for name, sentence in fault.faults.items():
        form.add_error(name if name in form.fields else None, sentence)


def tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What the action gave (True where it gives nothing), or None after its answer was put on the form."""
    try:
        found = act()
    except (InputFault, Refusal) as fault:
        put_faults(form, fault)
        return None
    return True if found is None else found


def form_page(
    request: HttpRequest,
    *,
    form: BaseForm,
    act: Callable[[], Any],
    title: str,
    button: str,
    back: str,
    done: str | Callable[[Any], str],
    crumbs: Sequence[tuple[str, str]] = (),
    then: str | Callable[[Any], str] = "",
    template: str = "ui/form_page.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form: shows it, carries the action out, says what was ``done`` and goes on.

    ``crumbs`` are the pages above it (label, address), ``back`` is where it is left without doing anything. ``then`` is
    where it goes on; without it, ``back``. Both ``done`` and ``then`` may be reckoned from what the action gave. The
    template shows ``about``, ``note`` and ``quoted`` where they are given, or extends ``ui/form_page.html`` by more.
    """
    if request.method == "POST" and form.is_valid():
        found = tried(form, act)
        if found is not None:
            messages.success(request, done(found) if callable(done) else done)
            return redirect(then(found) if callable(then) else then or back)
    context |= {"form": form, "title": title, "button": button, "back": back, "crumbs": crumbs}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
