"""What the pages do alike: who asks, which row, a form that is one page."""

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
from plumbline.platform.ui.components import Tag

from ..models import Coordination, State

HOME = ("移送协作", "/transfers")
TAGS = {
    State.SENT: ("amb", "◆"),
    State.CONSULTING: ("amb", "◆"),
    State.COORDINATING: ("amb", "◆"),
    State.WORKING: ("blu", "●"),
    State.ANSWERED: ("amb", "◆"),
    State.NEGOTIATING: ("blu", "●"),
    State.APPLIED: ("amb", "◆"),
    State.CONFIRMING: ("amb", "◆"),
    State.REPORTED: ("amb", "◆"),
    State.ACCEPTED: ("grn", "✓"),
    State.DONE: ("grn", "✓"),
    State.SETTLED: ("grn", "✓"),
    State.RETURNED: ("gry", "↩"),
    State.REFUSED: ("gry", "×"),
    State.WITHDRAWN: ("gry", "–"),
}


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def row_of(request: HttpRequest, matter_id: str) -> Coordination:
    return get_visible(Coordination, actor_of(request), matter_id=matter_id)


def state_tag(row: Coordination) -> Tag:
    colour, shape = TAGS[State(row.state)]
    word = "待签收" if row.state == State.SENT and row.kind != "transfer" else row.get_state_display()
    return Tag(word, colour, shape)


def tried(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the action gave, or None after its answer was put at the fields it names."""
    try:
        return act()
    except InputFault as fault:
        for name, sentence in fault.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None


def form_page(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[[], Any],
    title: str,
    button: str,
    back: str,
    done: str,
    crumbs: list[tuple[str, str]],
    then: Callable[[Any], str],
    **context: Any,
) -> HttpResponse:
    """A page that is one form: shows it, tries the action, says what was done."""
    if request.method == "POST" and form.is_valid():
        found = tried(form, act)
        if found is not None:
            messages.success(request, done)
            return redirect(then(found))
    context |= {"form": form, "title": title, "button": button, "back": back, "crumbs": crumbs}
    context["multipart"] = form.is_multipart()
    return render(request, "coordination/form.html", context)
