"""The decision that a challenge is about. One that was undone since is still what was challenged."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.apps.cases.contract import happened_in
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Matter


def decision_days(case: Any) -> list[date]:
    """The days of all decisions of the case, in order, those undone since among them."""
    with whole_district():
        events = matter_events(case.matter_id)
    matter = Matter.of(events, clock.now()) if events else None
    return [event.on for event in matter.by_activity.get("decision_made", ())] if matter else []


def was_decided(case: Any) -> bool:
    """Whether there is, or was, a decision: a look at the log where the row knows of none."""
    return case.decided_on is not None or happened_in(case, "decision_made")
