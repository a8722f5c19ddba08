"""Cases that belong together: merged under a leading case, parted again, or split off (ADR 0014).

The matters stay two. Each keeps its events, its evidence and its clocks; what binds them is recorded on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Case as When
from django.db.models import IntegerField, Value
from django.db.models import When as If

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import Event

from .composing import APPROVER_ROLES
from .events import MERGE_LED, SPLIT_OFF, UNMERGE_LED
from .models import Case, CaseOfficer, Origin, PartyKind, Stage, StepEntry
from .parties import NewParty, party_for, stated_party
from .projection import project
from .reading import CaseFile

#: A case may lead while nothing has been decided in it.
MAY_LEAD = (
    Stage.CLUE,
    Stage.FILED,
    Stage.NOTICE,
    Stage.HEARING,
    Stage.REVIEW,
    Stage.DISCUSSION,
    Stage.REVOKED,
)
OFFERED = 200
BASIS = "行政处罚案件并案办理（平台内部控制）"


def leading_options(file: CaseFile) -> list[tuple[str, str]]:
    """The cases that this one may be merged into: same agency, undecided; those of the same party first."""
    case = file.case
    near = When(
        If(party_id=case.party_id, party_id__isnull=False, then=Value(0)),
        If(item_code=case.item_code, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = (
        Case.objects.unscoped("并案可选的主案，限本机关")
        .filter(agency=case.agency_id, origin=Origin.OWN, procedure="ordinary", stage__in=MAY_LEAD)
        .filter(merged_into=None)
        .exclude(pk=case.pk)
        .order_by(near, "-opened_on")
    )
    return [(row.matter_id, f"{row.number or '未编号'} {row.title}") for row in rows[:OFFERED]]


def leading_case(case: Case, matter_id: str) -> Case:
    """The case that shall lead, locked; a fault names what stands against it."""
    lead = (
        Case.objects.unscoped("锁定并案的主案")
        .select_for_update(of=("self",))
        .select_related("agency", "party")
        .filter(agency=case.agency_id, origin=Origin.OWN, matter_id=matter_id)
        .exclude(pk=case.pk)
        .first()
    )
    if lead is None:
        raise InputFault({"@lead": "没有这件主案。请在列表中重新选择。"})
    if lead.merged_into_id is not None or lead.stage not in MAY_LEAD:
        raise InputFault({"@lead": f"{lead}已{lead.get_stage_display()}，不能作为主案。请另选。"})
    return lead


def demand_mergeable(file: CaseFile, data: Mapping[str, Any]) -> None:
    """One level only: a case that leads others is not merged itself."""
    leading_case(file.case, str(data.get("lead", "")))
    followers = Case.objects.unscoped("并案检查").filter(merged_into=file.case)
    if followers.exists():
        raise Refusal(
            "本案是其他案件的主案，不能再并入他案",
            basis=BASIS,
            next_step="请把其他案件并入新的主案，或先分开办理。",
        )


def merge(actor: Actor, file: CaseFile, stored: StoredEvent) -> None:
    """The merged case points to the leading one, which records it too."""
    lead = leading_case(file.case, stored.data["lead"])
    file.case.merged_into = lead
    file.case.save(update_fields=["merged_into"])
    _told(actor, lead, MERGE_LED, file.case, stored.occurred_on)


def unmerge(actor: Actor, file: CaseFile, stored: StoredEvent) -> None:
    """The case goes its own way again from where it stood."""
    lead = file.case.merged_into
    file.case.merged_into = None
    file.case.save(update_fields=["merged_into"])
    if lead is not None:
        _told(actor, lead, UNMERGE_LED, file.case, stored.occurred_on)


def _told(actor: Actor, case: Case, activity: str, other: Case, on: date) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=activity,
        agency=case.agency_id,
        occurred_at=on,
        data={"other": other.matter_id},
        actors=[{"id": actor.number, "role": "other"}],
        links=[{"matter": other.matter_id, "rel": "related"}],
    )


def end_with_the_leading_case(actor: Actor, file: CaseFile, stored: StoredEvent) -> None:
    """What the leading case decides ends the investigation of each case merged into it, on the same day."""
    role = next(
        (each["role"] for each in stored.actors or () if each["role"] in APPROVER_ROLES), "agency_head"
    )
    followers = Case.objects.unscoped("随主案一并处理").select_related("agency", "party")
    for follower in followers.filter(merged_into=file.case):
        event = record(
            actor=actor,
            matter=follower.matter_id,
            kind="penalty",
            activity="investigation_terminated",
            agency=follower.agency_id,
            occurred_at=stored.occurred_on,
            data={
                "approved_by": role,
                "reason": f"已并入主案 {file.case}，在主案中一并作出处理决定。",
            },
            actors=[dict(each) for each in stored.actors or ()],
            links=[{"matter": file.case.matter_id, "rel": "continues"}],
        )
        StepEntry.objects.create(
            case=follower, step="investigation_terminated", event_id=event.event_id, by_label=actor.label
        )
        project(follower.matter_id)


def demand_splittable(details: Mapping[str, Any]) -> None:
    """Another party must be named."""
    if details.get("whose") == "other":
        if details.get("party_kind") not in PartyKind.values:
            raise InputFault({"@party_kind": "请选择另一当事人的类别。"})
        if not str(details.get("party_name", "")).strip():
            raise InputFault({"@party_name": "请填写另一当事人的姓名或名称。"})


def split(actor: Actor, file: CaseFile, stored: StoredEvent, details: Mapping[str, Any]) -> Case:
    """A new case from a part of this one: its clue, its officers, and the chosen evidence with where it came from."""
    origin = file.case
    item = str(details.get("item") or origin.item_code)
    row = file.power_item(stored.occurred_on, item)
    case = Case.objects.create(
        matter_id=f"{origin.matter_id}-{stored.event_id[-6:]}",
        title=str(details["title"]).strip(),
        origin=Origin.OWN,
        agency=origin.agency,
        procedure=origin.procedure,
        procedure_version=origin.procedure_version,
        item_code=item,
        domain=str(row["domain"]) if row else origin.domain,
        party=_party_of_the_part(file, details),
        place=origin.place,
        division_code=origin.division_code,
        summary=str(details["facts"]),
        opened_on=stored.occurred_on,
    )
    _open_from(actor, file, case, stored, details)
    for number in [row.number for row in origin.officers.all() if row.to_on is None]:
        officer = origin.officers.filter(number=number).latest("from_on")
        CaseOfficer.objects.create(
            case=case, number=number, person_id=officer.person_id, from_on=stored.occurred_on
        )
    for event in _evidence(file, details.get("evidence") or ()):
        _take_over(actor, case, event, origin)
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=SPLIT_OFF,
        agency=case.agency_id,
        occurred_at=stored.occurred_on,
        data={"other": origin.matter_id},
        actors=[{"id": actor.number, "role": "other"}],
        links=[{"matter": origin.matter_id, "rel": "arises_from"}],
    )
    project(case.matter_id)
    return case


def _party_of_the_part(file: CaseFile, details: Mapping[str, Any]) -> Any:
    if details.get("whose") != "other":
        return file.case.party
    return party_for(NewParty(kind=str(details["party_kind"]), name=str(details["party_name"])))


def _open_from(
    actor: Actor, file: CaseFile, case: Case, stored: StoredEvent, details: Mapping[str, Any]
) -> None:
    violation = {
        name: value for name, value in (file.attribute("violation") or {}).items() if name != "act"
    } | {"act": f"{case.matter_id}-A1"}
    data: dict[str, Any] = {
        "source": "other",
        "item": case.item_code,
        "domain": case.domain,
        "violation": violation,
    }
    if case.party is not None:
        data["party"] = stated_party(case.party, None)
    clue = record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity="clue_received",
        agency=case.agency_id,
        occurred_at=stored.occurred_on,
        data={name: value for name, value in data.items() if value},
        actors=[{"id": actor.number, "role": "officer"}],
        links=[{"matter": file.case.matter_id, "rel": "arises_from"}],
    )
    StepEntry.objects.create(
        case=case,
        step="clue_received",
        event_id=clue.event_id,
        details={"content": case.summary, "reference": f"自 {file.case} 分案"},
        by_label=actor.label,
    )


def _evidence(file: CaseFile, chosen: Any) -> list[Event]:
    """The collecting and checking of the chosen evidence, as it was recorded."""
    wanted = set(chosen)
    return [
        event
        for event in file.all("evidence_collected", "evidence_verified")
        if event.data["evidence"] in wanted
    ]


def _take_over(actor: Actor, case: Case, event: Event, origin: Case) -> None:
    at: date | datetime = event.at or event.on
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=event.activity,
        agency=case.agency_id,
        occurred_at=at,
        data=dict(event.data),
        actors=[{"id": each.id, "role": each.role} for each in event.actors or ()],
        links=[{"matter": origin.matter_id, "rel": "arises_from"}],
    )
