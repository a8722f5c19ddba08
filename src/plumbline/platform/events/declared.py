"""Platform activities: events of our own that no rule reads (triage, publication checks, imports).

The event contract's activities need no declaration; whatever else an app records is declared in its ``events.py``.
"""

from __future__ import annotations

_DECLARED: dict[str, str] = {}


def declare(activity: str, name_zh: str) -> str:
    """Declare a platform activity and return its name. Names are past tense, like the contract's."""
    if _DECLARED.setdefault(activity, name_zh) != name_zh:
        raise ValueError(f"{activity} is declared twice")
    return activity


def declared_activities() -> dict[str, str]:
    return dict(_DECLARED)
