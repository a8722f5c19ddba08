"""Taking a step: the one way from a declared step to its event. A step that needs approval is submitted instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.events.log import contract_form, new_event_id, record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor

from ..composing import compose, put
from ..effects import before_step, follow
from ..events import STEP_SUBMITTED
from ..guards import demand_instance, demand_lawful, demand_open, demand_time
from ..models import Case, StepEntry, StepRequest
from ..policies import may_take, may_work_on
from ..reading import CaseFile, MatterFile
from .submitting import discard_draft, keep_draft, keep_request, refuse_second

STEP_ACTIVITIES: tuple[str, ...] = tuple(
    sorted({step.activity for each in PROCEDURES for step in each.steps.values()})
)


def step_of(file: MatterFile, key: str) -> Step:
    """The declared step; a step that this procedure does not have is refused."""
    step = file.procedure.steps.get(key)
    if step is None:
        raise Refusal(f"{file.procedure.label}没有这个步骤", basis=file.procedure.basis)
    return step


@action(
    "cases.take_step",
    policy=may_work_on,
    on="case",
    records=STEP_ACTIVITIES,
    basis="行政处罚法第五章；各步骤的依据见程序声明",
)
def take_step(
    *,
    actor: Actor,
    case: Case,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> StoredEvent | StepRequest:
    """Take ``step`` in ``case`` now or at a past time.

    ``data`` are the event's fields in contract form, ``details`` what is kept beside it. Returns the recorded event,
    or, for a step that needs approval, the submitted request.
    """
    file = _locked(case)
    declared = step_of(file, step)
    demand_policy(actor, case, declared)
    if declared.approval:
        return submit(actor, file, declared, data or {}, details or {})
    return carry_out(
        actor,
        file,
        declared,
        data=data or {},
        details=details or {},
        occurred=occurred_at or clock.now(),
    )


@action(
    "cases.submit_step",
    policy=may_work_on,
    on="case",
    records=(STEP_SUBMITTED,),
    basis="行政处罚法第五十四条、第五十七条：由机关负责人批准或决定",
)
def submit_step(
    *,
    actor: Actor,
    case: Case,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
) -> StepRequest:
    """Submit a step for approval by the post that approves it; the same guards are asked as at approval."""
    file = _locked(case)
    declared = step_of(file, step)
    demand_policy(actor, case, declared)
    return submit(actor, file, declared, data or {}, details or {})


@action(
    "cases.record_step",
    policy=may_work_on,
    on="case",
    records=STEP_ACTIVITIES,
    basis="行政处罚法第四十七条",
)
def record_step(
    *,
    actor: Actor,
    case: Case,
    activity: str,
    data: Mapping[str, Any] | None = None,
    actors: Sequence[Mapping[str, str]] | None = None,
    occurred_at: date | datetime | None = None,
    links: Sequence[Mapping[str, str]] | None = None,
) -> StoredEvent:
    """Record an event that another app's step is (evidence, documents), asked the same gate rules first."""
    file = _locked(case)
    document = contract_form(
        event_id=new_event_id(),
        matter=case.matter_id,
        kind=case.kind,
        activity=activity,
        occurred_at=occurred_at or clock.now(),
        agency=case.agency_id,
        data=data,
        actors=actors,
        links=links,
    )
    demand_lawful("登记", file, document)
    return _keep(actor, file, document, step="", details={})


@action(
    "cases.save_draft",
    policy=may_work_on,
    on="case",
    records=(),
    basis="草稿不产生法律效果",
)
def save_draft(
    *,
    actor: Actor,
    case: Case,
    step: str,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: str = "",
) -> StepRequest:
    """Keep what has been typed so far for a step; one draft a person and step."""
    return keep_draft(actor, case, step, data=data, details=details, occurred=occurred, kind=case.kind)


@action(
    "cases.drop_draft",
    policy=may_work_on,
    on="case",
    records=(),
    basis="草稿不产生法律效果",
)
def drop_draft(*, actor: Actor, case: Case, step: str) -> None:
    """Throw away one's own draft of a step."""
    discard_draft(actor, case, step)


def demand_policy(actor: Actor, case: Case, step: Step) -> None:
    may_take(actor, case, step).demand()


def submit(
    actor: Actor,
    file: CaseFile,
    step: Step,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
) -> StepRequest:
    """The body of submitting, for callers inside an action's transaction."""
    case = file.case
    refuse_second(case, step)
    demand_open(step, file)
    candidate = compose(
        step,
        file,
        actor=actor,
        data=for_approver(step, data),
        details=details,
        occurred=clock.now(),
    )
    demand_instance(step, file, candidate["data"])
    if not step.declared:
        demand_lawful(f"提交{step.label}", file, candidate, step.demands, outside=step.outside)
    before_step(step, file, candidate["data"], details)
    return keep_request(actor, case, step, data=data, details=details, kind=case.kind)


def for_approver(step: Step, data: Mapping[str, Any], role: str = "agency_head") -> dict[str, Any]:
    """``data`` with the approver's role where the step names one and the proposal leaves it to the post."""
    filled = dict(data)
    if step.approver_field and filled.get(step.approver_field) in (
        None,
        "",
        "agency_head",
        "principal_head",
    ):
        put(filled, step.approver_field, role)
    return filled


def carry_out(
    actor: Actor,
    file: CaseFile,
    step: Step,
    *,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: date | datetime,
) -> StoredEvent:
    """Ask the three guards and record the step, inside the caller's transaction."""
    demand_open(step, file)
    demand_time(step, file, occurred)
    document = compose(step, file, actor=actor, data=data, details=details, occurred=occurred)
    demand_instance(step, file, document["data"])
    if not step.declared:
        demand_lawful(step.verb, file, document, step.demands, outside=step.outside)
    before_step(step, file, document["data"], details)
    stored = _keep(actor, file, document, step=step.key, details=details)
    discard_draft(actor, file.case, step.key)
    return stored


def _keep(
    actor: Actor,
    file: CaseFile,
    document: dict[str, Any],
    *,
    step: str,
    details: Mapping[str, Any],
) -> StoredEvent:
    """Record the composed event, keep its details, and bring the case row in line."""
    occurred = document["occurred_at"]
    stored = record(
        actor=actor,
        matter=document["matter"],
        kind=document["kind"],
        activity=document["activity"],
        agency=document["agency"],
        occurred_at=datetime.fromisoformat(occurred) if len(occurred) > 10 else date.fromisoformat(occurred),
        data=document["data"],
        actors=document.get("actors"),
        links=document.get("links"),
        event_id=document["id"],
    )
    if step:
        StepEntry.objects.create(
            case=file.case,
            step=step,
            event_id=stored.event_id,
            details=dict(details),
            by_label=actor.label,
        )
    follow(actor=actor, file=file, stored=stored, details=details)
    return stored


def _locked(case: Case) -> CaseFile:
    """The case's file with its row locked, so that two hands cannot take steps on two different pictures of it."""
    Case.objects.unscoped("锁定案件以登记步骤").select_for_update().get(pk=case.pk)
    return CaseFile(case)
