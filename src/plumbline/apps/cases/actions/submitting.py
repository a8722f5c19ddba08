"""Keeping what was typed for a step: as a draft of its writer, or as a request on its way to the approver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import STEP_SUBMITTED
from ..models import Case, RequestState, StepRequest
from ..sending import sent


def refuse_second(case: Case, step: Step, *, attached_to: str = "") -> None:
    """A step is on its way once: the second submission is refused with who sent the first."""
    waiting = StepRequest.objects.filter(
        case=case, attached_to=attached_to, step=step.key, state=RequestState.SUBMITTED
    ).first()
    if waiting is not None:
        raise Refusal(
            f"“{step.label}”已由{waiting.written_label}于 {waiting.submitted_at:%m-%d %H:%M} 提交，正在等待审批",
            next_step="如需修改，请先撤回。",
        )


def keep_request(
    actor: Actor,
    case: Case,
    step: Step,
    *,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    kind: str = "penalty",
    attached_to: str = "",
) -> StepRequest:
    """Send a step that was found lawful to the approver. ``attached_to`` is the matter, of ``kind``, that it is a step of."""
    discard_draft(actor, case, step.key, attached_to=attached_to)
    request = StepRequest.objects.create(
        case=case,
        kind=kind,
        attached_to=attached_to,
        step=step.key,
        state=RequestState.SUBMITTED,
        data=dict(data),
        details=dict(details),
        written_by_id=actor.person_id,
        written_label=actor.label,
        submitted_at=clock.now(),
    )
    record(
        actor=actor,
        matter=request.matter_id,
        kind=kind,
        activity=STEP_SUBMITTED,
        agency=case.agency_id,
        data={"step": step.key, "request": str(request.pk)},
        actors=[{"id": actor.number, "role": "officer"}],
    )
    sent(actor, request, step)
    return request


def keep_draft(
    actor: Actor,
    case: Case,
    step: str,
    *,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: str = "",
    kind: str = "penalty",
    attached_to: str = "",
) -> StepRequest:
    """Keep what has been typed so far; one draft a person and step."""
    draft, _ = StepRequest.objects.update_or_create(
        case=case,
        attached_to=attached_to,
        step=step,
        written_by_id=actor.person_id,
        state=RequestState.DRAFT,
        defaults={
            "kind": kind,
            "data": dict(data),
            "details": dict(details),
            "occurred": occurred,
            "written_label": actor.label,
        },
    )
    return draft


def discard_draft(actor: Actor, case: Case, step: str, *, attached_to: str = "") -> None:
    """Throw away one's own draft of a step."""
    StepRequest.objects.filter(
        case=case,
        attached_to=attached_to,
        step=step,
        written_by_id=actor.person_id,
        state=RequestState.DRAFT,
    ).delete()


def draft_of(case_id: int, person_id: int | None, step: str, *, attached_to: str = "") -> StepRequest | None:
    """The person's own draft of a step, else what was returned to be mended."""
    rows = StepRequest.objects.filter(
        case_id=case_id, attached_to=attached_to, step=step, written_by_id=person_id
    )
    latest = rows.exclude(state=RequestState.APPROVED).order_by("-pk").first()
    return latest if latest and latest.state in {RequestState.DRAFT, RequestState.RETURNED} else None
