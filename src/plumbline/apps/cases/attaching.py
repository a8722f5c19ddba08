"""The approvals, for the app of a matter that hangs on a case: send a step, keep a draft, see what became of it.

Whoever calls has asked the policy of its own matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform.identity.actor import Actor

from .actions.commenting import resolve_comments
from .actions.submitting import discard_draft, draft_of, keep_draft, keep_request, refuse_second
from .approval_page import open_comments
from .attached import Attached, AttachedKind, register_attached
from .countersigning import named_demands
from .events import STEP_SUBMITTED
from .forms import form_name
from .models import Case, RequestComment, RequestState, StepRequest

__all__ = [
    "STEP_SUBMITTED",
    "Attached",
    "AttachedKind",
    "RequestState",
    "StepRequest",
    "discard_draft",
    "draft_of",
    "form_name",
    "keep_draft",
    "named_demands",
    "register_attached",
    "remarks_on",
    "requests_of",
    "send",
    "tick_off",
]


def send(
    actor: Actor,
    case: Case,
    step: Step,
    *,
    kind: str,
    attached_to: str,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
) -> StepRequest:
    """Send a step, found open and lawful, to the post that approves it."""
    refuse_second(case, step, attached_to=attached_to)
    return keep_request(actor, case, step, data=data, details=details, kind=kind, attached_to=attached_to)


def requests_of(matter_id: str) -> list[StepRequest]:
    """What was written, sent, returned and approved in an attached matter, the latest first."""
    return list(StepRequest.objects.filter(attached_to=matter_id).select_related("case").order_by("-pk"))


def remarks_on(actor: Actor, case: Case, step: str, attached_to: str) -> list[RequestComment]:
    """The remarks of a return that are still to be dealt with."""
    return open_comments(actor, case, step, attached_to)


def tick_off(actor: Actor, case: Case, comments: Iterable[int]) -> int:
    """Tick off remarks on a returned step."""
    return resolve_comments(actor=actor, case=case, comments=comments)
