"""Where linkage and supervision meet: letters that find fault become leads, and a clue of the supervisors gets to the commission.

A letter that an agency signed for says that its enforcement may be wrong, so it comes into the one triage, once; what supervision
finds is laid ready for the written reply, whose limit runs on. The other way, a clue that the supervisors signed opens a matter
at the commission, whose liaison officer reads and answers it here and nowhere else.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from plumbline.apps.supervision.contract import (
    Answered,
    Source,
    clue_answered,
    clue_received,
    on_fed_back,
    sent_clue,
    take_in_lead,
    void_source,
)
from plumbline.packs.transfer.procedures import procedure_for
from plumbline.packs.transfer.procedures.commission import CLUE, FED_BACK
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district

from .keeping import bring_in_line
from .models import Linkage, LinkageEntry, Route
from .policies import LIAISON
from .reading import LinkageFile

#: A letter that becomes a lead: what it is called, and the source that the lead is put under.
LETTERS = {
    "procuratorial_suggestion_received": ("检察建议书", Source.PROCURATORIAL),
    "procuratorial_opinion_received": ("检察意见书", Source.PROCURATORIAL),
    "judicial_suggestion_received": ("司法建议书", Source.JUDICIAL),
    "supervisory_advice_received": ("监察建议书", Source.COMMISSION),
}
#: The procuratorate has looked at an objection: where it holds, the letter may be withdrawn.
OBJECTION_DECIDED = "suggestion_objection_decided"
INSTRUMENT = "supervision_instrument"


def after_step(actor: Actor, linkage: Linkage, activity: str, details: dict[str, Any], on: date) -> None:
    """What a step means to supervision, in the transaction of the step."""
    if activity in LETTERS:
        _bring_in(actor, linkage, *LETTERS[activity], str(details.get("number") or ""), on)
    elif activity == OBJECTION_DECIDED and details.get("result") == "withdrawn":
        what, source = LETTERS["procuratorial_suggestion_received"]
        void_source(
            actor=actor,
            source=source,
            source_ref=linkage.code,
            reason=f"{linkage.organ.short_name}复核异议，撤回了{what}",
        )
    elif linkage.kind == INSTRUMENT and activity == "clue_receipt_signed":
        clue_received(actor, linkage.matter_id)
    elif linkage.kind == INSTRUMENT and activity == "clue_outcome_told":
        said = dict(FED_BACK).get(str(details.get("result")), "")
        clue_answered(
            actor, linkage.matter_id, "。".join(p for p in (said, str(details.get("note") or "")) if p)
        )


def after_void(actor: Actor, linkage: Linkage, activity: str, reason: str) -> None:
    """What the voiding of a step means to supervision, in the transaction of the voiding."""
    if activity in LETTERS:
        what, source = LETTERS[activity]
        void_source(
            actor=actor,
            source=source,
            source_ref=linkage.code,
            reason=f"{linkage.agency.short_name}作废了{what}的签收：{reason}",
        )
    elif activity == OBJECTION_DECIDED:
        _stand_again(actor, linkage)


def _stand_again(actor: Actor, linkage: Linkage) -> None:
    """The letter was not withdrawn after all: its lead is as it was, as if it had come on the day it came."""
    file = LinkageFile(linkage)
    receipt = file.last("procuratorial_suggestion_received")
    entry = next((each for each in file.entries if receipt is not None and each.event_id == receipt.id), None)
    if receipt is not None and entry is not None:
        number = str(entry.details.get("number") or "")
        _bring_in(actor, linkage, *LETTERS[receipt.activity], number, receipt.on)


def _bring_in(actor: Actor, linkage: Linkage, what: str, source: Source, number: str, on: date) -> None:
    """The letter's content stays in its matter, where names may stand: the lead says that it came, from whom and about whom."""
    if not Agency.objects.filter(kind="supervision_organ").exists():
        return
    agency = linkage.agency
    take_in_lead(
        actor=actor,
        source=source,
        source_ref=linkage.code,
        source_url=linkage.page,
        title=f"{linkage.organ.short_name}{what} {number}".strip(),
        facts=f"{agency.short_name}于 {on} 收到{linkage.organ.short_name}的{what}。内容见来源页面。请研判是否有应当监督的问题，同类案件是否也有。",
        concerned="" if agency.kind == "supervision_organ" else agency.code,
        about=linkage.case.matter_id if linkage.case is not None else "",
        received_on=on,
    )


def brought_here(ref: str) -> bool:
    """Whether a lead of these sources came from a letter in the linkage: others are entered by hand, or come from judgments."""
    with whole_district():
        return Linkage.objects.unscoped("线索的来源事项").filter(code=ref).exists()


@on_fed_back(Source.PROCURATORIAL, Source.JUDICIAL, Source.COMMISSION, brought=brought_here)
def hear_of_lead(actor: Actor, answered: Answered) -> None:
    """What supervision found is laid ready for the reply; who writes it is told, and the limit runs on."""
    with whole_district():
        row = Linkage.objects.unscoped("监督线索的结果").filter(code=answered.source_ref).first()
        if row is None:
            return
        row.lead_answer = answered.text.strip()
        row.save(update_fields=["lead_answer"])
        due = f"，回复期限 {row.due_on}" if row.due_on is not None else ""
        notify(
            title=f"监督线索已有结果：{row.get_route_display()}{due}",
            body=answered.text,
            url=row.page,
            agency_code=row.agency_id,
            capability="supervision.reply",
        )


@subscriber("linkage.clues", order=27)
def open_clue_at_commission(matter_id: str, activities: frozenset[str]) -> None:
    """A clue that the supervisors signed, as a matter of the linkage; looking twice opens it once."""
    if "supervision_clue_sent" not in activities:
        return
    with whole_district():
        rows = Linkage.objects.unscoped("同一线索只送达一次")
        clue = None if rows.filter(matter_id=matter_id).exists() else sent_clue(matter_id)
        if clue is None:
            return
        said = StoredEvent.objects.unscoped("线索的事件").filter(matter_id=matter_id)
        found = {event.activity: event for event in said.order_by("seq")}
        suspected, sent = found["misconduct_suspected"], found["supervision_clue_sent"]
        declared = procedure_for(CLUE, sent.occurred_on)
        row = Linkage.objects.create(
            code=f"XS-{clue.issuer}-{sent.occurred_on.year}-{uuid.uuid4().hex[:8]}",
            route=Route.CLUE,
            procedure=declared.key,
            procedure_version=declared.version,
            matter_id=matter_id,
            kind=INSTRUMENT,
            agency_id=clue.issuer,
            organ_id=clue.to,
            parties=[clue.issuer],
            title=clue.title[:200],
            number=clue.number,
            person_id=sent.by_person_id,
            by_label=clue.issued_label,
            opened_on=sent.occurred_on,
        )
        for step, event, details, document in (
            ("suspected", suspected, {"content": clue.facts, "source": "行政执法监督"}, None),
            ("sent", sent, {"materials": clue.asked}, clue.document),
        ):
            LinkageEntry.objects.create(
                linkage=row, step=step, event_id=event.event_id, details=details, document=document,
                by_label=clue.issued_label, by_agency=clue.issuer,
            )  # fmt: skip
        bring_in_line(row, LinkageFile(row))
        notify(
            title=f"{row.get_route_display()}：移送线索",
            url=row.page,
            agency_code=row.organ_id,
            capability=LIAISON,
        )
