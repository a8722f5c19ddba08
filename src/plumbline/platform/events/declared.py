"""Platform activities: events of our own that no rule reads (triage, publication checks, imports).

The event contract's activities need no declaration; whatever else an app records is declared in its ``events.py``.
"""

from __future__ import annotations

_DECLARED: dict[str, str] = {}
_OWED: dict[str, tuple[str, ...]] = {}


def declare(activity: str, name_zh: str, *, owes: tuple[str, ...] = ()) -> str:
    """Declare a platform activity and return its name. Names are past tense, like the contract's.

    ``owes`` names the outbox subscribers that have to look at the matter afterwards; no rule ever does.
    """
    if _DECLARED.setdefault(activity, name_zh) != name_zh:
        raise ValueError(f"{activity} is declared twice")
    _OWED[activity] = owes
    return activity


def owed_after(activity: str) -> tuple[str, ...]:
    """The subscribers that a declared activity concerns."""
    return _OWED.get(activity, ())


def declared_activities() -> dict[str, str]:
    return dict(_DECLARED)
