"""Making publications due, and saying when one has to be withdrawn; fed by the outbox.

A result is a penalty decision, a decision of another kind, the decision to execute, or an inspection that ended. It has a
row for each channel with a duty to show it, and for each on which somebody has shown it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, number_of_decision
from plumbline.platform.events.log import events_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import MISSING, Event, Matter

from .channels import (
    OURS,
    Duty,
    Said,
    channels,
    depends_on_place,
    duty,
    is_ours,
    registered_elsewhere,
    term,
    why_not,
    withdrawal,
)
from .generating import facts_of, generate
from .models import Publication, PublicationState
from .redaction import never_published, surname_only, tells_a_secret

UNDOING = {"revoked", "changed", "confirmed_unlawful", "void"}
OPEN = {PublicationState.DUE, PublicationState.AWAITING_SECOND}
KINDS = {"penalty", "compulsion", "other_act", "inspection"}
CONCERNING = {
    "decision_made",
    "execution_decision_made",
    "inspection_ended",
    "inspection_result_published",
    "decision_published",
    "publication_withdrawn",
    "decision_revoked",
    "challenge_ended",
    "credit_change_reported",
    "event_voided",
    DOCUMENT_SIGNED,
}
Known = dict[tuple[str, str], Publication]


def _many(matters: Any) -> None:
    """The importer's way: all matters of a batch with one query for their events."""
    wanted = [m for m, activities in matters.items() if activities & CONCERNING]
    if not wanted:
        return
    agencies = set(Agency.objects.values_list("code", flat=True))
    rows = Publication.objects.filter(matter_id__in=wanted)
    known = {(row.decision_event, row.channel): row for row in rows}
    fresh = []
    for matter, events in events_of(wanted).items():
        found = _bring_in_line(events, known, signed=DOCUMENT_SIGNED in matters[matter])
        fresh += [p for p in found if p.agency_id in agencies]
    Publication.objects.bulk_create(fresh, ignore_conflicts=True)


@subscriber("publicity", order=30, many=_many)
def follow(matter_id: str, activities: frozenset[str]) -> None:
    _many({matter_id: activities})


def _bring_in_line(events: list[Event], known: Known, *, signed: bool = False) -> list[Publication]:
    if not events or events[0].kind not in KINDS:
        return []
    matter = whole(events)
    fresh: list[Publication] = []
    for result, act in results_of(matter):
        if act == "inspection" and not facts_of(matter.id, "inspection"):
            continue  # a visit that another system kept: there is nothing here to show of it
        said = said_of(matter, result, act)
        for channel, owed in _wanted(matter, result, said):
            row = known.get((result.id, channel))
            if row is None:
                fresh.append(new_row(matter, result, said, channel, owed))
            elif any([signed and _take_number(row), _follow_events(matter, result, row)]):
                row.save()
    return fresh


def whole(events: list[Event]) -> Matter:
    return Matter.of(events, max(e.recorded for e in events) + timedelta(days=36500))


def results_of(matter: Matter) -> Iterator[tuple[Event, str]]:
    """Every result of a matter that is to be made public, with what kind of act it is."""
    by = matter.by_activity
    for event in by.get("decision_made", ()):
        act = event.data.get("act", "penalty" if event.kind == "penalty" else "")
        if (act == "penalty" and event.data.get("outcome") == "penalty") or (act and act != "penalty"):
            yield event, act
    for event in by.get("execution_decision_made", ()):
        yield event, "execution"
    if matter.kind == "inspection":
        # A visit that was filed again is one visit: its last end.
        yield from ((event, "inspection") for event in by.get("inspection_ended", ())[-1:])


def said_of(matter: Matter, result: Event, act: str) -> Said:
    domain, party = matter.attribute("domain", result), matter.attribute("party", result)
    party_kind = "natural_person" if party is MISSING else party["kind"]
    if party is MISSING and matter.kind == "inspection":
        party_kind = str(facts_of(matter.id, "inspection").get("party_kind", party_kind))
    penalty = result.data.get("penalty") or {}
    domain = "" if domain is MISSING else domain
    elsewhere = None
    if act == "penalty" and party_kind != "natural_person" and depends_on_place(domain):
        elsewhere = registered_elsewhere(facts_of(matter.id, matter.kind).get("credit_code", "") or "")
    return Said(
        kind=matter.kind,
        act=act,
        domain=domain,
        procedure=result.data.get("procedure", ""),
        party_kind=party_kind,
        kinds=tuple(penalty.get("kinds", ())),
        fine_fen=penalty.get("fine"),
        elsewhere=elsewhere,
    )


def _wanted(matter: Matter, result: Event, said: Said) -> Iterator[tuple[str, Duty | None]]:
    """Channels with a duty that nothing forbids, and those on which it was shown whatever the duty."""
    shown = {event.data.get("channel") for event in _showings(matter, result)}
    for channel in channels():
        owed = duty(channel, said, result.on)
        if (owed and why_not(channel, said) is None) or channel in shown:
            yield channel, owed


def _showings(matter: Matter, result: Event) -> list[Event]:
    return [e for e in matter.by_activity.get("decision_published", ()) if e.data.get("of") == result.id]


def _take_number(row: Publication) -> bool:
    """The decision's own 文号 once its paper is signed; what is published already is not touched."""
    number = number_of_decision(row.matter_id, row.decision_event)
    if not number or number == row.number or row.state == PublicationState.PUBLISHED:
        return False
    row.number = number
    row.make_findable()
    return True


def _due(matter: Matter, result: Event, said: Said, channel: str, owed: Duty | None) -> Publication:
    row = Publication(
        matter_id=matter.id,
        decision_event=result.id,
        channel=channel,
        kind=said.kind,
        act=said.act,
        agency_id=result.agency,
        decided_on=result.on,
        due_on=owed.due_after(result.on) if owed else None,
        domain=said.domain,
        party_kind=said.party_kind,
        procedure=said.procedure,
        kinds=list(said.kinds),
    )
    facts = facts_of(matter.id, said.kind)
    why = why_never(matter, result, facts)
    if why is not None:
        row.state, row.reason = PublicationState.WITHHELD, f"{why['reason']}（{why['basis']}）"
        row.kinds = []
        return row
    generate(row, result, facts)
    return row


def new_row(matter: Matter, result: Event, said: Said, channel: str, owed: Duty | None) -> Publication:
    """A row of a channel for a result, with what has become of it by now; not saved."""
    row = _due(matter, result, said, channel, owed)
    _follow_events(matter, result, row)
    return row


def why_never(matter: Matter, decision: Event, facts: dict[str, Any]) -> dict[str, str] | None:
    """Why a decision stays unpublished in any case, as the matter is known now."""
    domain = matter.attribute("domain", decision)
    party = matter.attribute("party", decision)
    return never_published(
        domain="" if domain is MISSING else domain,
        age_at_act=None if party is MISSING else party.get("age_at_act"),
        secret=tells_a_secret(f"{facts.get('title', '')}\n{facts.get('facts', '')}"),
    )


def why_never_now(publication: Publication) -> dict[str, str] | None:
    """The same question, asked again at the moment of publishing: what was learned since counts, and the channel's own no."""
    events = events_of([publication.matter_id]).get(publication.matter_id, [])
    result = next((e for e in events if e.id == publication.decision_event), None)
    if result is None:
        return never_published(domain=publication.domain, age_at_act=None)
    facts = facts_of(publication.matter_id, publication.kind)
    return why_never(whole(events), result, facts) or why_not(publication.channel, said_of_row(publication))


def said_of_row(row: Publication) -> Said:
    return Said(
        kind=row.kind,
        act=row.act,
        domain=row.domain,
        procedure=row.procedure,
        party_kind=row.party_kind,
        kinds=tuple(row.kinds),
        severity=row.severity,
        necessity=row.necessity,
        fine_fen=row.fine_fen,
        elsewhere=registered_elsewhere(row.credit_code),
    )


def set_term(row: Publication) -> None:
    """The day the row comes down, counted anew from what it says; none where the term is not known or not set."""
    if row.published_on is None:
        return
    found = term(
        row.channel,
        said_of_row(row),
        decided_on=row.decided_on,
        published_on=row.published_on,
        chosen=row.term_chosen,
    )
    row.take_down_on = found.ends_on if found else None


UNREAD = "事实部分尚未经第二人复核，暂不在此显示；请查阅报送单位公开的决定书。"


def _keep_unread_back(row: Publication) -> None:
    """A sender has published on his own site; our text of it goes out only as far as a rule alone may let it."""
    if row.doubtful and is_ours(row.channel):
        row.facts = UNREAD
        if any(doubt in row.violation for doubt in row.doubts):
            row.violation = "（案由待复核）"
        if row.party_name in row.doubts:
            row.party_name = surname_only(row.party_name)
        row.make_findable()


def _follow_events(matter: Matter, result: Event, row: Publication) -> bool:
    """Shown or withdrawn elsewhere, or undone: what the events say, the row says. True when something changed."""
    names = ("state", "withdraw_due_on", "published_on", "change_reported_on")
    before = [getattr(row, name) for name in names]
    _follow_showing(matter, result, row)
    undone = _undone(matter, result)
    if undone and row.state == PublicationState.PUBLISHED and row.withdraw_due_on is None:
        row.withdraw_due_on = withdrawal(row.channel, undone.on)
    for event in matter.by_activity.get("publication_withdrawn", ()):
        mine = row.published_event and event.data.get("of") == row.published_event
        if mine and row.state == PublicationState.PUBLISHED:
            row.state, row.withdrawn_on = PublicationState.WITHDRAWN, event.on
            row.reason = row.reason or "原处罚决定被变更、撤销或者确认违法"
    if undone and "report_change" in channels()[row.channel]:
        told = [e for e in matter.by_activity.get("credit_change_reported", ()) if e.on >= undone.on]
        row.change_reported_on = told[0].on if told else row.change_reported_on
    return before != [getattr(row, name) for name in names]


def _follow_showing(matter: Matter, result: Event, row: Publication) -> None:
    found = [e for e in _showings(matter, result) if e.data.get("channel") == row.channel]
    if row.act == "inspection" and row.channel == OURS:
        found += [e for e in matter.by_activity.get("inspection_result_published", ()) if e.on >= result.on]
    for event in found:
        if row.state not in OPEN:
            continue
        row.state, row.published_on = PublicationState.PUBLISHED, event.on
        if not row.published_label:  # not by our own second person
            _keep_unread_back(row)
        row.published_event, row.published_label = event.id, row.published_label or "报送单位"
        row.severity = row.severity or event.data.get("credit_severity", "")
        row.necessity = event.data.get("necessity_decided", row.necessity)
        set_term(row)


def _undone(matter: Matter, result: Event) -> Event | None:
    """The first thing that undid a result, in what order they were recorded."""
    ended = (*matter.by_activity.get("decision_revoked", ()), *matter.by_activity.get("challenge_ended", ()))
    return next((e for e in ended if e.data.get("outcome") in UNDOING and e.on >= result.on), None)
