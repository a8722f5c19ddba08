"""Making publications due, and saying when one has to be withdrawn; fed by the outbox."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from plumbline.apps.cases.contract import public_facts
from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, number_of_decision
from plumbline.law import Limit, Unit, reckon, statutory_calendar
from plumbline.platform.events.log import events_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import MISSING, Event, Matter

from .models import Publication, PublicationState
from .redaction import field, never_published, redact_text, surname_only, tells_a_secret, trade_name

UNDOING = {"revoked", "changed", "confirmed_unlawful", "void"}


def due_after(day: date, working_days: int) -> date:
    due = reckon(day, Limit(working_days, Unit.WORKING_DAYS), calendar=statutory_calendar()).due
    assert isinstance(due, date)
    return due


def _many(matters: Any) -> None:
    """The importer's way: all matters of a batch with one query for their events."""
    wanted = [m for m, activities in matters.items() if _concerns(activities)]
    if not wanted:
        return
    agencies = set(Agency.objects.values_list("code", flat=True))
    known = {p.decision_event: p for p in Publication.objects.filter(matter_id__in=wanted)}
    fresh = []
    for matter, events in events_of(wanted).items():
        found = _bring_in_line(events, known, signed=DOCUMENT_SIGNED in matters[matter])
        fresh += [p for p in found if p.agency_id in agencies]
    Publication.objects.bulk_create(fresh, ignore_conflicts=True)


def _concerns(activities: frozenset[str]) -> bool:
    return bool(
        activities
        & {
            "decision_made",
            "decision_published",
            "publication_withdrawn",
            "decision_revoked",
            "challenge_ended",
            "event_voided",
            DOCUMENT_SIGNED,
        }
    )


@subscriber("publicity", order=30, many=_many)
def follow(matter_id: str, activities: frozenset[str]) -> None:
    _many({matter_id: activities})


def _bring_in_line(
    events: list[Event], known: dict[str, Publication], *, signed: bool = False
) -> list[Publication]:
    if not events or events[0].kind != "penalty":
        return []
    matter = Matter.of(events, max(e.recorded for e in events) + timedelta(days=36500))
    fresh: list[Publication] = []
    for decision in matter.by_activity.get("decision_made", ()):
        if decision.data.get("outcome") != "penalty":
            continue
        row = known.get(decision.id)
        if row is None:
            row = _due(matter, decision)
            fresh.append(row)
            _follow_events(matter, decision, row)
        elif any([signed and _take_number(row), _follow_events(matter, decision, row)]):
            row.save()
    return fresh


def _take_number(row: Publication) -> bool:
    """The decision's own 文号 once its paper is signed; what is published already is not touched."""
    number = number_of_decision(row.matter_id, row.decision_event)
    if not number or number == row.number or row.state == PublicationState.PUBLISHED:
        return False
    row.number = number
    row.make_findable()
    return True


def _due(matter: Matter, decision: Event) -> Publication:
    domain = matter.attribute("domain", decision)
    party = matter.attribute("party", decision)
    row = Publication(
        matter_id=matter.id,
        decision_event=decision.id,
        agency_id=decision.agency,
        decided_on=decision.on,
        due_on=due_after(decision.on, 7),
        domain="" if domain is MISSING else domain,
        party_kind="natural_person" if party is MISSING else party["kind"],
    )
    facts = public_facts(matter.id)
    why = why_never(matter, decision, facts)
    if why is not None:
        row.state, row.reason = PublicationState.WITHHELD, f"{why['reason']}（{why['basis']}）"
        return row
    generate(row, decision, facts)
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
    """The same question, asked again at the moment of publishing: what was learned since counts."""
    events = events_of([publication.matter_id]).get(publication.matter_id, [])
    decision = next((e for e in events if e.id == publication.decision_event), None)
    if decision is None:
        return never_published(domain=publication.domain, age_at_act=None)
    matter = Matter.of(events, max(e.recorded for e in events) + timedelta(days=36500))
    return why_never(matter, decision, public_facts(matter.id))


def generate(row: Publication, decision: Event, facts: dict[str, Any] | None = None) -> None:
    """Fill the public fields from data by rule; what no rule shows does not get here."""
    facts = public_facts(row.matter_id) if facts is None else facts
    kind = row.party_kind or "natural_person"
    masks = []
    party = facts.get("party_name", "") or ""
    row.party_name, mask = field("party_name", kind, party or "（未报送名称）")
    masks += [mask] if mask and party else []
    row.party_name = row.party_name if party else "（未报送名称）"
    row.credit_code, mask = field("credit_code", kind, facts.get("credit_code", ""))
    masks += [mask] if mask else []
    in_full = kind != "natural_person" or bool(trade_name(party))
    hidden = _hidden(facts, kind)
    shown = [row.party_name] if in_full and party else []
    title = redact_text(facts.get("title", "") or "", names=hidden, shown=shown)
    text = redact_text(facts.get("facts", "") or facts.get("title", ""), names=hidden, shown=shown)
    row.violation, row.facts = title.text[:200], text.text
    masks += [*title.masks, *text.masks]
    row.doubts = list(dict.fromkeys([*title.doubts, *text.doubts]))
    # A party called an organisation whose name is as short as a person's may be a person after all.
    row.doubts += [party] if kind != "natural_person" and 0 < len(party) <= 3 else []
    row.doubtful = bool(row.doubts)
    penalty = decision.data.get("penalty") or {}
    row.basis = [{"law": b["law"], "article": b["article"]} for b in decision.data.get("basis", ())]
    row.kinds, row.fine_fen = penalty.get("kinds", []), penalty.get("fine")
    row.number = facts.get("number", "")  # until the decision's paper is signed
    row.masks = [{"category": m.category, "basis": m.basis} for m in masks]
    row.make_findable()


def hidden_names(row: Publication) -> list[str]:
    """The persons known in a publication's matter who are never shown."""
    return _hidden(public_facts(row.matter_id), row.party_kind or "natural_person")


def _hidden(facts: dict[str, Any], kind: str) -> list[str]:
    party = facts.get("party_name", "") or ""
    names = [facts.get("legal_representative", ""), *facts.get("people", ())]
    if kind == "natural_person":
        # 「阳逻老街烧烤店（经营者：李明）」: the shop is shown, its operator is not.
        operator = (
            re.search(r"[（(](?:经营者|负责人|业主)?[:：]?(.+?)[）)]", party) if trade_name(party) else None
        )
        names += [operator.group(1)] if operator else [] if trade_name(party) else [party]
    return [each for each in names if each]


UNREAD = "事实部分尚未经第二人复核，暂不在此显示；请查阅报送单位公开的决定书。"


def _keep_unread_back(row: Publication) -> None:
    """A sender has published on his own site; our text of it goes out only as far as a rule alone may let it."""
    if row.doubtful:
        row.facts = UNREAD
        if any(doubt in row.violation for doubt in row.doubts):
            row.violation = "（案由待复核）"
        if row.party_name in row.doubts:
            row.party_name = surname_only(row.party_name)
        row.make_findable()


def _follow_events(matter: Matter, decision: Event, row: Publication) -> bool:
    """Published or withdrawn elsewhere, or undone: what the events say, the row says. True when something changed."""
    before = (row.state, row.withdraw_due_on, row.published_on)
    for event in matter.by_activity.get("decision_published", ()):
        mine = event.data.get("of") == decision.id and event.data.get("channel") == "government_site"
        if mine and row.state in {PublicationState.DUE, PublicationState.AWAITING_SECOND}:
            row.state, row.published_on = PublicationState.PUBLISHED, event.on
            if not row.published_label:  # not by our own second person
                _keep_unread_back(row)
            row.published_event, row.published_label = event.id, row.published_label or "报送单位"
    undone = [
        e
        for e in (
            *matter.by_activity.get("decision_revoked", ()),
            *matter.by_activity.get("challenge_ended", ()),
        )
        if e.data.get("outcome") in UNDOING and e.on >= decision.on
    ]
    if undone and row.state == PublicationState.PUBLISHED and row.withdraw_due_on is None:
        row.withdraw_due_on = due_after(undone[0].on, 3)
    for event in matter.by_activity.get("publication_withdrawn", ()):
        if (
            event.data.get("of") == row.published_event
            and row.published_event
            and row.state == PublicationState.PUBLISHED
        ):
            row.state, row.withdrawn_on = PublicationState.WITHDRAWN, event.on
            row.reason = row.reason or "原处罚决定被变更、撤销或者确认违法"
    return before != (row.state, row.withdraw_due_on, row.published_on)
