"""Voiding a wrong event and correcting the party's particulars. Nothing recorded is edited."""

from __future__ import annotations

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor

from ..events import PARTY_CORRECTED
from ..models import Case, Party
from ..parties import NewParty, party_for
from ..policies import may_work_on
from ..projection import project
from ..reading import DECLARED, CaseFile
from ..timeline import VOIDABLE

SIGNED = {
    "decision_made",
    "legal_review_passed",
    "legal_review_returned",
    "collective_discussion_recorded",
}


@action(
    "cases.void_event",
    policy=may_work_on,
    on="case",
    records=("event_voided",),
    basis="事件契约第四节：记错的事件以作废记录更正，不修改、不删除",
)
def void_event(*, actor: Actor, case: Case, event_id: str, reason: str) -> StoredEvent:
    """Void one wrongly recorded event of the case, with the reason. The wrong record stays in the log."""
    if not reason.strip():
        raise InputFault({"reason": "请写明作废的理由。"})
    Case.objects.unscoped("锁定案件以作废事件").select_for_update().get(pk=case.pk)
    file = CaseFile(case)
    event = next((e for e in file.flow.events if e.id == event_id), None) if file.flow else None
    if event is None:
        raise Refusal("本案没有这条有效的记录，可能已经作废", next_step="请刷新页面。")
    if file.happened("file_archived"):
        raise Refusal("案卷已归档，不再增减", basis="行政处罚法第四十七条")
    if event.activity in SIGNED and not actor.can("cases.approve", case.agency_id):
        raise Refusal(
            "审批、审核形成的记录不能由承办人作废",
            basis="审办分离（平台内部控制）",
            next_step="请由机关负责人作废并写明理由。",
        )
    if event.activity in DECLARED - VOIDABLE:
        raise Refusal(
            "并案、分案不作废，以新的记录更正",
            basis="行政处罚案件并案办理（平台内部控制）",
            next_step="请办理“解除并案”；分出的案件另行办理。",
        )
    if event.activity in {"clue_received", "case_filed"} and len(file.matter.events) > 1:  # type: ignore[union-attr]
        later = [e for e in file.matter.events if file.matter.position(e) > file.matter.position(event)]  # type: ignore[union-attr]
        if later:
            raise Refusal(
                "后续步骤以这条记录为前提，不能单独作废",
                next_step="请先作废其后的记录，或终止调查。",
            )
    stored = record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity="event_voided",
        agency=case.agency_id,
        data={"voids": event_id, "reason": reason.strip()},
        actors=[{"id": actor.number, "role": "other"}],
    )
    project(case.matter_id)
    return stored


@action(
    "cases.correct_party",
    policy=may_work_on,
    on="case",
    records=(PARTY_CORRECTED,),
    basis="个人信息保护法第八条：保证个人信息的质量",
)
def correct_party(*, actor: Actor, case: Case, party: NewParty, reason: str) -> Party:
    """Complete or correct the party's particulars. Events keep the pseudonym, so nothing in the log changes."""
    if not reason.strip():
        raise InputFault({"reason": "请写明更正的理由。"})
    row = case.party
    if row is None:
        row = party_for(party)
        case.party = row
        case.save(update_fields=["party"])
    else:
        for name in (
            "name",
            "identity_number",
            "credit_code",
            "legal_representative",
            "address",
            "phone",
        ):
            value = getattr(party, name).strip()
            if value:
                setattr(row, name, value)
        row.birth_on = party.birth_on or row.birth_on
        row.save()
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=PARTY_CORRECTED,
        agency=case.agency_id,
        data={"party": row.pseudonym, "reason": reason.strip()},
        actors=[{"id": actor.number, "role": "other"}],
    )
    project(case.matter_id)
    return row
