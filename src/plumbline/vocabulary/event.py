"""One thing that happened, as the event contract writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

CONTRACT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class EventActor:
    """A person in the event: certificate or staff number, and role. Never a name."""

    id: str
    role: str


@dataclass(frozen=True, slots=True)
class EventLink:
    """Another matter and how it is related."""

    matter: str
    rel: str


@dataclass(frozen=True, slots=True)
class Event:
    """A validated event. ``None`` for ``actors`` or ``links`` means not stated; an empty tuple means none.

    ``on`` is the local date; ``at`` the instant, or None when only a date is known. ``order`` is the line or intake
    order, which decides between events that time cannot order.
    """

    id: str
    matter: str
    kind: str
    activity: str
    occurred_at: str
    recorded_at: str
    agency: str
    actors: tuple[EventActor, ...] | None
    data: Mapping[str, Any]
    links: tuple[EventLink, ...] | None
    source: Mapping[str, Any] | None
    version: int
    on: date
    at: datetime | None
    recorded: datetime
    order: int

    @classmethod
    def from_json(cls, document: Mapping[str, Any], order: int) -> Event:
        """The event of a document that the contract accepts."""
        occurred: str = document["occurred_at"]
        at = datetime.fromisoformat(occurred) if len(occurred) > 10 else None
        actors = document.get("actors")
        links = document.get("links")
        return cls(
            id=document["id"],
            matter=document["matter"],
            kind=document["kind"],
            activity=document["activity"],
            occurred_at=occurred,
            recorded_at=document["recorded_at"],
            agency=document["agency"],
            actors=None if actors is None else tuple(EventActor(a["id"], a["role"]) for a in actors),
            data=document.get("data") or {},
            links=None if links is None else tuple(EventLink(x["matter"], x["rel"]) for x in links),
            source=document.get("source"),
            version=document.get("v", CONTRACT_VERSION),
            on=at.date() if at else date.fromisoformat(occurred),
            at=at,
            recorded=datetime.fromisoformat(document["recorded_at"]),
            order=order,
        )

    def to_json(self) -> dict[str, Any]:
        """The contract form; ``from_json(to_json())`` is the same event. The version is left out: it is the default."""
        document: dict[str, Any] = {
            "id": self.id,
            "matter": self.matter,
            "kind": self.kind,
            "activity": self.activity,
            "occurred_at": self.occurred_at,
            "recorded_at": self.recorded_at,
            "agency": self.agency,
            "data": dict(self.data),
        }
        if self.actors is not None:
            document["actors"] = [{"id": a.id, "role": a.role} for a in self.actors]
        if self.links is not None:
            document["links"] = [{"matter": x.matter, "rel": x.rel} for x in self.links]
        if self.source is not None:
            document["source"] = dict(self.source)
        return document
