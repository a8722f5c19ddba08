"""Opening a case: a clue is registered with its source, party, item and violation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.packs.penalty.procedures import procedure_for
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..events import PENALTY_FOLLOWED
from ..models import Case, CaseOfficer, Origin, Party, StepEntry
from ..parties import NewParty, party_for, stated_party
from ..policies import may_open_case
from ..projection import project
from ..reading import items_of

__all__ = ["NewParty", "Violation", "open_case"]


@dataclass(frozen=True)
class Violation:
    """The act complained of. ``ended_on`` None means it still goes on; leave out what is not yet known."""

    discovered_on: date
    ended_on: date | None = None
    continuing: bool = False
    harm: bool | None = None
    life_health_or_finance: bool | None = None
    act: str = ""

    def stated(self, matter: str) -> dict[str, Any]:
        """In contract form; a fact that is not known is left out, never assumed."""
        found: dict[str, Any] = {
            "act": self.act or f"{matter}-A1",
            "discovered_on": self.discovered_on.isoformat(),
        }
        if self.continuing:
            found["ended_on"] = None
        elif self.ended_on:
            found["ended_on"] = self.ended_on.isoformat()
        for name in ("harm", "life_health_or_finance"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        return found


@action(
    "cases.open_case",
    policy=may_open_case,
    records=("clue_received", PENALTY_FOLLOWED),
    basis="行政处罚法第五十四条：发现应当给予行政处罚的行为的，应当调查",
)
def open_case(
    *,
    actor: Actor,
    title: str,
    source: str,
    item: str,
    summary: str,
    party: NewParty | None = None,
    violation: Violation | None = None,
    place: str = "",
    agency_code: str = "",
    source_reference: str = "",
    occurred_at: date | datetime | None = None,
    origin: Case | None = None,
) -> Case:
    """Register a clue and open its case in the actor's agency. The case number comes with the filing.

    ``origin`` is the matter of compulsion that the case follows from: its party is taken over where none is given.
    """
    occurred = occurred_at or clock.now()
    agency = agency_of(actor, agency_code)
    case, row = new_case(
        agency,
        title=title,
        item=item,
        summary=summary,
        place=place,
        occurred=occurred,
        procedure="ordinary",
    )
    taken_over = origin.party if origin is not None else None
    case.party = party_for(party) if party is not None else taken_over
    if case.party is not None:
        case.save(update_fields=["party"])
    register_clue(
        actor,
        case,
        clue_data(case, source, row, violation),
        on=occurred,
        role="officer",
        handler=Handler(actor.number, actor.person_id),
        reference=source_reference,
        links=[{"matter": origin.matter_id, "rel": "arises_from"}] if origin else None,
    )
    if origin is not None:
        _followed(actor, origin, case, occurred)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("重读案件").select_related("agency", "party"))
    return case


def new_case(
    agency: Agency,
    *,
    title: str,
    item: str,
    summary: str,
    place: str,
    occurred: date | datetime,
    procedure: str,
    matter_id: str = "",
) -> tuple[Case, dict[str, Any]]:
    """A fresh row under the procedure in force that day, with the power item the agency holds."""
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    faults = {}
    if on > clock.today():
        faults["occurred_on"] = "时间在将来。请填写实际发生的时间。"
    row = next((dict(each) for each in items_of(agency.code, on) if each["item"] == item), None)
    if row is None:
        faults["item"] = (
            "该事项当日不在本机关的权责清单内（行政处罚法第十七条）。请另选事项，或移送有权机关。"
        )
    if not title.strip():
        faults["title"] = "请填写案由。"
    if faults:
        raise InputFault(faults)
    assert row is not None
    version = procedure_for(procedure, on).version
    case = Case.objects.create(
        matter_id=matter_id or f"{agency.code}-{on.year}-{uuid.uuid4().hex[:10]}",
        title=title.strip(),
        origin=Origin.OWN,
        agency=agency,
        procedure=procedure,
        procedure_version=version,
        item_code=item,
        domain=row["domain"],
        place=place.strip(),
        summary=summary.strip(),
        division_code=agency.division_code,
        opened_on=on,
    )
    return case, row


def clue_data(case: Case, source: str, row: dict[str, Any], violation: Violation | None) -> dict[str, Any]:
    """The fields of ``clue_received`` as far as they are known."""
    data: dict[str, Any] = {
        "source": source,
        "item": row["item"],
        "domain": row["domain"],
    }
    stated = violation.stated(case.matter_id) if violation else None
    if stated:
        data["violation"] = stated
    party: Party | None = case.party
    if party is not None:
        data["party"] = stated_party(party, violation.ended_on if violation else None)
    return data


@dataclass(frozen=True)
class Handler:
    """Who handles a case: the number in the register of officers, and the person where known."""

    number: str
    person_id: int | None


def register_clue(
    actor: Actor,
    case: Case,
    data: Mapping[str, Any],
    *,
    on: date | datetime,
    role: str,
    handler: Handler,
    reference: str,
    links: Sequence[Mapping[str, str]] | None = None,
) -> None:
    """Record that the clue of a fresh case was received, with what was told and who handles it from that day on."""
    stored = record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity="clue_received",
        agency=case.agency_id,
        occurred_at=on,
        data=data,
        actors=[{"id": actor.number, "role": role}],
        links=links,
    )
    StepEntry.objects.create(
        case=case,
        step="clue_received",
        event_id=stored.event_id,
        details={"reference": reference, "content": case.summary},
        by_label=actor.label,
    )
    CaseOfficer.objects.create(
        case=case, number=handler.number, person_id=handler.person_id, from_on=stored.occurred_on
    )
    project(case.matter_id)


def _followed(actor: Actor, origin: Case, case: Case, occurred: date | datetime) -> None:
    """The matter of compulsion learns which penalty case goes on from it."""
    record(
        actor=actor,
        matter=origin.matter_id,
        kind=origin.kind,
        activity=PENALTY_FOLLOWED,
        agency=origin.agency_id,
        occurred_at=occurred,
        data={"matter": case.matter_id},
        actors=[{"id": actor.number, "role": "officer"}],
        links=[{"matter": case.matter_id, "rel": "related"}],
    )


def agency_of(actor: Actor, code: str) -> Agency:
    wanted = code or actor.agency_code
    if not actor.can("cases.handle", wanted):
        raise Refusal("您的岗位不在该机关办理案件", next_step="请在本人任职的机关登记。")
    return Agency.objects.get(code=wanted)
