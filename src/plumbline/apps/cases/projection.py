"""Keeps case rows in line with their events: cases handled here, and cases that other systems send.

``project`` brings one row in line; ``project_many`` makes or updates many in a few statements, for imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.events.log import events_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.models import Agency
from plumbline.platform.initials import words_of_initials
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import Event, load_vocabulary

from .models import Case, CaseOfficer, Origin, Party, PartyKind
from .reading import CaseFile
from .searching import grams_of, normal
from .stages import stage_of

KINDS = ("penalty", "compulsion")
PROJECTED = (
    "title",
    "item_code",
    "domain",
    "procedure",
    "stage",
    "opened_on",
    "filed_on",
    "decided_on",
    "served_on",
    "closed_on",
    "outcome",
    "fine_fen",
    "last_event_at",
    "searched",
    "bigrams",
)


def _project_batch(matters: Mapping[str, frozenset[str]]) -> None:
    project_many(list(matters))


@subscriber("cases", order=5, many=_project_batch)
def project_after_events(matter_id: str, activities: frozenset[str]) -> None:
    """Bring the case row of a matter in line after its events."""
    project(matter_id)


def project(matter_id: str) -> None:
    """Bring one case row in line with its events; makes the row of an imported penalty matter."""
    project_many([matter_id])


def project_many(matter_ids: Sequence[str]) -> None:
    """Bring many case rows in line: one read of events, one of rows, and bulk writes. Idempotent."""
    events = {m: found for m, found in events_of(matter_ids).items() if found and found[0].kind in KINDS}
    if not events:
        return
    rows = {
        case.matter_id: case
        for case in Case.objects.unscoped("按事件更新案件")
        .select_related("party")
        .filter(matter_id__in=events)
    }
    agencies = set(Agency.objects.values_list("code", flat=True))
    fresh: list[Case] = []
    for matter_id, found in events.items():
        # Another system's compulsion is judged and not shown as a case: only a penalty matter makes a row.
        if matter_id not in rows and found[0].agency in agencies and found[0].kind == "penalty":
            rows[matter_id] = Case(
                matter_id=matter_id,
                origin=Origin.IMPORTED,
                opened_on=found[0].on,
                number=matter_id,
            )
            fresh.append(rows[matter_id])
    parties = _parties({m: events[m] for m in rows})
    for matter_id, case in rows.items():
        _bring_in_line(case, CaseFile(case, events[matter_id], declared=[]), parties.get(matter_id))
    new = set(map(id, fresh))
    Case.objects.bulk_create(fresh, batch_size=500)
    update_rows([case for case in rows.values() if id(case) not in new], [*PROJECTED, "agency", "party"])
    _keep_officers(fresh, events)


def _bring_in_line(case: Case, file: CaseFile, party: Party | None) -> None:
    """Set the projected columns of one row from its events."""
    matter = file.matter
    if matter is None or not matter.events:
        return
    first, last = matter.events[0], matter.events[-1]
    imported = case.origin == Origin.IMPORTED
    decision = file.last("decision_made")
    if imported:
        case.agency_id = matter.agency
        case.procedure = (decision.data.get("procedure") if decision else None) or "ordinary"
        case.title = _title(file)
    if case.party_id is None and party is not None:
        case.party = party
    item, domain = file.attribute("item"), file.attribute("domain")
    case.item_code, case.domain = item or case.item_code, domain or case.domain
    case.stage = stage_of(file)
    case.opened_on = first.on
    case.filed_on = _on(file.all("case_filed")[:1])
    case.decided_on = _on(file.all("decision_made")[-1:])
    case.served_on = _on(file.all("decision_served", "announcement_service_ended")[:1])
    case.closed_on = _on(file.all("case_closed")[-1:])
    case.outcome = str(decision.data.get("outcome", "")) if decision else ""
    case.fine_fen = (decision.data.get("penalty") or {}).get("fine") if decision else None
    case.last_event_at = max(
        datetime.fromisoformat(event.recorded_at) for event in (first, last, *matter.events)
    )
    case.searched = search_text(case)
    case.bigrams = grams_of(case.searched)


def search_text(case: Case) -> str:
    """What the search box finds a case by: number, matter id, title, place, item, the party's name and number tails; the
    title and the name by their first letters too.
    """
    party = case.party
    words = [case.number, case.matter_id, case.title, case.place, case.item_code]
    if party is not None:
        words += [party.name, party.credit_code, party.phone[-4:], party.pseudonym]
    words.append(words_of_initials(case.title, party.name if party is not None else ""))
    return normal(" ".join(word for word in words if word))


def _on(events: Iterable[Event]) -> date | None:
    return next((event.on for event in events), None)


def _title(file: CaseFile) -> str:
    """The violation as the power list words it; for a matter whose item is not on it, the item's code."""
    item = file.attribute("item")
    rows = current_registers()[0].where("power_items", "item", item) if item else []
    worded = next((row.get("violation") for row in rows if row.get("violation")), None)
    if worded:
        return f"{worded}案"[:200]
    domain = file.attribute("domain")
    return f"{load_vocabulary().label('domain', domain)}案件（事项 {item}）" if item else "案由未报送"


def _parties(matters: Mapping[str, list[Event]]) -> dict[str, Party]:
    """The party row of each matter by the pseudonym its events state; made where it is new."""
    stated: dict[str, Mapping[str, Any]] = {}
    for matter_id, events in matters.items():
        found = next((e.data["party"] for e in reversed(events) if e.data.get("party")), None)
        if found:
            stated[matter_id] = found
    wanted = {str(each["id"]): str(each.get("kind", "")) for each in stated.values()}
    known = {party.pseudonym: party for party in Party.objects.filter(pseudonym__in=wanted)}
    missing = [
        Party(
            pseudonym=name,
            kind=kind if kind in PartyKind.values else PartyKind.OTHER_ORGANIZATION,
        )
        for name, kind in wanted.items()
        if name not in known
    ]
    Party.objects.bulk_create(missing, batch_size=500, ignore_conflicts=True)
    if missing:
        names = [party.pseudonym for party in missing]
        known |= {party.pseudonym: party for party in Party.objects.filter(pseudonym__in=names)}
    return {matter_id: known[str(each["id"])] for matter_id, each in stated.items()}


def _keep_officers(cases: Sequence[Case], events: Mapping[str, list[Event]]) -> None:
    """The officers of imported cases: whoever their events name in that role, from the first such day."""
    rows: dict[tuple[int, str], CaseOfficer] = {}
    for case in cases:
        for event in events[case.matter_id]:
            for each in event.actors or ():
                if each.role == "officer":
                    rows.setdefault(
                        (case.pk, each.id),
                        CaseOfficer(case=case, number=each.id, from_on=event.on),
                    )
    insert_rows(list(rows.values()), ignore_conflicts=True)
