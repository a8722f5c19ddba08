"""What every page shows: who is here, the menu, unread notices, whether the data is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.notify.models import unread_for
from plumbline.platform.open_data import menu as public_menu

from .navigation import links_for, on_a_phone

LARGE_TYPE = "large_type"
MOST_UNREAD = 99
# Read by desk.js as well: "0" is off, and Ctrl+K stays.
KEYS = "keys"


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", ANONYMOUS)
    menu = SimpleLazyObject(lambda: links_for(actor, request.path))
    return {
        "actor": actor,
        "menu": menu,
        "bottom_bar": SimpleLazyObject(lambda: on_a_phone(list(menu))),
        "unread": SimpleLazyObject(lambda: _unread(actor)),
        "demo": settings.PLUMBLINE_DEMO,
        "district": settings.PLUMBLINE_DISTRICT,
        "large_type": request.COOKIES.get(LARGE_TYPE) == "1",
        "keys_off": request.COOKIES.get(KEYS) == "0",
        "printed_at": clock.now(),
        "public_menu": SimpleLazyObject(public_menu),
        "printing": request.GET.get("print") == "1",
    }


def _unread(actor: Actor) -> str:
    """How many notices are unread; more than ninety-nine are not counted on every page."""
    if actor.person_id is None:
        return "0"
    number = unread_for(actor).order_by()[: MOST_UNREAD + 1].count()
    return f"{MOST_UNREAD}+" if number > MOST_UNREAD else str(number)
