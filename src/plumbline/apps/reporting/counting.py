"""From the events of one matter to the facts that count: rules R1 to R6 of the annual tables, and nothing else.

Pure: events in, facts out. What an event says twice counts once; voided events are not there (``Matter.of``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.vocabulary import Event

#: Kinds of penalty from light to heavy (行政处罚法第九条) and the column that counts each; R3 takes the last.
LIGHT_TO_HEAVY: tuple[tuple[str, str], ...] = (
    ("warning", "P01"),
    ("circular_criticism", "P02"),
    ("fine", "P03"),
    ("confiscate_gains", "P04"),
    ("confiscate_goods", "P04"),
    ("withhold_license", "P05"),
    ("downgrade_qualification", "P06"),
    ("restrict_operation", "P07"),
    ("suspend_business", "P08"),
    ("order_closure", "P09"),
    ("restrict_practice", "P09"),
    ("revoke_license", "P10"),
    ("detention", "P11"),
)
WEIGHT = {kind: number for number, (kind, _) in enumerate(LIGHT_TO_HEAVY)}
COLUMN = dict(LIGHT_TO_HEAVY)
ADVERSE = ("revoked", "changed", "confirmed_unlawful", "void")

#: Activities that are one fact each, under the measure of the same place; R4: on the day they happened.
PLAIN = {
    "case_filed": "case.filed",
    "case_closed": "case.closed",
    "decision_served": "decision.served",
    "sealed": "measure.sealed",
    "seized": "measure.seized",
    "deposits_frozen": "measure.frozen",
    "compulsory_measure_taken": "measure.other",
    "surcharge_started": "execution.surcharge",
    "substitute_performance_done": "execution.substitute",
    "court_application_filed": "execution.court",
    "demand_notice_served": "execution.demanded",
    "case_not_filed": "case.not_filed",
    "legal_review_passed": "review.passed",
    "legal_review_returned": "review.returned",
    "collective_discussion_recorded": "discussion.recorded",
    "hearing_held": "hearing.held",
    "transfer_sent": "transfer.sent",
}
#: Disclosure of government information is a matter of its own kind.
DISCLOSURE = {
    "disclosure_request_received": "disclosure.received",
    "disclosure_replied": "disclosure.replied",
    "information_published": "disclosure.published",
}
#: How an execution decision is counted by what it is executed on.
EXECUTED_ON = {
    "money": "execution.transfer",
    "goods": "execution.goods",
    "structure": "execution.structure",
    "conduct": "execution.other",
}
LENIENCY = {"lighter", "mitigated", "heavier", "exempted"}
INSTRUMENTS = {
    "supervision_letter_issued": "supervision.letter",
    "supervision_opinion_issued": "supervision.opinion",
    "supervision_decision_issued": "supervision.decision",
}
#: Which activities can change any fact of a matter: others need not be looked at.
COUNTED = frozenset(
    {
        *PLAIN, *INSTRUMENTS, *DISCLOSURE, "statement_reviewed", "decision_made", "execution_decision_made", "decision_published", "fine_paid",
        "fine_collected_on_spot", "challenge_started", "challenge_ended", "decision_revoked", "inspection_ended",
        "record_made", "inspection_converted", "correction_reported", "event_voided",
    }
)  # fmt: skip
#: Raised with every change of what counts here: whoever has read the log by an earlier way reads it again.
EDITION = 2


@dataclass(frozen=True)
class Counted:
    """One fact. ``undone_on``: the decision was revoked or changed later."""

    event_id: str
    measure: str
    agency: str
    on: date
    item: str = ""
    amount_fen: int | None = None
    undone_on: date | None = None


def heaviest(kinds: Sequence[str]) -> str:
    """The column of the heaviest kind; a kind that the law's list does not name is 其他 and weighs least (R3)."""
    known = [kind for kind in kinds if kind in WEIGHT]
    return COLUMN[max(known, key=WEIGHT.__getitem__)] if known else "P12"


def facts_of(events: Sequence[Event], *, converted: bool = False) -> list[Counted]:
    """The facts of a matter's standing events, in order. ``converted``: the inspection became a penalty case (R2)."""
    if not events:
        return []
    found: dict[tuple[str, str], Counted] = {}
    for fact in _all(events, converted=converted):
        found.setdefault((fact.event_id, fact.measure), fact)
    return list(found.values())


def _all(events: Sequence[Event], *, converted: bool) -> Iterator[Counted]:
    item = next((str(e.data["item"]) for e in events if e.data.get("item")), "")
    kind = events[0].kind
    undone = {e.id: day for e, day in _undone(events)}
    recorded = any(e.activity == "record_made" for e in events)
    respond_by: date | None = None
    addressee = ""
    for e in events:
        if e.activity in INSTRUMENTS:
            addressee = str(e.data.get("to", ""))
            told = e.data.get("respond_by")
            respond_by = date.fromisoformat(told) if told else None
            yield Counted(e.id, INSTRUMENTS[e.activity], addressee, e.on)
        elif e.activity == "correction_reported" and kind == "supervision_instrument":
            if respond_by is not None and e.on <= respond_by:
                yield Counted(e.id, "supervision.corrected", addressee, e.on)
        elif e.activity == "inspection_ended" and kind == "inspection":
            # R1 a complete record of one target; R2 neither without a record nor when it became a case.
            if recorded and not converted:
                yield Counted(e.id, "inspection.done", e.agency, e.on, item)
        elif kind == "disclosure" and e.activity in DISCLOSURE:
            yield Counted(e.id, DISCLOSURE[e.activity], e.agency, e.on)
        elif kind == "crime_transfer" and e.activity == "transfer_sent":
            yield Counted(e.id, PLAIN[e.activity], e.agency, e.on, item)
        elif kind in {"penalty", "compulsion", "other_act"}:
            for measure, amount in _of_case(e):
                yield Counted(e.id, measure, e.agency, e.on, item, amount, undone.get(e.id))


def _of_case(e: Event) -> Iterator[tuple[str, int | None]]:
    if e.activity in PLAIN:
        yield PLAIN[e.activity], None
    elif e.activity == "decision_made":
        yield from _of_decision(e.data)
    elif e.activity == "statement_reviewed" and e.data.get("adopted") is True:
        yield "statement.adopted", None
    elif e.activity == "execution_decision_made":
        yield EXECUTED_ON.get(str(e.data.get("object")), "execution.other"), None
    elif e.activity == "decision_published" and e.data.get("channel") == "government_site":
        yield "publicity.published", None
    elif e.activity in {"fine_paid", "fine_collected_on_spot"}:
        yield "fine.paid", e.data.get("amount")
    elif e.activity == "challenge_started":
        yield f"challenge.{e.data.get('route')}", None
    elif e.activity == "challenge_ended":
        lost = e.data.get("outcome") in ADVERSE
        route = e.data.get("route")
        yield f"challenge.{route}_ended", None
        if lost:
            yield f"challenge.{route}_lost", None


def _of_decision(data: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    """A penalty decision once, under its heaviest kind, with what it imposes in money."""
    if data.get("act", "penalty") != "penalty":
        return
    if data.get("outcome") == "no_penalty":
        yield "decision.no_penalty", None
        return
    if data.get("outcome") != "penalty":
        return
    penalty = data.get("penalty") or {}
    amount = (penalty.get("fine") or 0) + (penalty.get("confiscation") or 0)
    yield f"penalty.{heaviest(penalty.get('kinds') or ())}", amount
    if data.get("procedure") == "summary":
        yield "decision.summary", None
    if data.get("leniency") in LENIENCY:
        yield f"leniency.{data['leniency']}", None


def _undone(events: Sequence[Event]) -> Iterator[tuple[Event, date]]:
    """Each decision with the day on which it was revoked, changed or found unlawful: it counts in its own year."""
    last: Event | None = None
    for e in events:
        if e.activity == "decision_made":
            last = e
        elif e.activity in {"decision_revoked", "challenge_ended"} and last is not None:
            if e.data.get("outcome") in ADVERSE:
                yield last, e.on
