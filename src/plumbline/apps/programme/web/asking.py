"""What the pages share: who asks, for which programme, on which day; and small forms on pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor

from ..models import Programme
from ..policies import may_read

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def demand(allowed: Decision) -> None:
    """Refuse with the policy's own words."""
    if not allowed:
        raise Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step)


def programme_for(request: HttpRequest, key: str) -> tuple[Actor, Programme]:
    """The programme for somebody who takes part in one or oversees it."""
    actor = actor_of(request)
    demand(may_read(actor))
    return actor, get_object_or_404(Programme.objects.select_related("agency"), key=key)


def day_asked(request: HttpRequest, programme: Programme) -> date:
    """The day of the address (``on``), within the programme's life; its own day when none is asked."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return programme.today()
    return min(max(asked, programme.from_on), programme.today())


def settle(fault: InputFault | Refusal, form: Any) -> None:
    """Put what an action says into the form it came from."""
    if isinstance(fault, Refusal):
        form.add_error(None, str(fault))
        return
    for name, words in fault.faults.items():
        form.add_error(name if name in form.fields else None, words)


def small_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[Any], Any],
    *,
    programme: Programme,
    title: str,
    button: str,
    done: str,
    back: str,
    about: str = "",
    context: dict[str, Any] | None = None,
    template: str = "programme/form.html",
) -> HttpResponse:
    """A form on its own page: what is wrong is said at the field, otherwise back to where it came from."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except (InputFault, Refusal) as fault:
            settle(fault, form)
        else:
            messages.success(request, done)
            return redirect(back)
    given = {
        "programme": programme, "form": form, "title": title, "button": button, "about": about, "back": back, **(context or {}),
    }  # fmt: skip
    return render(request, template, given, status=422 if form.errors else 200)


def kept_file(sha256: str, name: str, content_type: str) -> FileResponse:
    response = FileResponse(open_kept(sha256), as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    return response


def download(data: bytes, name: str, form: str) -> HttpResponse:
    from urllib.parse import quote

    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    return response
