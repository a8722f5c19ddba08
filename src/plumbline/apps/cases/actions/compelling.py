"""Opening a matter of compulsion that no penalty case holds: a measure by itself, or the execution of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plumbline.packs.penalty.procedures import COMPULSION
from plumbline.packs.penalty.procedures.compulsion import EXECUTION, GROUNDS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..effects import set_officers
from ..events import COMPULSION_BEGUN, COMPULSION_OPENED
from ..models import Case, StepEntry
from ..numbers import next_case_number
from ..parties import NewParty, party_for
from ..policies import may_open_case
from ..projection import project
from .opening import agency_of, new_case


@dataclass(frozen=True)
class Compelled:
    """What a matter of compulsion begins with. The last three are what execution rests on (行政强制法第三十四条).

    ``origin`` is the case that it comes from, ``origin_matter`` another kind of matter (an inspection).
    """

    procedure: str
    title: str
    item: str
    ground: str
    facts: str
    officers: tuple[str, ...]
    place: str = ""
    party: NewParty | None = None
    order: str = ""
    served_on: date | None = None
    term_until: date | None = None
    origin: Case | None = None
    origin_matter: str = ""


@action(
    "cases.open_compulsion",
    policy=may_open_case,
    records=("officer_assigned", COMPULSION_OPENED, COMPULSION_BEGUN),
    basis="行政强制法第十六条、第三十四条",
)
def open_compulsion(
    *, actor: Actor, matter: Compelled, agency_code: str = "", occurred_at: date | datetime | None = None
) -> Case:
    """Register the matter with its two officers and its number; the party and the place of ``origin`` are taken over."""
    occurred = occurred_at or clock.now()
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    _demand(matter, on)
    agency = agency_of(actor, agency_code or (matter.origin.agency_id if matter.origin else ""))
    case, _ = new_case(
        agency,
        title=matter.title,
        item=matter.item,
        summary=matter.facts,
        place=matter.place,
        occurred=occurred,
        procedure=matter.procedure,
    )
    case.number = next_case_number(agency, on.year, series="compulsion", word="强")
    if matter.party is not None:
        case.party = party_for(matter.party)
    elif matter.origin is not None:
        case.party = matter.origin.party
    case.save(update_fields=["number", "party"])
    links = [
        {"matter": each, "rel": "arises_from"}
        for each in (matter.origin.matter_id if matter.origin else "", matter.origin_matter)
        if each
    ]
    hands = [{"id": number, "role": "officer"} for number in matter.officers]
    assigned = record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity="officer_assigned",
        agency=agency.code,
        occurred_at=occurred,
        data={},
        actors=hands,
        links=links or None,
    )
    told = {"ground": matter.ground, "served_on": matter.served_on, "term_until": matter.term_until}
    opened = record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=COMPULSION_OPENED,
        agency=agency.code,
        occurred_at=occurred,
        data={name: str(value) for name, value in told.items() if value},
        actors=hands,
        links=links or None,
    )
    StepEntry.objects.create(
        case=case,
        step="compulsion_opened",
        event_id=opened.event_id,
        details={**opened.data, "facts": matter.facts, "order": matter.order},
        by_label=actor.label,
    )
    set_officers(case, list(matter.officers), assigned)
    if matter.origin is not None:
        record(
            actor=actor,
            matter=matter.origin.matter_id,
            kind=matter.origin.kind,
            activity=COMPULSION_BEGUN,
            agency=matter.origin.agency_id,
            occurred_at=occurred,
            data={"matter": case.matter_id},
            actors=[{"id": actor.number, "role": "officer"}],
            links=[{"matter": case.matter_id, "rel": "related"}],
        )
    project(case.matter_id)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("重读案件").select_related("agency", "party"))
    return case


def _demand(matter: Compelled, on: date) -> None:
    faults: dict[str, str] = {}
    if matter.procedure not in COMPULSION:
        faults["procedure"] = "请选择强制措施或者强制执行。"
    if matter.ground not in dict(GROUNDS):
        faults["ground"] = "请选择来源。"
    if not matter.facts.strip():
        faults["facts"] = "请填写事实。"
    if len(set(matter.officers)) < 2:
        faults["officers"] = "行政执法人员不得少于两人（行政强制法第十八条）。请再选一人。"
    if matter.procedure == EXECUTION:
        if not matter.order.strip():
            faults["order"] = "请填写据以执行的决定的名称和文号（行政强制法第三十四条）。"
        if matter.served_on is None:
            faults["served_on"] = "请填写决定送达当事人的日期。"
        if matter.term_until is None:
            faults["term_until"] = "请填写决定确定的履行期限。"
        elif matter.term_until >= on:
            faults["term_until"] = (
                "履行期限还没有届满，不能强制执行（行政强制法第三十四条）。请等到期限届满以后再登记。"
            )
        if matter.served_on and matter.term_until and matter.served_on > matter.term_until:
            faults["served_on"] = "送达日晚于履行期限。请核对两个日期。"
    if faults:
        raise InputFault(faults)
