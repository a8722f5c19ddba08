"""What the pages have in common: who asks, which list and which agency's, and how a fault becomes a message."""

from __future__ import annotations

import re
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import Register, find_register
from plumbline.platform.ui.acting import actor_of

from ..keepers import keepers

PAGE = 50


def list_of(key: str) -> Register:
    found = find_register(key)
    if found is None:
        raise Http404
    return found


def day_of(request: HttpRequest, name: str = "on") -> date:
    told = request.GET.get(name, "")
    try:
        return date.fromisoformat(told) if told else clock.today()
    except ValueError:
        raise Http404 from None


def number_of(request: HttpRequest, name: str, default: int = 0) -> int:
    told = request.GET.get(name, "")
    if not told:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", told):
        raise Http404
    return int(told)


def agency_of(request: HttpRequest, register: Register) -> Agency:
    """The keeper that the address names; the only one there is; or the asking person's own."""
    among = {each.code: each for each in keepers(register)}
    told = request.GET.get("agency") or request.POST.get("agency") or ""
    if told:
        if told not in among:
            raise Http404
        return among[told]
    own = actor_of(request).agency_code
    if own in among:
        return among[own]
    if not among:
        raise Http404
    return next(iter(among.values()))


def say(request: HttpRequest, fault: InputFault | Refusal) -> None:
    """A fault of an action without a form of its own, as a message on the next page."""
    said = str(fault) if isinstance(fault, Refusal) else "；".join(fault.faults.values())
    messages.warning(request, said)
