"""Results of reconsideration and lawsuits against the agency become leads (条例第三十三条: 协调衔接); a won case does not."""

from __future__ import annotations

from plumbline.apps.cases.contract import case_behind
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import load_vocabulary

from .lead_models import Source
from .taking_in import supervising_organ, take_in_lead

LOST = frozenset({"revoked", "changed", "confirmed_unlawful", "void"})
ROUTES = {"reconsideration": Source.RECONSIDERATION, "litigation": Source.JUDICIAL}


@subscriber("supervision.challenged", order=45)
def raise_lead_when_lost(matter_id: str, activities: frozenset[str]) -> None:
    """A lead for each challenge that ended against the agency; looking twice changes nothing."""
    if "challenge_ended" not in activities or supervising_organ() is None:
        return
    known = set(Agency.objects.values_list("code", flat=True))
    words = load_vocabulary()
    case = case_behind(matter_id)
    named = f"“{case.title}”（{case.number_said}）" if case else f"案件（编号 {matter_id}）"
    for event in matter_events(matter_id):
        outcome, route = str(event.data.get("outcome")), str(event.data.get("route"))
        if event.activity != "challenge_ended" or outcome not in LOST or route not in ROUTES:
            continue
        result = words.label("challenge_outcome", outcome)
        way = words.label("challenge_route", route)
        take_in_lead(
            actor=system_actor("supervision"),
            source=ROUTES[route],
            source_ref=event.id,
            title=f"{way}结果：{result}",
            facts=f"{named}经{way}，结果为“{result}”。请研判办案中是否有应当监督的问题，同类案件是否也有。",
            concerned=event.agency if event.agency in known else "",
            about=matter_id,
            received_on=event.on,
        )
