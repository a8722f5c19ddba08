"""Keeps the amounts of past decisions in line with the event log."""

from __future__ import annotations

from collections.abc import Mapping

from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows
from plumbline.platform.events.log import events_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import MISSING, Event, Matter

from .gathering import ORGANIZATION, PERSON
from .models import PastDecision

CONCERNED = {"decision_made", "event_voided", "challenge_ended", "case_filed"}
UNDONE = {"revoked", "void", "confirmed_unlawful"}


def _follow_batch(matters: Mapping[str, frozenset[str]]) -> None:
    follow_many([matter for matter, activities in matters.items() if activities & CONCERNED])


@subscriber("past_decisions", order=60, many=_follow_batch)
def follow_one(matter_id: str, activities: frozenset[str]) -> None:
    """A decision, its voiding or its revocation changes what later cases are compared with."""
    if activities & CONCERNED:
        follow_many([matter_id])


def follow_many(matter_ids: list[str]) -> None:
    """Bring the rows of some matters in line. Idempotent."""
    if not matter_ids:
        return
    agencies = set(Agency.objects.values_list("code", flat=True))
    fresh = [
        row
        for matter_id, events in events_of(matter_ids).items()
        if (row := past_decision(matter_id, events)) is not None and row.agency_id in agencies
    ]
    PastDecision.objects.filter(matter_id__in=matter_ids).delete()
    insert_rows(fresh, ignore_conflicts=True)


def past_decision(matter_id: str, events: list[Event]) -> PastDecision | None:
    """The row of a matter whose last decision imposed a fine that still stands."""
    if not events or events[0].kind != "penalty":
        return None
    matter = Matter.of(events, clock.now())
    made = matter.by_activity.get("decision_made", ())
    if not made or made[-1].data.get("outcome") != "penalty":
        return None
    decision = made[-1]
    for ended in matter.by_activity.get("challenge_ended", ()):
        if ended.data.get("outcome") in UNDONE and ended.on >= decision.on:
            return None
    fine = (decision.data.get("penalty") or {}).get("fine")
    item, party = (matter.attribute(name, decision) for name in ("item", "party"))
    if fine is None or item is MISSING or item is None:
        return None
    kind = party.get("kind") if isinstance(party, Mapping) else None
    used = decision.data.get("benchmark") or {}
    return PastDecision(
        matter_id=matter_id,
        agency_id=decision.agency,
        item=item,
        party_kind=PERSON if kind == PERSON else ORGANIZATION,
        step=str(used.get("step") or ""),
        leniency=str(decision.data.get("leniency") or ""),
        fine=int(fine),
        decided_on=decision.on,
    )
