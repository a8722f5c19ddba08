"""Writing to the log what happened here; it names rows and never people."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency


def new_matter(mark: str) -> str:
    return f"{mark}-{clock.today():%Y}-{secrets.token_hex(4).upper()}"


def log(actor: Actor, matter: str, activity: str, agency: str, data: Mapping[str, Any] | None = None) -> None:
    record(actor=actor, matter=matter, kind="register", activity=activity, agency=agency, data=data)


def demand(values: Mapping[str, tuple[str, str]]) -> None:
    """Refuse empty texts: field → (text, sentence)."""
    faults = {field: sentence for field, (text, sentence) in values.items() if not text.strip()}
    if faults:
        raise InputFault(faults)


def organ_of(actor: Actor) -> Agency:
    """The organ for which somebody manages volunteers: their own."""
    return Agency.objects.get(pk=actor.agency_code)
