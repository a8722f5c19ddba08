"""Drafts of a linkage's steps, at either end: kept for whoever writes until the step is recorded, seen by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from ..models import Linkage, LinkageDraft
from ..policies import may_take, may_work_on
from ..reading import LinkageFile


@action("linkage.save_draft", policy=may_work_on, on="linkage", records=(), basis="草稿不产生法律效果")
def save_draft(
    *,
    actor: Actor,
    linkage: Linkage,
    step: str,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: str = "",
) -> LinkageDraft:
    """Keep what has been typed so far for a step; one draft a person and step."""
    declared = LinkageFile(linkage).procedure.steps.get(step)
    allowed = may_take(actor, linkage, declared) if declared is not None else None
    if not allowed:
        raise Refusal(allowed.reason if allowed is not None else "没有这个步骤")
    kept, _ = LinkageDraft.objects.update_or_create(
        linkage=linkage,
        step=step,
        written_by_id=actor.person_id,
        defaults={"data": dict(data), "details": dict(details), "occurred": occurred},
    )
    return kept


@action("linkage.drop_draft", policy=may_work_on, on="linkage", records=(), basis="草稿不产生法律效果")
def drop_draft(*, actor: Actor, linkage: Linkage, step: str) -> None:
    """Throw away one's own draft of a step."""
    discard(actor, linkage, step)


def draft_of(actor: Actor, linkage: Linkage, step: str) -> LinkageDraft | None:
    """One's own draft of a step."""
    return LinkageDraft.objects.filter(linkage=linkage, step=step, written_by_id=actor.person_id).first()


def discard(actor: Actor, linkage: Linkage, step: str) -> None:
    """Within the caller's action: the step was recorded, or its draft is given up."""
    LinkageDraft.objects.filter(linkage=linkage, step=step, written_by_id=actor.person_id).delete()
