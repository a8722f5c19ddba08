"""Carrying out what a form asks for, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import put_faults


def demand_right(actor: Actor, *capabilities: str) -> None:
    if not any(actor.can(each) for each in capabilities):
        raise PermissionDenied


def carry_out(request: HttpRequest, form: Form | None, act: Callable[[], Any], said: str) -> Any:
    """What the action gave (True where it gives nothing), or None: the faults are on the form, a refusal is a message."""
    if form is not None and not form.is_valid():
        return None
    try:
        found = act()
    except InputFault as fault:
        if form is not None:
            put_faults(form, fault)
        else:
            messages.error(request, str(fault))
        return None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    if said:
        messages.success(request, said)
    return True if found is None else found
