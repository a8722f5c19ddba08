"""Voiding a step that was recorded wrongly, with all that it did to the penalty case; correcting the particulars."""

from __future__ import annotations

from plumbline.apps.cases.contract import void_in_case
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import PARTICULARS_CORRECTED
from ..keeping import bring_in_line
from ..models import Challenge, ChallengeEntry
from ..policies import may_take, may_work_on
from ..reading import ChallengeFile


@action(
    "challenges.void_entry",
    policy=may_work_on,
    on="challenge",
    records=("event_voided",),
    basis="事件契约第四节：记错的事件以作废记录更正，不修改、不删除",
)
def void_entry(*, actor: Actor, challenge: Challenge, event_id: str, reason: str) -> None:
    """Void one step and its consequences in the case. The wrong record stays in the log."""
    if not reason.strip():
        raise InputFault({"reason": "请写明作废的理由。"})
    rows = Challenge.objects.unscoped("锁定复议诉讼事项以作废记录").select_related("case__agency", "agency")
    locked = rows.select_for_update(of=("self",)).get(pk=challenge.pk)
    file = ChallengeFile(locked)
    counted = file.flow.events if file.flow else ()
    event = next((each for each in counted if each.id == event_id), None)
    entry = ChallengeEntry.objects.filter(challenge=locked, event_id=event_id).first()
    if event is None or entry is None:
        raise Refusal("这条记录已经作废，或者不属于本事项", next_step="请刷新页面。")
    may_take(actor, locked, file.procedure.steps[entry.step]).demand()
    if event.id == counted[0].id and len(counted) > 1:
        raise Refusal(
            "后面的步骤以这条记录为前提，不能单独作废", next_step="请先作废其后的记录，从最后一条开始。"
        )
    gone = [event_id]
    if event.activity == "trial_held":
        trial = event.data.get("trial")
        gone += [each.id for each in file.all("head_appeared") if each.data.get("trial") == trial]
    agencies = {row.event_id: row.agency_code for row in file.rows}
    for each in gone:
        record(
            actor=actor,
            matter=locked.matter_id,
            kind=locked.route,
            activity="event_voided",
            agency=agencies[each],
            data={"voids": each, "reason": reason.strip()},
            actors=[{"id": actor.number, "role": "other"}],
        )
    for each in entry.consequences:
        void_in_case(actor=actor, case=locked.case, event_id=each, reason=reason.strip())
    bring_in_line(locked, ChallengeFile(locked))


@action(
    "challenges.correct_particulars",
    policy=may_work_on,
    on="challenge",
    records=(PARTICULARS_CORRECTED,),
    basis="个人信息保护法第八条：保证个人信息的质量",
)
def correct_particulars(
    *, actor: Actor, challenge: Challenge, organ: str, number: str, applicant: str, claims: str
) -> None:
    """Correct what the row knows besides its events; the log keeps that it was corrected, not the names."""
    faults = {}
    if not organ.strip():
        faults["organ"] = "请填写复议机关或者法院的名称。"
    if not applicant.strip():
        faults["applicant"] = "请填写申请人或者原告。"
    if faults:
        raise InputFault(faults)
    given = {"organ": organ, "number": number, "applicant": applicant, "claims": claims}
    changed = [name for name, text in given.items() if getattr(challenge, name) != text.strip()]
    if not changed:
        return
    for name in changed:
        setattr(challenge, name, given[name].strip())
    challenge.save(update_fields=changed)
    record(
        actor=actor,
        matter=challenge.matter_id,
        kind=challenge.route,
        activity=PARTICULARS_CORRECTED,
        agency=challenge.agency_id,
        data={"fields": changed},
    )
