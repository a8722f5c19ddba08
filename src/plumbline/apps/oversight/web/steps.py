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
from plumbline.platform.ui.acting import actor_of, put_faults

from ..policies import SUPERVISING


def demand_supervisor(actor: Actor) -> None:
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied


def done(request: HttpRequest, form: Form, act: Callable[..., Any], said: str, **given: Any) -> Any:
    """What the action gave, or None where the form has to be shown again with its faults."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act(actor=actor_of(request), **given, **form.cleaned_data)
    except (InputFault, Refusal) as fault:
        put_faults(form, fault)
        return None
    messages.success(request, said)
    return made
