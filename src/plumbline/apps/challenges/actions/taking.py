"""Taking a step: the guards, the event, what it does to the penalty case, and who has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import (
    attaching,
    compose_step,
    demand_lawful,
    demand_open,
    demand_time,
    in_contract,
)
from plumbline.packs.procedures import Step
from plumbline.packs.reconsideration.procedures import HEARING_OFFICE, PROCEDURES
from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..duties import hearing_ahead
from ..effects import consequences
from ..keeping import bring_in_line
from ..models import Challenge, ChallengeEntry
from ..policies import may_take, may_work_on
from ..reading import ChallengeFile

#: What the steps record of the matter, and what they append to the penalty case.
STEP_ACTIVITIES: tuple[str, ...] = tuple(
    sorted({step.activity for each in PROCEDURES for step in each.steps.values()} | {"head_appeared"})
)
IN_CASE = ("challenge_started", "challenge_ended", "decision_revoked")


@action(
    "challenges.take_step",
    policy=may_work_on,
    on="challenge",
    records=(*STEP_ACTIVITIES, *IN_CASE, attaching.STEP_SUBMITTED),
    basis="行政复议法、行政诉讼法；各步骤的依据见程序声明",
)
def take_step(
    *,
    actor: Actor,
    challenge: Challenge,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> StoredEvent | attaching.StepRequest:
    """Take ``step`` now or at a past time. ``data`` are the event's fields, ``details`` what is kept beside it.

    A step that needs approval is sent to the post that approves it, as a step of a case is.
    """
    locked = challenge_locked(challenge.pk)
    file = ChallengeFile(locked)
    declared = file.procedure.steps.get(step)
    if declared is None:
        raise Refusal(f"{file.procedure.label}没有这个步骤", basis=file.procedure.basis)
    may_take(actor, locked, declared).demand()
    taken: StoredEvent | attaching.StepRequest
    if declared.approval:
        taken = _submit(actor, file, declared, data or {}, details or {})
        bring_in_line(locked, ChallengeFile(locked))
    else:
        taken = carry_out(
            actor, file, declared, data=data or {}, details=details or {}, occurred=occurred_at or clock.now()
        )
        attaching.discard_draft(actor, locked.case, step, attached_to=locked.matter_id)
    challenge.refresh_from_db(from_queryset=_rows())
    return taken


def challenge_locked(pk: int) -> Challenge:
    """The row, locked, so that two hands cannot take steps on two different pictures of the matter."""
    return _rows().select_for_update(of=("self",)).get(pk=pk)


def _rows() -> Any:
    rows = Challenge.objects.unscoped("锁定复议诉讼事项以登记步骤")
    return rows.select_related("case__agency", "agency")


def _submit(
    actor: Actor, file: ChallengeFile, step: Step, data: Mapping[str, Any], details: Mapping[str, Any]
) -> attaching.StepRequest:
    """Ask the same guards as at the approval, and send the step on its way."""
    challenge = file.challenge
    demand_open(step, file)
    _demand_approved(step, file, details)
    document = compose_step(step, file, actor=actor, data=data, details=details, occurred=clock.now())
    if in_contract(step.activity):
        demand_lawful(step.verb, file, document, step.demands)
    return attaching.send(
        actor,
        challenge.case,
        step,
        kind=challenge.route,
        attached_to=challenge.matter_id,
        data=data,
        details=details,
    )


def _demand_approved(step: Step, file: ChallengeFile, details: Mapping[str, Any]) -> None:
    """An agreement binds the agency: it is made on terms that the head approved."""
    if step.key == "mediation" and details.get("result") == "agreed":
        if not file.happened("settlement_approved"):
            raise Refusal(
                "不能登记达成协议：方案还没有经过本机关负责人批准",
                basis="机关内部审批（平台内部控制）",
                next_step="请先提交“调解、和解方案报批”。",
                next_url=f"{file.page}/steps/settlement_approved",
            )


def carry_out(
    actor: Actor,
    file: ChallengeFile,
    step: Step,
    *,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: date | datetime,
) -> StoredEvent:
    """Ask the guards and record the step with all that follows, inside the caller's transaction."""
    demand_open(step, file)
    demand_time(step, file, occurred)
    _demand_approved(step, file, details)
    document = compose_step(
        step, file, actor=actor, data=_completed(step, data, details), details=details, occurred=occurred
    )
    if in_contract(step.activity):
        demand_lawful(step.verb, file, document, step.demands, outside=step.outside)
    challenge = file.challenge
    stored = record(
        actor=actor,
        matter=challenge.matter_id,
        kind=challenge.route,
        activity=step.activity,
        agency=responsible_agency(challenge, step),
        occurred_at=occurred,
        data=document["data"],
        actors=document.get("actors"),
        links=_links(challenge) if not file.rows else None,
        event_id=document["id"],
    )
    if stored.activity == "trial_held" and details.get("appearance") == "head":
        _head_came(actor, challenge, stored, occurred)
    entry = ChallengeEntry.objects.create(
        challenge=challenge,
        step=step.key,
        event_id=stored.event_id,
        details=dict(details),
        by_label=actor.label,
    )
    after = ChallengeFile(challenge)
    entry.consequences = consequences(actor=actor, file=after, stored=stored, on=occurred)
    entry.save(update_fields=["consequences"])
    _tell_of_hearing(after, stored)
    bring_in_line(challenge, after)
    return stored


def responsible_agency(challenge: Challenge, step: Step) -> str:
    """Whose act the step is: the office's own duties are not the respondent's."""
    if step.capability == HEARING_OFFICE and challenge.heard_by_id:
        return challenge.heard_by_id
    return challenge.agency_id


def _links(challenge: Challenge) -> list[dict[str, str]]:
    """The first event says what the matter is about, and which matter it goes on from."""
    found = [{"matter": challenge.case.matter_id, "rel": "challenges"}]
    if challenge.continues is not None:
        found.append({"matter": challenge.continues.matter_id, "rel": "continues"})
    return found


def _completed(step: Step, data: Mapping[str, Any], details: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the form states in another way."""
    completed = dict(data)
    match step.activity:
        case "reconsideration_decision_received":
            # An empty field says that no other law sets a time; the rule must not take it for unknown.
            completed.setdefault("redo_days_by_law", None)
        case "evidence_extension_granted":
            completed.setdefault("cause_ended_on", None)
        case "trial_held":
            completed["staff_appeared"] = details.get("appearance") == "staff"
    return completed


def _head_came(
    actor: Actor, challenge: Challenge, trial: StoredEvent, occurred: date | datetime
) -> StoredEvent:
    return record(
        actor=actor,
        matter=challenge.matter_id,
        kind=challenge.route,
        activity="head_appeared",
        agency=challenge.agency_id,
        occurred_at=occurred,
        data={"trial": trial.data["trial"]},
    )


def _tell_of_hearing(file: ChallengeFile, stored: StoredEvent) -> None:
    """The head hears of the day when the agency does, and what is to be done by who cannot come."""
    notices = {"court_hearing_notified", "reconsideration_hearing_notice_served"}
    ahead = hearing_ahead(file)
    if stored.activity not in notices or ahead is None:
        return
    day, what = ahead
    place = file.detail(stored.activity, "place")
    notify(
        title=f"{day:%m-%d} {what}，请负责人{'出庭' if what == '开庭' else '参加'}：{file.challenge.case.title}",
        body=f"{file.challenge.organ}{f'，{place}' if place else ''}。不能参加的，请书面说明理由并委托工作人员。",
        url=file.page,
        agency_code=file.challenge.agency_id,
        capability="cases.approve",
    )
