"""Declined applications end on the day that the applicants were told."""

from __future__ import annotations

from plumbline.platform.identity.actor import system_actor

from .actions import clear_declined


def clear_as_days_pass() -> int:
    """Returns how many were wiped."""
    return clear_declined(actor=system_actor("到期清除"))
