"""What a later event takes down with it: a decision that is revoked, void or changed, a transfer that comes back.

The case is open again from there on.
"""

from __future__ import annotations

from collections.abc import Iterable

from plumbline.vocabulary import Event

#: What takes a decision out of the world. One found unlawful but left standing (确认违法) keeps its effect.
UNDOING = ("decision_revoked", "challenge_ended")
UNDONE = frozenset({"revoked", "void", "changed"})
#: A changed fine keeps what has been paid towards it; a revoked one is paid back.
PAID_BACK = frozenset({"revoked", "void"})

_OF_THE_DECISION = frozenset(
    {
        "decision_made",
        "decision_served",
        "decision_filed_for_record",
        "deferral_granted",
        "demand_notice_served",
        "surcharge_started",
        "surcharge_claimed",
        "court_application_filed",
        "court_application_accepted",
        "execution_decision_made",
        "demolition_notice_published",
        "substitute_decision_served",
        "case_closed",
        "file_archived",
    }
)
_PAYMENTS = frozenset({"fine_paid", "fine_collected_on_spot", "fine_handed_in", "fine_banked"})
#: What a transfer ends with at the sender; a transfer that comes back takes it down as well.
_CLOSING = frozenset({"case_closed", "file_archived"})
_ANNOUNCED = frozenset({"announcement_service_started", "announcement_service_ended"})


def undoes(event: Event) -> bool:
    """Whether an event takes the decision before it out of the world."""
    return event.activity in UNDOING and event.data.get("outcome") in UNDONE


def superseded(events: Iterable[Event]) -> frozenset[str]:
    """The ids of what a later undoing has taken down, of a matter's events in order."""
    gone: set[str] = set()
    standing: list[Event] = []
    paid: list[Event] = []
    handed_on: list[Event] = []
    for event in events:
        if event.activity == "case_transferred" or (handed_on and event.activity in _CLOSING):
            handed_on.append(event)
        elif event.activity == "transfer_returned":
            gone.update(each.id for each in handed_on)
            handed_on.clear()
        if undoes(event) and any(each.activity == "decision_made" for each in standing):
            gone.update(each.id for each in standing)
            standing.clear()
            if event.data["outcome"] in PAID_BACK:
                gone.update(each.id for each in paid)
                paid.clear()
        elif event.activity in _OF_THE_DECISION or (
            event.activity in _ANNOUNCED and event.data.get("document") == "decision"
        ):
            standing.append(event)
        elif event.activity in _PAYMENTS:
            paid.append(event)
    return frozenset(gone)
