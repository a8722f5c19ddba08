"""What every page of oversight does with a form: run its action, put faults at their fields, say what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor

from ..policies import SUPERVISING


def demand_supervisor(actor: Actor) -> None:
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied


def done(request: HttpRequest, form: Form, act: Callable[..., Any], said: str, **given: Any) -> Any:
    """What the action gave, or None where the form has to be shown again with its faults."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act(actor=request.actor, **given, **form.cleaned_data)  # type: ignore[attr-defined]
    except InputFault as fault:
        for name, sentence in fault.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return None
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return made
