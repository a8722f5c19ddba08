"""The summary procedure: one form on the spot becomes the whole row of events, all refused or all kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import contract_form, new_event_id, record
from plumbline.platform.identity.actor import Actor

from ..effects import follow
from ..guards import demand_lawful
from ..models import Case, StepEntry
from ..parties import NewParty, party_for, stated_party
from ..policies import may_open_case
from ..projection import project
from ..reading import CaseFile
from .opening import Violation, agency_of, clue_data, new_case

RECORDS = (
    "clue_received",
    "certificate_shown",
    "record_made",
    "evidence_collected",
    "evidence_verified",
    "penalty_notice_served",
    "statement_received",
    "statement_reviewed",
    "decision_made",
    "decision_served",
    "fine_collected_on_spot",
)
DEMANDS = ("APL-59-content", "APL-68-spot-collect", "APL-70-receipt", "APL-52-deliver")
NOTICE = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state"]
PARTS = [
    "party",
    "facts_evidence",
    "kind_basis",
    "performance",
    "remedies",
    "agency_date",
]


@dataclass(frozen=True)
class SpotPenalty:
    """What the one-page form asks. ``fine`` in fen. ``statement`` empty means the party stated nothing.

    ``reconsideration_told`` are the parts that the decision's paper tells, read from the paper (行政复议法实施条例第二十五条).
    The booleans are what the officers confirm they did (arts 44, 45, 52); nothing is presumed done.
    """

    title: str
    item: str
    place: str
    party: NewParty
    officers: Sequence[str]
    facts: str
    kinds: Sequence[str]
    fine: int | None
    told: bool
    id_shown: bool
    numbered_form: bool
    delivered: bool
    reconsideration_first_told: bool
    reconsideration_told: Sequence[str]
    correction_ordered: bool = False
    leniency: str = ""
    statement: str = ""
    statement_sound: bool = False
    statement_adopted: bool = False
    collected_ground: str = ""
    collected_receipt: str = ""
    collected_number: str = ""
    party_requested: bool = False


@action(
    "cases.penalise_on_spot",
    policy=may_open_case,
    records=RECORDS,
    basis="行政处罚法第五十一条、第五十二条",
)
def penalise_on_spot(
    *,
    actor: Actor,
    penalty: SpotPenalty,
    occurred_at: datetime | None = None,
    agency_code: str = "",
    matter_id: str = "",
    event_prefix: str = "",
) -> Case:
    """Make an on-the-spot penalty decision and hand it over. Limits and duties are asked of the rules, not known here.

    A form filled in without a network names its matter and its events itself (``matter_id``, ``event_prefix``).
    """
    moment = occurred_at or clock.now()
    if moment > clock.now():
        raise InputFault({"occurred_on": "时间在将来。请填写实际作出决定的时间。"})
    if len(set(penalty.officers)) < 2:
        raise InputFault({"officers": "执法人员不得少于两人（行政处罚法第四十二条）。请再选一人。"})
    if "fine" in penalty.kinds and penalty.fine is None:
        raise InputFault({"fine": "请填写罚款数额。"})
    agency = agency_of(actor, agency_code)
    case, row = new_case(
        agency,
        title=penalty.title,
        item=penalty.item,
        summary=penalty.facts,
        place=penalty.place,
        occurred=moment,
        procedure="summary",
        matter_id=matter_id,
    )
    case.party = party_for(penalty.party)
    case.save(update_fields=["party"])
    today = moment.date()
    violation = Violation(discovered_on=today, ended_on=today)
    stated: dict[str, Any] = {"kinds": list(penalty.kinds)}
    if "fine" in penalty.kinds:
        stated["fine"] = penalty.fine
    evidence = f"{case.matter_id}-E1"
    teller = _Teller(actor, case, moment, list(penalty.officers), event_prefix)
    teller.tell("clue_received", clue_data(case, "inspection", row, violation))
    if penalty.id_shown:
        teller.tell("certificate_shown", {})
    teller.tell("record_made", {"record": "onsite"}, content=penalty.facts)
    teller.tell(
        "evidence_collected",
        {"evidence": evidence, "evidence_kind": "scene_record", "source": "officers"},
    )
    teller.tell("evidence_verified", {"evidence": evidence, "verified": True, "lawful": True})
    if penalty.told:
        teller.tell(
            "penalty_notice_served",
            {"method": "oral", "states": NOTICE, "proposed": stated},
        )
    if penalty.statement.strip():
        teller.tell("statement_received", {}, content=penalty.statement)
        teller.tell(
            "statement_reviewed",
            {"sound": penalty.statement_sound, "adopted": penalty.statement_adopted},
        )
    lenient = {"leniency": penalty.leniency} if penalty.leniency else {}
    teller.tell(
        "decision_made",
        {
            **lenient,
            "outcome": "penalty",
            "procedure": "summary",
            "item": row["item"],
            "domain": row["domain"],
            "party": stated_party(case.party, today),
            "violation": violation.stated(case.matter_id),
            "penalty": stated,
            "basis": list(row["basis"]),
            "applied_version": row["valid_from"],
            "evidence": [evidence],
            "facts_clear": True,
            "evidence_sufficient": True,
            "mitigation": None,
            "benchmark": None,
            "document_states": PARTS,
            "document_sealed": True,
            "id_shown": penalty.id_shown,
            "numbered_form": penalty.numbered_form,
            "delivered_on_spot": penalty.delivered,
            "party_present": True,
            "reconsideration_first_told": penalty.reconsideration_first_told,
            "reconsideration_told": list(penalty.reconsideration_told),
            "correction_ordered": penalty.correction_ordered,
        },
        facts=penalty.facts,
    )
    if penalty.delivered:
        teller.tell("decision_served", {"method": "direct", "receipt": "signed"})
    if penalty.collected_ground and penalty.fine:
        teller.tell(
            "fine_collected_on_spot",
            {
                "amount": penalty.fine,
                "ground": penalty.collected_ground,
                "receipt": penalty.collected_receipt or "none",
                "party_requested": penalty.party_requested,
            },
            **({"receipt_number": penalty.collected_number} if penalty.collected_number else {}),
        )
    project(case.matter_id)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("重读案件").select_related("agency", "party"))
    return case


@dataclass(frozen=True)
class _Teller:
    """Records the events of the form one after another at the same instant, each asked its gate rules."""

    actor: Actor
    case: Case
    moment: datetime
    officers: list[str]
    prefix: str = ""

    def tell(self, activity: str, data: Mapping[str, Any], **details: str) -> None:
        actors = [{"id": number, "role": "officer"} for number in self.officers]
        file = CaseFile(self.case)
        document = contract_form(
            event_id=f"{self.prefix}-{activity}" if self.prefix else new_event_id(),
            matter=self.case.matter_id,
            kind="penalty",
            activity=activity,
            occurred_at=self.moment,
            agency=self.case.agency_id,
            data=data,
            actors=actors,
        )
        demand_lawful("作出当场处罚决定", file, document, DEMANDS)
        stored = record(
            actor=self.actor,
            matter=self.case.matter_id,
            kind="penalty",
            activity=activity,
            occurred_at=self.moment,
            agency=self.case.agency_id,
            data=data,
            actors=actors,
            event_id=document["id"],
        )
        if details:
            StepEntry.objects.create(
                case=self.case,
                step=activity,
                event_id=stored.event_id,
                details=details,
                by_label=self.actor.label,
            )
        if activity == "decision_made":
            follow(
                actor=self.actor,
                file=file,
                stored=stored,
                details={"officers": self.officers},
            )
