"""Supervisors read a case only after saying why; the reason and the reader stay on record until audit has no use for it.

Access without a role in the case is timed (until the end of the day), reasoned and logged. Whoever handles, approves or
reviews at the agency itself needs no reason.
"""

from __future__ import annotations

from datetime import datetime, time

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.access import keep_access, was_kept_since
from plumbline.platform.identity.actor import Actor

from .models import Case
from .policies import READING, SUPERVISING, may_see_case

ACTION = "cases.read"


def needs_reason(actor: Actor, case: Case) -> bool:
    """Whether the actor sees the case only as a supervisor and has not yet said why today."""
    if actor.is_system or any(
        actor.can(capability, case.agency_id) for capability in READING if capability not in SUPERVISING
    ):
        return False
    since = datetime.combine(clock.today(), time.min, clock.CHINA)
    return not was_kept_since(since, actor=actor, kind="read", action=ACTION, subject=case)


def open_for_reading(*, actor: Actor, case: Case, reason: str) -> None:
    """Keep who reads the case today and why; an empty reason is refused."""
    if not reason.strip():
        raise InputFault({"reason": "请写明查阅理由，例如“核查预警”“办理督办函”。"})
    if may_see_case(actor, case):
        keep_access(actor=actor, kind="read", action=ACTION, subject=case, reason=reason.strip())
