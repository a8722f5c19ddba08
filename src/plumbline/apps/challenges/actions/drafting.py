"""Drafts of a challenge's steps: kept until the step is sent or recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.apps.cases.contract import attaching
from plumbline.platform.actions import action
from plumbline.platform.identity.actor import Actor

from ..models import Challenge
from ..policies import may_work_on


@action("challenges.save_draft", policy=may_work_on, on="challenge", records=(), basis="草稿不产生法律效果")
def save_draft(
    *,
    actor: Actor,
    challenge: Challenge,
    step: str,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: str = "",
) -> attaching.StepRequest:
    """Keep what has been typed so far for a step; one draft a person and step."""
    return attaching.keep_draft(
        actor,
        challenge.case,
        step,
        data=data,
        details=details,
        occurred=occurred,
        kind=challenge.route,
        attached_to=challenge.matter_id,
    )


@action("challenges.drop_draft", policy=may_work_on, on="challenge", records=(), basis="草稿不产生法律效果")
def drop_draft(*, actor: Actor, challenge: Challenge, step: str) -> None:
    """Throw away one's own draft of a step."""
    attaching.discard_draft(actor, challenge.case, step, attached_to=challenge.matter_id)
