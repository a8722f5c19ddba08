"""Writing example histories briefly: ``step("case_filed", "2026-03-02", item="X-1", …)`` is an event of a matter.

Everything an example does not state gets a harmless default in the envelope (id, matter, kind, agency, times); data is
never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.law import statutory_calendar

OFFICERS = ({"id": "E-1", "role": "officer"}, {"id": "E-2", "role": "officer"})
CALENDAR = {"holidays": statutory_calendar().as_register()}
CERTIFICATES = {
    "officers": [
        {"id": "E-1", "agency": "A-1", "valid_from": "2022-01-01", "valid_to": "2028-12-31"},
        {"id": "E-2", "agency": "A-1", "valid_from": "2022-01-01", "valid_to": None},
    ]
}


def step(
    activity: str,
    occurred_at: str,
    *,
    event_id: str = "",
    actors: Sequence[dict[str, str]] | None = None,
    links: Sequence[dict[str, str]] | None = None,
    agency: str = "A-1",
    kind: str = "",
    recorded_at: str = "",
    **data: Any,
) -> dict[str, Any]:
    """One event in short form; ``expand`` numbers them and adds the matter."""
    day = occurred_at[:10]
    document: dict[str, Any] = {
        "activity": activity,
        "occurred_at": occurred_at,
        "recorded_at": recorded_at or (occurred_at if len(occurred_at) > 10 else f"{day}T23:00:00+08:00"),
        "agency": agency,
        "data": data,
    }
    for name, value in (("id", event_id), ("kind", kind), ("actors", actors), ("links", links)):
        if value:
            document[name] = [dict(v) for v in value] if isinstance(value, (list, tuple)) else value
    return document


def filed(
    on: str = "2026-03-02", *, domain: str = "other", party: str = "legal_person", **data: Any
) -> dict[str, Any]:
    """A filing with its case attributes."""
    return step("case_filed", on, item="X-1", domain=domain, party={"id": "P-1", "kind": party}, **data)


def fined(on: str, fen: int | None = 600_000, *, procedure: str = "ordinary", **data: Any) -> dict[str, Any]:
    """A decision that imposes a fine (a warning when ``fen`` is None)."""
    penalty = {"kinds": ["warning"]} if fen is None else {"kinds": ["fine"], "fine": fen}
    return step("decision_made", on, outcome="penalty", procedure=procedure, penalty=penalty, **data)


def expand(events: Sequence[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The full documents of short events: numbered e1, e2 … in one matter M-1."""
    return [
        {"id": f"e{number}", "matter": "M-1", "kind": kind, **event}
        for number, event in enumerate(events, start=1)
    ]
